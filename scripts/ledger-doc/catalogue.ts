import { z } from 'zod';
import { eventBodies, writersOf } from '#shared/ledger/event-types.ts';
import { scopeOfKind } from '#shared/ledger/event-rules.ts';

/** The part of JSON Schema (2020-12) that the bodies of events use. */
interface Shape {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly items?: Shape;
  readonly anyOf?: readonly Shape[];
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** Patterns that have a name of their own in the ledger. */
const PATTERNS: Readonly<Record<string, string>> = {
  '^[A-Z]{2}$': 'station',
  '^[0-9a-f]{64}$': '64 hex',
  '^[a-z0-9][a-z0-9-]{0,39}$': 'key',
};

function kindOf(shape: Shape): string {
  if (shape.anyOf !== undefined) return shape.anyOf.map(kindOf).join(' or ');
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum !== undefined) return shape.enum.map((each) => `\`${String(each)}\``).join(' ');
  if (shape.type === 'array') return `list of ${kindOf(shape.items ?? {})}`;
  if (shape.type === 'object') return shape.properties === undefined ? 'object' : `{${fieldsOf(shape)}}`;
  if (shape.type === 'string') {
    const time = shape.format === 'date-time' ? 'time' : shape.format === 'date' ? 'day' : null;
    return time ?? PATTERNS[shape.pattern ?? ''] ?? 'text';
  }
  return shape.type === 'boolean' ? 'yes/no' : (shape.type ?? 'anything');
}

function fieldsOf({ properties = {}, required = [] }: Shape): string {
  return Object.entries(properties)
    .map(([name, shape]) => `${name}${required.includes(name) ? '' : '?'}: ${kindOf(shape)}`)
    .join(', ');
}

function bodyOf(schema: z.ZodType): string {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  return fieldsOf(shape).replaceAll('|', String.raw`\|`) || 'nothing';
}

/** Markdown: every event that this version folds, from the schemas that check it. */
export function catalogue(): string {
  const rows = Object.entries(eventBodies).flatMap(([type, versions]) =>
    Object.entries(versions).map(([v, schema]) => {
      const kind = type.slice(0, type.indexOf('.'));
      return `| \`${type}\` | ${v} | ${writersOf(type)} | ${scopeOfKind(kind) ?? 'its own'} | ${bodyOf(schema)} |`;
    }),
  );
  return ['| event | v | who writes it | who may pull it | body |', '| --- | --- | --- | --- | --- |', ...rows].join(
    '\n',
  );
}
