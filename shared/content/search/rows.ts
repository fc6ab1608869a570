import type { ReadyText } from './ready-text.ts';

/** Ends a text in a row. It is in no text and in no word of a query. */
const END = '\n';

/**
 * Texts one after the other in one long string, each with a line break behind it. Looking through one string of a million characters
 * takes half a millisecond; through the same text in thirty thousand strings, fifteen (docs/decisions/0012).
 */
interface Row {
  readonly all: string;
  /** Where in `all` each text's line break is. */
  readonly ends: Int32Array;
}

/** What texts sound like: letters and digits without blanks. */
export interface SpokenRow extends Row {
  /** Where in `all` each syllable, Latin word and line break begins. */
  readonly starts: Int32Array;
  /** 1 at those places of `all`, but for the line breaks. */
  readonly isStart: Uint8Array;
  /** By the code of their first letter: which of them, by their place in `starts`. */
  readonly byFirst: ReadonlyMap<number, readonly number[]>;
  /** Where in `starts` each text's line break is. */
  readonly syllableEnds: Int32Array;
}

/** All texts of a search, in rows. */
export interface Rows {
  readonly count: number;
  readonly written: Row;
  readonly usual: SpokenRow;
  /** Readings that are less usual; most texts have none. */
  readonly other: SpokenRow;
}

/** Where each of them ends, with one place between them. */
function endsOf(texts: readonly { readonly length: number }[]): Int32Array {
  let at = -1;
  return Int32Array.from(texts, ({ length }) => (at += length + 1));
}

function rowOf(texts: readonly string[]): Row {
  return { all: texts.map((text) => `${text}${END}`).join(''), ends: endsOf(texts) };
}

function spokenRow(texts: readonly (readonly string[])[]): SpokenRow {
  const { all, ends } = rowOf(texts.map((syllables) => syllables.join('')));
  const syllableEnds = endsOf(texts);
  const starts = new Int32Array((syllableEnds.at(-1) ?? -1) + 1);
  const isStart = new Uint8Array(all.length);
  let filled = 0;
  let at = 0;
  for (const syllables of texts) {
    for (const { length } of syllables) {
      starts[filled] = at;
      isStart[at] = 1;
      filled += 1;
      at += length;
    }
    starts[filled] = at;
    filled += 1;
    at += 1;
  }
  const byFirst = Map.groupBy(starts.keys(), (nth) => all.charCodeAt(starts[nth] ?? 0));
  return { all, ends, starts, isStart, byFirst, syllableEnds };
}

export function rowsOf(texts: readonly ReadyText[]): Rows {
  return {
    count: texts.length,
    written: rowOf(texts.map(({ written }) => written)),
    usual: spokenRow(texts.map(({ usual }) => usual)),
    other: spokenRow(texts.map(({ other }) => other)),
  };
}

/** Where a text begins, by the ends of all. */
export function beginningOf(ends: Int32Array, text: number): number {
  return text === 0 ? 0 : (ends[text - 1] ?? 0) + 1;
}

/** All places where a row has these letters, in order, with the text they are in. */
export function eachPlace({ all, ends }: Row, letters: string, use: (at: number, text: number) => void): void {
  let text = 0;
  for (let at = all.indexOf(letters); at >= 0; at = all.indexOf(letters, at + 1)) {
    while ((ends[text] ?? Number.POSITIVE_INFINITY) < at) text += 1;
    use(at, text);
  }
}

/** All syllables and Latin words that begin with the first of these letters and rate above 0, in order, with the text they are in. */
export function eachSyllable(
  { byFirst, syllableEnds }: SpokenRow,
  letters: string,
  rate: (nth: number) => number,
  use: (text: number, nth: number, rate: number) => void,
): void {
  let text = 0;
  for (const nth of byFirst.get(letters.charCodeAt(0)) ?? []) {
    const rated = rate(nth);
    if (rated === 0) continue;
    while ((syllableEnds[text] ?? Number.POSITIVE_INFINITY) < nth) text += 1;
    use(text, nth, rated);
  }
}

/** Whether the word from its `from`th letter on stands in the row at that place. */
export function stands(all: string, at: number, word: string, from: number): boolean {
  for (let place = from; place < word.length; place += 1) {
    if (all.charCodeAt(at + place - from) !== word.charCodeAt(place)) return false;
  }
  return true;
}
