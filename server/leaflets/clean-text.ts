/**
 * What nobody can see and no leaflet needs: control characters, marks that turn the direction of writing (Unicode 17,
 * UAX 9), halves of characters, the byte order mark. Joiners stay: emoji are made with them.
 */
const UNSEEN = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const UNSEEN_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A text of one line. */
export function cleanLine(text: string): string {
  return text
    .replaceAll(/[\t\n\r\u2028\u2029]+/g, ' ')
    .replaceAll(UNSEEN, '')
    .trim();
}

/** A text of several lines, each ending with a line feed. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(UNSEEN_BUT_LINES, '')
    .trim();
}
