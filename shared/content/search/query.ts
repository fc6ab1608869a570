import { fold, syllablesOf, WORD } from './ready-text.ts';

/** A word of a query. */
export interface Word {
  readonly text: string;
  /** Of Latin letters and digits: it may be how something is said. */
  readonly isLatin: boolean;
  /** How it is said: itself, if it is Latin. */
  readonly sound: string;
  /** Its characters two by two, if it is Chinese of three or more; else none. */
  readonly pairs: readonly string[];
}

const LATIN = /^[a-z0-9]+$/;
/** Syllables with their tones as digits: xiao1fang2. */
const WITH_TONES = /^(?:[a-z]+[1-5])+[a-z]*$/;
/** What is longer is no search; the rest of it is not looked at. */
const LONGEST = 60;
const MOST_PAIRS = 12;

function wordOf(text: string): Word {
  if (LATIN.test(text)) return { text, isLatin: true, sound: text, pairs: [] };
  const characters = Array.from(text);
  const pairs =
    characters.length < 3 ? [] : characters.slice(1, MOST_PAIRS + 1).map((each, at) => `${characters[at]}${each}`);
  return { text, isLatin: false, sound: syllablesOf(text).join(''), pairs };
}

/**
 * What a query may mean: lists of words that all have to be there, the likeliest first. Empty: it asks for nothing. Later ones count
 * only where the earlier find nothing; the first two count alike (`yong dian` may be two words, or one in two pieces).
 */
export function meaningsOf(query: string): {
  readonly likely: readonly Word[][];
  readonly unlikely: readonly Word[][];
} {
  const words = fold(query.slice(0, LONGEST)).match(WORD) ?? [];
  if (words.length === 0) return { likely: [], unlikely: [] };
  const joined = words.join('');
  const likely = words.length > 1 && LATIN.test(joined) ? [words, [joined]] : [words];
  const toneless = words.map((word) => (WITH_TONES.test(word) ? word.replaceAll(/[1-5]/g, '') : word));
  const apart = words.flatMap((word) => word.match(/\d+|\D+/g) ?? []);
  const unlikely = [toneless, apart].filter((each) => each.join(' ') !== words.join(' '));
  return { likely: likely.map((each) => each.map(wordOf)), unlikely: unlikely.map((each) => each.map(wordOf)) };
}
