import type { Fit } from './fit.ts';
import { beginningOf, eachPlace, eachSyllable, stands, type SpokenRow } from './rows.ts';

/** What is only nearly what was typed counts less than anything that is just that. */
const BY_SOUND = 0.4;
const WITH_ONE_FAULT = 0.2;
const IN_PARTS = 0.2;
/** In shorter words a fault more leaves too little. */
const SHORTEST_WITH_FAULT = 4;
/** With a fault at the beginning: `ong` goes on from too much. */
const SHORTEST_WITH_FAULT_AT_START = 5;
/** Titles, names and tags; in the sentences of a summary too much is nearly the same. Syllables or words. */
const LONGEST_TEXT = 24;
/** So much of a Chinese word has to be there. */
const ENOUGH_PAIRS = 0.5;
const END = 10;

/**
 * Whether a row goes on from `at` as the word does, with one letter wrong, missing, too many, or two changed about
 * (Damerau 1964: four of five typing errors are one of these).
 */
function goesOnWithOneFault(row: string, at: number, word: string): boolean {
  let same = 0;
  while (same < word.length && row.charCodeAt(at + same) === word.charCodeAt(same)) same += 1;
  const here = at + same;
  const there = row.charCodeAt(here);
  if (there === END) return same >= word.length - 1;
  if (stands(row, here + 1, word, same + 1) || stands(row, here + 1, word, same)) return true;
  if (stands(row, here, word, same + 1)) return true;
  const areChanged = there === word.charCodeAt(same + 1) && row.charCodeAt(here + 1) === word.charCodeAt(same);
  return areChanged && stands(row, here + 2, word, same + 2);
}

function eachWithOneFault(row: SpokenRow, word: string, use: (text: number) => void): void {
  const rate = (nth: number) => (goesOnWithOneFault(row.all, row.starts[nth] ?? 0, word) ? WITH_ONE_FAULT : 0);
  eachSyllable(row, word, rate, use);
  if (word.length < SHORTEST_WITH_FAULT_AT_START) return;
  eachPlace(row, `${word.charAt(1)}${word.charAt(0)}${word.slice(2)}`, (at, text) => {
    if (row.isStart[at] === 1) use(text);
  });
  // Its first letter is another one or too many; or it is missing.
  eachPlace(row, word.slice(1), (at, text) => {
    if (row.isStart[at] === 1 || row.isStart[at - 1] === 1) use(text);
  });
  eachPlace(row, word, (at, text) => {
    if (row.isStart[at - 1] === 1) use(text);
  });
}

/** The part of the word's pairs that is in each text that has any. */
function partsThere(all: Parameters<Fit>[0], pairs: readonly string[]): Map<number, number> {
  const there = new Map<number, number>();
  for (const pair of pairs) {
    let last = -1;
    eachPlace(all.written, pair, (_, text) => {
      if (text !== last) there.set(text, (there.get(text) ?? 0) + 1 / pairs.length);
      last = text;
    });
  }
  return there;
}

/**
 * For a word that is nowhere as it was typed: with a fault, by other characters of the same sound, in parts. Faults are looked for in
 * what is usually said only: a fault and a rare reading together are too far away.
 */
export const nearly: Fit = (rows, { text: letters, isLatin, sound, pairs }, fits) => {
  const { usual } = rows;
  const { syllableEnds } = usual;
  const fitsIfShort = (text: number, score: number) => {
    if ((syllableEnds[text] ?? 0) - beginningOf(syllableEnds, text) <= LONGEST_TEXT) fits(text, score);
  };
  if (isLatin) {
    if (letters.length < SHORTEST_WITH_FAULT) return;
    eachWithOneFault(usual, letters, (text) => fitsIfShort(text, WITH_ONE_FAULT));
    return;
  }
  if (letters.length === 1) return;
  eachPlace(usual, sound, (at, text) => {
    if (usual.isStart[at] === 1) fitsIfShort(text, BY_SOUND);
  });
  for (const [text, part] of partsThere(rows, pairs)) if (part >= ENOUGH_PAIRS) fitsIfShort(text, IN_PARTS * part);
};
