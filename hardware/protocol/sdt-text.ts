/** Place of a field in a block of text: offset and length in bytes, both even. */
export type Place = readonly [offset: number, length: number];

/**
 * The text of a field, UTF-16LE (device notes 1.4). Only spaces (and zeros, which some readers send) at its end are
 * padding: an address or a foreign name has spaces inside. Halves of characters become U+FFFD.
 */
export function readField(block: Uint8Array, [offset, length]: Place): string {
  return new TextDecoder('utf-16le').decode(block.subarray(offset, offset + length)).replace(/[ \0]+$/, '');
}

/** Writes a text over a field. What is too long is cut, but never inside a character. */
export function writeField(block: Uint8Array, [offset, length]: Place, text: string): void {
  const fitting = text.slice(0, length / 2).replace(/[\ud800-\udbff]$/, '');
  for (let place = 0; place < fitting.length; place += 1) {
    const unit = fitting.charCodeAt(place);
    block[offset + 2 * place] = unit & 0xff;
    block[offset + 2 * place + 1] = unit >> 8;
  }
}

/** A block of this many bytes, an even number, full of spaces. */
export function blankBlock(bytes: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, place) => (place % 2 === 0 ? 0x20 : 0));
}
