import { pinyin } from 'pinyin-pro';

/**
 * Search for people who type as they can: characters, pinyin whole or begun, initials, English, digits. Texts are made ready once
 * (pinyin-pro knows how they are read), and each search goes through all of them: for tens of thousands of short texts that is
 * faster and a hundredth of the memory of an index of all beginnings (docs/search.md).
 */

export interface SearchText {
  readonly text: string;
  /** How much a hit in it counts beside others; above 0. */
  readonly weight: number;
}

export interface SearchEntry {
  readonly id: string;
  readonly texts: readonly SearchText[];
}

export interface Search {
  /** Ids of what has all that is asked for, best first; those that fit as well stay in their order. `most` of them at most. */
  readonly find: (query: string, most?: number) => string[];
}

/** A text made ready. */
interface Ready {
  readonly plain: string;
  /** How its Chinese is read, syllable after syllable without tones; each way of reading it, separated. */
  readonly said: string;
  /** The same with a capital where a syllable begins. */
  readonly capitals: string;
  readonly initials: string;
  /** Letters and digits that are in any of it, a bit each: what is not in there can't be found in it. */
  readonly letters: number;
}

const HAN_RUN = /\p{Script=Han}+/gu;
/** A word of a query: Chinese, or letters and digits. */
const WORD = /\p{Script=Han}+|[\p{L}\p{N}]+/gu;
const LATIN = /^[a-z0-9]+$/;

/** How well a word fits where it is found. */
const AS_WRITTEN = 4;
const AS_SAID = 2;
const BY_INITIALS = 1;
/** Letters in the middle of a word, as `la` in umbrella. */
const IN_WORD = 0.5;
/** At the very beginning it counts so many times as much. */
const AT_START = 1.5;
/** Other readings of a character are tried with so many syllables before and after it. */
const NEIGHBOURS = 5;

/** Small letters, half width, no marks on letters. */
function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

function bitsOf(text: string): number {
  let bits = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code >= 97 && code <= 122) bits |= 1 << (code - 97);
    else if (code >= 48 && code <= 57) bits |= 1 << (26 + ((code - 48) % 5));
  }
  return bits;
}

const otherReadings = new Map<string, readonly string[]>();

/** All readings of a character; there are a few thousand characters. */
function readingsOf(character: string): readonly string[] {
  const known = otherReadings.get(character);
  if (known !== undefined) return known;
  const all = [...new Set(pinyin(character, { toneType: 'none', type: 'array', multiple: true, v: true }))];
  otherReadings.set(character, all);
  return all;
}

/** As the words are read, and with each character read another way: the syllables of each. */
function readRun(run: string): string[][] {
  const characters = Array.from(run);
  const said = pinyin(run, { toneType: 'none', type: 'array', v: true });
  const others = characters.flatMap((character, place) =>
    readingsOf(character)
      .filter((each) => each !== said[place])
      .map((other) => {
        const from = Math.max(0, place - NEIGHBOURS);
        return said.slice(from, place + NEIGHBOURS + 1).map((each, at) => (from + at === place ? other : each));
      }),
  );
  return [said, ...others];
}

const capital = (syllable: string): string => syllable.charAt(0).toUpperCase() + syllable.slice(1);

function makeReady(text: string): Ready {
  const plain = fold(text);
  const readings = (plain.match(HAN_RUN) ?? []).flatMap(readRun);
  const said = readings.map((syllables) => syllables.join('')).join('|');
  return {
    plain,
    said,
    capitals: readings.map((syllables) => syllables.map(capital).join('')).join('|'),
    initials: readings.map((syllables) => syllables.map((each) => each.charAt(0)).join('')).join('|'),
    letters: bitsOf(plain) | bitsOf(said),
  };
}

const LAST_CAPITAL = 90;

/** Where a word is said from the beginning of a syllable on; -1: nowhere. */
function saidAt({ said, capitals }: Ready, word: string): number {
  let at = said.indexOf(word);
  while (at >= 0 && capitals.charCodeAt(at) > LAST_CAPITAL) at = said.indexOf(word, at + 1);
  return at;
}

/** Whether a letter or digit stands before this place. */
function isInWord(plain: string, place: number): boolean {
  return LATIN.test(plain.charAt(place - 1));
}

