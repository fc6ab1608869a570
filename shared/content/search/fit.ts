import type { Word } from './query.ts';
import { beginningOf, eachPlace, eachSyllable, stands, type Rows, type SpokenRow } from './rows.ts';

/** How well a word fits where it is found. */
const AS_WRITTEN = 4;
const AS_SAID = 2;
/** Each syllable or word only begun: initials, or `fangzp`. */
const BEGUN = 1;
/** Letters in the middle of a word, as `la` in umbrella. */
const IN_WORD = 0.5;
/** At the very beginning it counts so many times as much. */
const AT_START = 1.5;

const LETTERS = /^[a-z]+$/;
const LATIN_CHARACTER = /[a-z0-9]/;

/** A way for a word to fit texts: says of each that it fits, in any order and more than once, how well. */
export type Fit = (rows: Rows, word: Word, fits: (text: number, score: number) => void) => void;

const fitWritten: Fit = ({ written }, { text: letters, isLatin }, fits) => {
  eachPlace(written, letters, (at, text) => {
    if (at === beginningOf(written.ends, text)) fits(text, AS_WRITTEN * AT_START);
    else fits(text, isLatin && LATIN_CHARACTER.test(written.all.charAt(at - 1)) ? IN_WORD : AS_WRITTEN);
  });
};

/** Whether the word, from its `from`th letter on, is made of beginnings of the syllables from the `nth` on. */
function isBegunFrom(row: SpokenRow, nth: number, word: string, from: number): boolean {
  const start = row.starts[nth] ?? 0;
  const end = row.starts[nth + 1] ?? row.all.length;
  for (let taken = 0; start + taken < end; taken += 1) {
    if (row.all.charCodeAt(start + taken) !== word.charCodeAt(from + taken)) return false;
    if (from + taken + 1 === word.length || isBegunFrom(row, nth + 1, word, from + taken + 1)) return true;
  }
  return false;
}

function fitSpoken(row: SpokenRow, word: string, fits: (text: number, score: number) => void): void {
  const mayBeBegun = LETTERS.test(word);
  const rate = (nth: number) => {
    if (stands(row.all, row.starts[nth] ?? 0, word, 0)) return AS_SAID;
    return mayBeBegun && isBegunFrom(row, nth, word, 0) ? BEGUN : 0;
  };
  eachSyllable(row, word, rate, (text, nth, score) => {
    fits(text, nth === beginningOf(row.syllableEnds, text) ? score * AT_START : score);
  });
}

/** As it was typed: as it is written, said, or begun. Numbers are never only begun. */
export const exactly: Fit = (rows, word, fits) => {
  fitWritten(rows, word, fits);
  if (!word.isLatin) return;
  fitSpoken(rows.usual, word.text, fits);
  fitSpoken(rows.other, word.text, fits);
};
