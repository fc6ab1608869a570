import { exactly } from './fit.ts';
import { nearly } from './near.ts';
import { meaningsOf, type Word } from './query.ts';
import { makeReady, type ReadyText } from './ready-text.ts';
import { rowsOf, type Rows } from './rows.ts';

/**
 * Search for people who type as they can: characters, pinyin whole or begun, initials, English, digits, with a fault or a question
 * around it. Texts are made ready once (pinyin-pro knows how they are read), and each search goes through all of them: for tens of
 * thousands of short texts that is faster and a fraction of the memory of an index of all beginnings (docs/decisions/0012).
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

/** Entries made ready, one after the other. Many have texts in common: each is made ready, and looked at, once. */
function collect() {
  const known = new Map<string, number>();
  const ready: ReadyText[] = [];
  const ids: string[] = [];
  const uses: number[] = [];
  const weights: number[] = [];
  const ends: number[] = [];
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
      for (const { text, weight } of texts) {
        if (text === '') continue;
        uses.push(placeOf(text));
        weights.push(weight);
      }
      ids.push(id);
      ends.push(uses.length);
    },
    search: (): Search =>
      searchIn({
        rows: rowsOf(ready),
        ids,
        uses: Int32Array.from(uses),
        weights: Float64Array.from(weights),
        ends: Int32Array.from(ends),
      }),
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

interface Collected {
  readonly rows: Rows;
  readonly ids: readonly string[];
  /** The texts of all entries, by their place in the rows, and how much they weigh. */
  readonly uses: Int32Array;
  readonly weights: Float64Array;
  /** Where in `uses` those of each entry end. */
  readonly ends: Int32Array;
}

function searchIn({ rows, ids, uses, weights, ends }: Collected): Search {
  // Kept from search to search: to throw half a megabyte away at each letter is what takes long.
  const total = new Float64Array(ids.length);
  const sums = new Float64Array(ids.length);
  const ofTexts = new Float64Array(rows.count);

  /** By the words of the query at hand: the texts that each fits exactly, and how well. */
  const known = new Map<string, { readonly texts: number[]; readonly scores: number[] }>();

  const note = (text: number, score: number) => {
    if (score > (ofTexts[text] ?? 0)) ofTexts[text] = score;
  };

  function fitsExactly(word: Word) {
    const before = known.get(word.text);
    if (before !== undefined) return before;
    const found = { texts: [] as number[], scores: [] as number[] };
    exactly(rows, word, (text, score) => {
      found.texts.push(text);
      found.scores.push(score);
    });
    known.set(word.text, found);
    return found;
  }

  /** How well each text fits the word, exactly or, `isNear`, nearly too; false: none does. */
  function fits(word: Word, isNear: boolean): boolean {
    const { texts, scores } = fitsExactly(word);
    ofTexts.fill(0);
    for (let nth = 0; nth < texts.length; nth += 1) note(texts[nth] ?? 0, scores[nth] ?? 0);
    let isAny = texts.length > 0;
    if (!isNear) return isAny;
    nearly(rows, word, (text, score) => {
      isAny = true;
      note(text, score);
    });
    return isAny;
  }

  /** Adds to each entry's sum the best that one of its texts has; one that has nothing is out. */
  function addUp(): void {
    let use = 0;
    for (let place = 0; place < ends.length; place += 1) {
      const end = ends[place] ?? 0;
      let best = 0;
      for (; use < end; use += 1) best = Math.max(best, (ofTexts[uses[use] ?? 0] ?? 0) * (weights[use] ?? 0));
      sums[place] = best === 0 ? Number.NEGATIVE_INFINITY : (sums[place] ?? 0) + best;
    }
  }

  /** Raises each entry's total to what it has for all of the words; false: nothing has them. */
  function raise(words: readonly Word[], factor: number, isNear: boolean): boolean {
    sums.fill(0);
    for (const word of words) {
      if (!fits(word, isNear)) return false;
      addUp();
    }
    for (let place = 0; place < total.length; place += 1) {
      total[place] = Math.max(total[place] ?? 0, (sums[place] ?? 0) * factor);
    }
    return true;
  }

  /** Those with a score, best first. There are few different scores, and many entries may share one. */
  function ranked(most: number): string[] {
    const byScore = new Map<number, number[]>();
    for (let place = 0; place < total.length; place += 1) {
      const score = total[place] ?? 0;
      if (score === 0) continue;
      const same = byScore.get(score);
      if (same === undefined) byScore.set(score, [place]);
      else if (same.length < most) same.push(place);
    }
    const best = [...byScore].toSorted(([a], [b]) => b - a).flatMap(([, places]) => places);
    return best.slice(0, most).map((place) => ids[place] ?? '');
  }

  /** What fits all words of one of the meanings; a single one counts as much as several. */
  function findAny(meanings: readonly (readonly Word[])[], most: number, isNear: boolean): string[] {
    total.fill(0);
    const longest = Math.max(...meanings.map(({ length }) => length));
    let isAny = false;
    for (const words of meanings) {
      isAny = raise(words, longest / words.length, isNear) || isAny;
    }
    return isAny ? ranked(most) : [];
  }

  return {
    find(query, most = Number.POSITIVE_INFINITY) {
      const { likely, unlikely } = meaningsOf(query);
      if (likely.length === 0) return [];
      known.clear();
      const tries = [
        () => findAny(likely, most, false),
        ...unlikely.map((words) => () => findAny([words], most, false)),
        ...likely.toReversed().map((words) => () => findAny([words], most, true)),
      ];
      for (const attempt of tries) {
        const found = attempt();
        if (found.length > 0) return found;
      }
      return [];
    },
  };
}
