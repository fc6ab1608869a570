/**
 * The number of a reader's security module: 16 bytes, two numbers of 16 bits and three of 32, least byte first (device
 * notes 1.5). Sources agree on the bytes and call the five numbers nothing; the third looks like a date, YYYYMMDD.
 */
export type SamId = readonly [number, number, number, number, number];

const SAM_ID_BYTES = 16;

/** The data of the reply to `readSamId`, or null where they are not 16 bytes. */
export function decodeSamId(data: Uint8Array): SamId | null {
  if (data.length !== SAM_ID_BYTES) return null;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const long = (at: number) => view.getUint32(at, true);
  return [view.getUint16(0, true), view.getUint16(2, true), long(4), long(8), long(12)];
}

/** The 16 bytes; each number is taken modulo its size. */
export function encodeSamId(id: SamId): Uint8Array {
  const data = new Uint8Array(SAM_ID_BYTES);
  const view = new DataView(data.buffer);
  view.setUint16(0, id[0], true);
  view.setUint16(2, id[1], true);
  view.setUint32(4, id[2], true);
  view.setUint32(8, id[3], true);
  view.setUint32(12, id[4], true);
  return data;
}

/**
 * The one form in which we print it: `05.03-20150101-0000012345-1234567890`. Vendors' programs print three forms, which
 * differ in leading zeros; this is the one in which every value of 32 bits has the same width.
 */
export function formatSamId([first, second, third, fourth, fifth]: SamId): string {
  const padded = (value: number, width: number) => String(value).padStart(width, '0');
  return `${padded(first, 2)}.${padded(second, 2)}-${padded(third, 8)}-${padded(fourth, 10)}-${padded(fifth, 10)}`;
}

/** Any of the printed forms, as from a label or a setting; null where it is none. Compare the numbers, not the texts. */
export function parseSamId(text: string): SamId | null {
  const found = /^\s*(\d{1,5})\.(\d{1,5})-(\d{1,10})-(\d{1,10})-(\d{1,10})\s*$/.exec(text);
  if (found === null) return null;
  const [, first, second, third, fourth, fifth] = found.map(Number);
  const id: SamId = [first ?? 0, second ?? 0, third ?? 0, fourth ?? 0, fifth ?? 0];
  const fits = id.every((value, place) => value <= (place < 2 ? 0xffff : 0xffffffff));
  return fits ? id : null;
}
