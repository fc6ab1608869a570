/** Bytes from hex digits in any spacing. Throws on anything else. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replaceAll(/[\s:]/g, '');
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) throw new Error(`not hex: ${text}`);
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Small letters, no spaces: `9f`. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
