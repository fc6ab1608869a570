/** A part of udev in small: enough to read our rules as udev(7) says they are read, and to say what becomes of a device. */

/** A device and, behind it, its parents: each with its own attributes. */
export interface SysDevice {
  readonly subsystem: string;
  readonly devtype?: string;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Token {
  readonly key: string;
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}
export type UdevRule = readonly Token[];

const MATCHES: ReadonlySet<string> = new Set(['ACTION', 'SUBSYSTEM', 'SUBSYSTEMS', 'ATTR', 'ATTRS', 'ENV', 'TEST']);
/** Keys that can be assigned, with the operators they take. */
const ASSIGNS: Readonly<Record<string, readonly string[]>> = {
  ENV: ['=', '+='],
  ATTR: ['='],
  GROUP: ['=', ':='],
  MODE: ['=', ':='],
  SYMLINK: ['=', '+=', ':=', '-='],
  IMPORT: ['='],
  GOTO: ['='],
  LABEL: ['='],
};
const NAMED: ReadonlySet<string> = new Set(['ATTR', 'ATTRS', 'ENV', 'IMPORT']);
const TOKEN = /^([A-Z]+)(?:\{([^{}"]+)\})?(==|!=|\+=|-=|:=|=)"([^"]*)"$/;

function parseToken(text: string): Token {
  const [, key = '', name = '', operator = '', value = ''] = TOKEN.exec(text) ?? [];
  const isMatch = operator === '==' || operator === '!=';
  const isKnown = isMatch ? MATCHES.has(key) : (ASSIGNS[key]?.includes(operator) ?? false);
  if (!isKnown || NAMED.has(key) !== (name !== '')) throw new Error(`udev doesn't know: ${text}`);
  return { key, name, operator, value };
}

/** Throws where a line is no rule, or leads to a label that isn't behind it. */
export function parseRules(text: string): readonly UdevRule[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.trimStart().startsWith('#'));
  const rules = lines.map((line) => line.split(', ').map(parseToken));
  rules.forEach((rule, index) => {
    for (const { key, value } of rule) {
      if (key !== 'GOTO') continue;
      const labels = rules.slice(index + 1).flat();
      if (!labels.some((other) => other.key === 'LABEL' && other.value === value)) throw new Error(`no label ${value}`);
    }
  });
  return rules;
}

export interface Made {
  group?: string;
  mode?: string;
  links: string[];
  env: Record<string, string>;
  attributes: Record<string, string>;
}

const matchesGlob = (value: string, pattern: string) => (pattern === '?*' ? value !== '' : value === pattern);

/** What these rules make of a device that is plugged in; its parents stand behind it, the nearest first. */
export function runRules(
  rules: readonly UdevRule[],
  device: SysDevice,
  parents: readonly SysDevice[],
  idPath: string,
): Made {
  const chain = [device, ...parents];
  const env: Record<string, string> = { DEVTYPE: device.devtype ?? '' };
  const made: Made = { links: [], env, attributes: {} };

  function holds({ key, name, operator, value }: Token): boolean {
    const found = { ACTION: 'add', SUBSYSTEM: device.subsystem, ATTR: device.attributes[name], ENV: env[name] }[key];
    if (key === 'TEST') return device.attributes[value] !== undefined;
    return matchesGlob(found ?? '', value) === (operator === '==');
  }
  function fits(rule: UdevRule): boolean {
    const matches = rule.filter(({ operator }) => operator === '==' || operator === '!=');
    const ofParents = matches.filter(({ key }) => key === 'ATTRS' || key === 'SUBSYSTEMS');
    const own = matches.filter((token) => !ofParents.includes(token));
    // udev(7): all of them must match the same device of the chain.
    const oneFits = chain.some(({ attributes, subsystem }) =>
      ofParents.every(({ key, name, value }) => (key === 'ATTRS' ? attributes[name] : subsystem) === value),
    );
    return own.every(holds) && oneFits;
  }

  let waitsFor: string | null = null;
  for (const rule of rules) {
    if (waitsFor !== null && !rule.some(({ key, value }) => key === 'LABEL' && value === waitsFor)) continue;
    waitsFor = null;
    if (!fits(rule)) continue;
    for (const { key, name, operator, value } of rule) {
      if (operator === '==' || operator === '!=') continue;
      if (key === 'GROUP') made.group = value;
      if (key === 'MODE') made.mode = value;
      if (key === 'ENV') env[name] = value;
      if (key === 'ATTR') made.attributes[name] = value;
      if (key === 'IMPORT') env['ID_PATH'] = idPath;
      if (key === 'SYMLINK') made.links.push(value.replace('$env{ID_PATH}', env['ID_PATH'] ?? ''));
      if (key === 'GOTO') waitsFor = value;
    }
  }
  return made;
}
