/** Characters that are spoken without a break at most: Chromium's remote voices fall silent in the middle of longer ones. */
const LONGEST_PART = 120;
const END = /(?<=[。！？；.!?;\n])/;

function cut(sentence: string): string[] {
  const parts: string[] = [];
  for (let from = 0; from < sentence.length; from += LONGEST_PART)
    parts.push(sentence.slice(from, from + LONGEST_PART));
  return parts;
}

/** What is said one after the other: sentences of the blocks of a text, none of them long. */
export function partsOf(blocks: readonly (string | null)[]): string[] {
  return blocks
    .flatMap((block) => (block ?? '').split(END))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .flatMap(cut);
}
