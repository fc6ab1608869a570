/**
 * Reads a write-ahead log as SQLite would (file format documentation, section 4, "The Write-Ahead Log"), and looks on
 * where SQLite stops: at a damaged frame it forgets every commit behind it, without a word.
 */
const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
/** SQLite's own choice, with which every database of ours is made. */
const PAGE_BYTES = 4096;
const FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
const MAGIC = 0x377f0682;

type Sum = readonly [number, number];

function checksum([first, second]: Sum, bytes: Buffer, bigEndian: boolean): Sum {
  let a = first;
  let b = second;
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    a = (a + (bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)) + b) >>> 0;
    b = (b + (bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4)) + a) >>> 0;
  }
  return [a, b];
}

function storedSum(bytes: Buffer, at: number): Sum {
  return [bytes.readUInt32BE(at), bytes.readUInt32BE(at + 4)];
}

function isSame(a: Sum, b: Sum): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

/**
 * How many commits lie, whole, behind a damaged place of a write-ahead log. 0 for one that ends in the middle of a
 * write: that is what a power cut leaves, and nothing in it was ever acknowledged. Frames of earlier rounds of the same
 * file have other salts and do not count.
 */
export function commitsBehindDamage(wal: Buffer): number {
  if (wal.length < HEADER_BYTES + FRAME_BYTES) return 0;
  const magic = wal.readUInt32BE(0);
  const bigEndian = (magic & 1) === 1;
  const headerSum = checksum([0, 0], wal.subarray(0, 24), bigEndian);
  let sound = (magic & ~1) === MAGIC && isSame(headerSum, storedSum(wal, 24));
  // Where the header is damaged the first frame still has the salts.
  const salts = sound ? wal.subarray(16, 24) : wal.subarray(HEADER_BYTES + 8, HEADER_BYTES + 16);
  let before = storedSum(wal, 24);
  let commits = 0;
  for (let at = HEADER_BYTES; at + FRAME_BYTES <= wal.length; at += FRAME_BYTES) {
    const page = wal.subarray(at + FRAME_HEADER_BYTES, at + FRAME_BYTES);
    const stored = storedSum(wal, at + 16);
    const ours = wal.subarray(at + 8, at + 16).equals(salts);
    const fits =
      ours && isSame(checksum(checksum(before, wal.subarray(at, at + 8), bigEndian), page, bigEndian), stored);
    if (!fits) sound = false;
    else if (!sound && wal.readUInt32BE(at + 4) !== 0) commits += 1;
    before = stored;
  }
  return commits;
}
