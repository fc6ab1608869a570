import { err, ok, type Result } from '#shared/result.ts';
import { createElements, type Gs1Element, type Gs1Error } from './gs1-elements.ts';
import { gs1Format } from './gs1-identifiers.ts';

/** A web address that says what a GS1 element string says. */
export interface DigitalLink {
  /** Scheme, host and what stands in front of the primary key, without a slash at the end: `https://example.com/some`. */
  readonly stem: string;
  /** The primary key, its qualifiers, the attributes of the query; values decoded, GTINs of 14 digits. */
  readonly elements: readonly Gs1Element[];
}

/**
 * `not-digital-link`: an address like others. `qualifier`: what stands behind the primary key does not go with it, or in
 * this order. `encoding`: a percent sign with no two hex digits behind it, or no UTF-8. `not-attribute`: an identifier that
 * may not stand in the query.
 */
export interface DigitalLinkError {
  readonly code: 'not-digital-link' | 'qualifier' | 'encoding' | 'not-attribute' | Gs1Error['code'];
  /** Whose value is wrong, or null where there is none. */
  readonly ai: string | null;
}

/** Primary keys and the qualifiers that may stand behind each, in this order; some have two such sequences. */
const QUALIFIERS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['00', [[]]],
  ['01', [['22', '10', '21'], ['235']]],
  ['253', [[]]],
  ['255', [[]]],
  ['401', [[]]],
  ['402', [[]]],
  ['414', [['254'], ['7040']]],
  ['415', [['8020']]],
  ['417', [['7040']]],
  ['8003', [[]]],
  ['8004', [['7040']]],
  ['8006', [['22', '10', '21']]],
  ['8010', [['8011']]],
  ['8013', [[]]],
  ['8017', [['8019']]],
  ['8018', [['8019']]],
]);

const ALL_QUALIFIERS = new Set([...QUALIFIERS.values()].flat(2));
const MOST_QUALIFIERS = 3;

const NO_ATTRIBUTES = new Set(['03', '21', '22', '235', '254', '7040', '7041', '8011', '8014', '8019', '8020', '8200']);

function goesWith(key: string, qualifiers: readonly string[]): boolean {
  return (QUALIFIERS.get(key) ?? []).some((sequence) => {
    const places = qualifiers.map((ai) => sequence.indexOf(ai));
    return places.every((place, index) => place > (places[index - 1] ?? -1));
  });
}

function decodePercent(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

type Pair = readonly [ai: string, value: string];

/** The primary key and its qualifiers at the end of a path, and how many segments stand in front of them. */
function findKey(segments: readonly string[]): { readonly pairs: Pair[]; readonly before: number } | null {
  const pairs: Pair[] = [];
  for (let at = segments.length - 2; at >= 0 && pairs.length <= MOST_QUALIFIERS; at -= 2) {
    const [ai = '', value = ''] = segments.slice(at, at + 2);
    pairs.unshift([ai, value]);
    if (QUALIFIERS.has(ai)) return { pairs, before: at };
    if (!ALL_QUALIFIERS.has(ai)) return null;
  }
  return null;
}

/** Keys of other meaning, such as `linkType`, are not of digits alone and are left out. */
function attributesIn(query: string): Pair[] {
  return query.split(/[&;]/).flatMap((pair): Pair[] => {
    const [, ai = null, value = ''] = /^(\d+)(?:=(.*))?$/.exec(pair) ?? [];
    return ai === null ? [] : [[ai, value]];
  });
}

/** Some shorten a GTIN to its 8, 12 or 13 digits; in an element string it always has 14. */
function inFull(ai: string, value: string): string {
  return ai === '01' && /^(?:\d{8}|\d{12,13})$/.test(value) ? value.padStart(14, '0') : value;
}

/**
 * An uncompressed GS1 Digital Link URI -> its elements: `https://host/stem/01/.../10/...?17=...` (device notes 2.5; GS1
 * Digital Link Standard: URI Syntax 1.3 and the keys of the barcode syntax dictionary). Never throws. The stem may have any
 * segments. Compressed links and the words of version 1.1 in the place of identifiers (`gtin`, `lot`) are
 * `not-digital-link`.
 */
export function parseDigitalLink(address: string): Result<DigitalLink, DigitalLinkError> {
  const [, host = null, path = '', query = ''] =
    /^(https?:\/\/[^/?#\s]+)\/([^?#]*)(?:\?([^#]*))?(?:#.*)?$/is.exec(address) ?? [];
  const segments = path.replace(/\/$/, '').split('/');
  const found = host === null ? null : findKey(segments);
  if (host === null || found === null) return err({ code: 'not-digital-link', ai: null });

  const [key = '', ...qualifiers] = found.pairs.map(([ai]) => ai);
  if (!goesWith(key, qualifiers)) return err({ code: 'qualifier', ai: key });
  const attributes = attributesIn(query);
  const wrong = attributes.find(([ai]) => NO_ATTRIBUTES.has(ai));
  if (wrong !== undefined) return err({ code: 'not-attribute', ai: wrong[0] });

  const elements = createElements();
  for (const [ai, encoded] of [...found.pairs, ...attributes]) {
    const value = decodePercent(encoded);
    const fault = value === null ? 'encoding' : elements.take({ ai, value: inFull(ai, value) });
    if (fault !== null) return err({ code: fault, ai });
  }
  return ok({ stem: [host, ...segments.slice(0, found.before)].join('/'), elements: elements.all() });
}

/**
 * The address of a link: its first element is the primary key, the qualifiers that go with it follow in their order, all
 * others are the query. Null where the first is no primary key, or another one may not stand in a query.
 */
export function encodeDigitalLink({ stem, elements }: DigitalLink): string | null {
  const [key, ...others] = elements;
  if (key === undefined || !QUALIFIERS.has(key.ai)) return null;
  const sequence = QUALIFIERS.get(key.ai)?.find((ais) => others.some(({ ai }) => ais.includes(ai))) ?? [];
  const qualifiers = sequence.flatMap((ai) => others.filter((other) => other.ai === ai));
  const attributes = others.filter((other) => !qualifiers.includes(other));
  if (attributes.some(({ ai }) => NO_ATTRIBUTES.has(ai) || gs1Format(ai) === null)) return null;
  const path = [key, ...qualifiers].map(({ ai, value }) => `${ai}/${encodeURIComponent(value)}`).join('/');
  const query = attributes.map(({ ai, value }) => `${ai}=${encodeURIComponent(value)}`).join('&');
  return `${stem}/${path}${query === '' ? '' : `?${query}`}`;
}
