const segmenter = new Intl.Segmenter('zh', { granularity: 'grapheme' });

/** What a reader takes for one character, whatever it is made of. */
function charactersOf(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/**
 * A name as screens and the ledger show it: first and last character with one star for what is between (王*强), a name of
 * two characters keeps only the first (李*). Names written with spaces (foreign cards) keep the first letter of each word.
 */
export function maskName(name: string): string {
  const words = name
    .trim()
    .split(/[\s,]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return '*';
  if (words.length > 1) return words.map((word) => `${charactersOf(word)[0]}*`).join(' ');
  const characters = charactersOf(words[0] ?? '');
  const [first = '*'] = characters;
  return characters.length <= 2 ? `${first}*` : `${first}*${characters.at(-1)}`;
}