/** How well a word fits a text; 0: not at all. */
function fit(ready: Ready, word: string, bits: number, isLatin: boolean): number {
  if ((ready.letters & bits) !== bits) return 0;
  const written = ready.plain.indexOf(word);
  if (written === 0) return AS_WRITTEN * AT_START;
  if (written > 0 && !(isLatin && isInWord(ready.plain, written))) return AS_WRITTEN;
  if (!isLatin) return 0;
  const said = saidAt(ready, word);
  if (said >= 0) return said === 0 ? AS_SAID * AT_START : AS_SAID;
  const initials = ready.initials.indexOf(word);
  if (initials < 0) return written > 0 ? IN_WORD : 0;
  return initials === 0 ? BY_INITIALS * AT_START : BY_INITIALS;
}

interface Row {
  readonly id: string;
  readonly texts: readonly { readonly place: number; readonly weight: number }[];
}

/** Entries made ready, one after the other. Many have texts in common: each is made ready, and looked at, once. */
function collect() {
  const known = new Map<string, number>();
  const ready: Ready[] = [];
  const rows: Row[] = [];
  const placeOf = (text: string): number => {
    const place = known.get(text) ?? ready.length;
    if (place === ready.length) {
      known.set(text, place);
      ready.push(makeReady(text));
    }
    return place;
  };
  return {
    add({ id, texts }: SearchEntry): void {
      const written = texts.filter(({ text }) => text !== '');
      rows.push({ id, texts: written.map(({ text, weight }) => ({ place: placeOf(text), weight })) });
    },
    search: (): Search => searchIn(ready, rows),
  };
}

/** Search over a list, made ready at once: 50 microseconds for each new text. */
export function createSearch(entries: readonly SearchEntry[]): Search {
  const collected = collect();
  for (const entry of entries) collected.add(entry);
  return collected.search();
}

/** Entries between two pauses: a few milliseconds. */
const SLICE = 20;

/** The same, in slices between which `pause` lets others go first. */
export async function createSearchInSlices(
  entries: readonly SearchEntry[],
  pause: () => Promise<void>,
): Promise<Search> {
  const collected = collect();
  for (const [place, entry] of entries.entries()) {
    if (place % SLICE === SLICE - 1) await pause();
    collected.add(entry);
  }
  return collected.search();
}

function searchIn(ready: readonly Ready[], rows: readonly Row[]): Search {
  // Kept from search to search: to throw half a megabyte away at each letter is what takes long.
  const total = new Float64Array(rows.length);
  const ofWords: Float64Array[] = [];

  /** How well each text fits the word in that place of the query. */
  function fits(word: string, nth: number): Float64Array {
    const bits = bitsOf(word);
    const isLatin = LATIN.test(word);
    const scores = ofWords[nth] ?? new Float64Array(ready.length);
    ofWords[nth] = scores;
    for (let place = 0; place < ready.length; place += 1) {
      const text = ready[place];
      if (text !== undefined) scores[place] = fit(text, word, bits, isLatin);
    }
    return scores;
  }

  /** Raises each entry's score to the best that it has for all of the words; one that lacks a word stays as it is. */
  function raise(scores: Float64Array, words: readonly string[], factor: number): void {
    const all = words.map((word, nth) => fits(word, nth));
    for (let place = 0; place < rows.length; place += 1) {
      let score = 0;
      for (const each of all) {
        let best = 0;
        for (const text of rows[place]?.texts ?? []) best = Math.max(best, (each[text.place] ?? 0) * text.weight);
        score = best === 0 ? Number.NEGATIVE_INFINITY : score + best;
      }
      scores[place] = Math.max(scores[place] ?? 0, score * factor);
    }
  }

  return {
    find(query, most = Number.POSITIVE_INFINITY) {
      const words = fold(query).match(WORD) ?? [];
      if (words.length === 0) return [];
      const scores = total.fill(0);
      raise(scores, words, 1);
      // `yong dian` may be two words, or one in two pieces.
      const joined = words.join('');
      if (words.length > 1 && LATIN.test(joined)) raise(scores, [joined], words.length);
      // There are few different scores, and many entries may share one.
      const byScore = new Map<number, number[]>();
      for (let place = 0; place < rows.length; place += 1) {
        const score = scores[place] ?? 0;
        if (score === 0) continue;
        const same = byScore.get(score);
        if (same === undefined) byScore.set(score, [place]);
        else if (same.length < most) same.push(place);
      }
      const best = [...byScore].toSorted(([a], [b]) => b - a).flatMap(([, places]) => places);
      return best.slice(0, most).map((place) => rows[place]?.id ?? '');
    },
  };
}
