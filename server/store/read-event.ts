import { inspect } from 'node:util';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';

/** Objects in objects; every part of the way can write this deep, and no event of ours comes near. */
const DEEPEST = 64;

export interface ReadEvent {
  readonly event: LedgerEvent;
  /** Canonical JSON, what the chain is a hash of. */
  readonly json: string;
}

/** The value in a line of JSON, or undefined where it is none. */
export function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** The text of a value, of whatever kind: for people to look at. */
export function rawText(value: unknown): string {
  for (const write of [canonicalJson, JSON.stringify]) {
    try {
      const text: unknown = write(value);
      if (typeof text === 'string') return text;
    } catch {
      // Numbers beyond all bounds, half characters, endless depth: the next way of writing may know better.
    }
  }
  return inspect(value, { depth: DEEPEST });
}

function isDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** The canonical JSON of a value, or null where it has none or is too deep for it. */
export function canonicalOrNull(value: unknown): string | null {
  try {
    return value === undefined || isDeep(value) ? null : canonicalJson(value);
  } catch {
    return null;
  }
}

/** Whether the keys of all objects stand in the order of canonical JSON (RFC 8785, 3.2.3: by UTF-16 code units). */
function isInOrder(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth > DEEPEST) return false;
  if (Array.isArray(value)) return value.every((each) => isInOrder(each, depth + 1));
  let before = '';
  for (const [key, each] of Object.entries(value)) {
    // A key of this name is not copied by everyone who copies objects.
    if (key < before || key === '__proto__' || !isInOrder(each, depth + 1)) return false;
    before = key;
  }
  return true;
}

/**
 * Whether a line is the canonical JSON of what it was read as, seen without writing that anew: numbers and characters are
 * written as JSON.stringify does (RFC 8785, 3.2.2). False also where that is not certain.
 */
function isCanonical(line: string, raw: unknown): boolean {
  // Halves of characters have no canonical JSON; JSON.stringify writes them as \\ud800.
  return isInOrder(raw) && !line.includes('\\ud') && JSON.stringify(raw) === line;
}

function isEvent(raw: unknown): raw is LedgerEvent {
  const parsed = eventSchema.safeParse(raw);
  return parsed.success && parsed.data.hlc.endsWith(`.${parsed.data.terminal}`);
}

/**
 * What a terminal sent as an event, or null where it is none: against the schema, too deep, a value that canonical
 * JSON can't write or reading changes (then the chain would be a hash of something else than what is kept), or a clock
 * that names somebody else. `line`: the text it was read from, where there is one.
 */
export function readEvent(raw: unknown, line?: string): ReadEvent | null {
  if (!isEvent(raw)) return null;
  if (line !== undefined && isCanonical(line, raw)) return { event: raw, json: line };
  const json = canonicalOrNull(eventSchema.parse(raw));
  return json !== null && json === canonicalOrNull(raw) ? { event: raw, json } : null;
}
