import type { FileHandle } from 'node:fs/promises';

/** Boxes of a file, at the top: usual ones have a handful; live recordings a few for each second. */
const MOST_BOXES = 20_000;
const HEAD = 16;

/**
 * Whether a file is made of whole boxes from its beginning to its end, with a `moov` that says how to play it
 * and an `mdat` with what is played (ISO/IEC 14496-12, 4.2, 8.1.1 and 8.2.1). One that was cut off is not.
 */
export async function isWholeMp4(file: FileHandle, length: number): Promise<boolean> {
  const head = Buffer.alloc(HEAD);
  const types = new Set<string>();
  let at = 0;
  for (let boxes = 0; at < length && boxes < MOST_BOXES; boxes += 1) {
    const { bytesRead } = await file.read(head, 0, HEAD, at);
    if (bytesRead < 8) return false;
    types.add(head.toString('latin1', 4, 8));
    const size = head.readUInt32BE(0);
    // 1: the length follows as 64 bits; 0: up to the end of the file.
    const whole = size === 1 ? Number(head.readBigUInt64BE(8)) : size === 0 ? length - at : size;
    if (whole < (size === 1 ? 16 : 8)) return false;
    at += whole;
  }
  return at === length && types.has('moov') && types.has('mdat');
}

const EBML = 0x1a45dfa3;
const SEGMENT = 0x18538067;

/** A number of EBML (RFC 8794, section 4) at a place: its value and how many bytes it has; null where it is none. */
function vint(head: Buffer, at: number): { readonly value: number; readonly bytes: number } | null {
  const first = head[at] ?? 0;
  const bytes = Math.clz32(first) - 23;
  if (first === 0 || at + bytes > head.length) return null;
  let value = first & (0xff >> bytes);
  let isUnknown = value === 0xff >> bytes;
  for (let next = 1; next < bytes; next += 1) {
    const byte = head[at + next] ?? 0;
    isUnknown &&= byte === 0xff;
    value = value * 256 + byte;
  }
  return { value: isUnknown ? Number.POSITIVE_INFINITY : value, bytes };
}

/**
 * Whether a file is an EBML header and a segment that does not end before the file says (RFC 9559, section 4.5). Of a segment of
 * unknown length, as recorders write it, nothing more can be said.
 */
export async function isWholeWebm(file: FileHandle, length: number): Promise<boolean> {
  const head = Buffer.alloc(12);
  await file.read(head, 0, 12, 0);
  const header = vint(head, 4);
  if (head.readUInt32BE(0) !== EBML || header === null) return false;
  const at = 4 + header.bytes + header.value;
  if (at >= length) return false;
  const { bytesRead } = await file.read(head, 0, 12, at);
  const segment = vint(head, 4);
  if (bytesRead < 5 || head.readUInt32BE(0) !== SEGMENT || segment === null) return false;
  const end = at + 4 + segment.bytes + segment.value;
  return segment.value === Number.POSITIVE_INFINITY ? length > at + 4 + segment.bytes : end <= length;
}
