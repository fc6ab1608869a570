/**
 * Frames of the SAM_V ("SDT") protocol of resident ID-card readers, GA 467 (device notes 1.1):
 *
 *     AA AA AA 96 69 | LEN_HI LEN_LO | payload | CHK
 *
 * LEN is big-endian and counts payload and CHK. CHK is the XOR of the two LEN bytes and the payload.
 */
const PREAMBLE = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const;
/** A command has two bytes and CHK. */
const SHORTEST_LEN = 3;
/** 2314: text, photo and two fingerprints, the largest legal reply. */
const LONGEST_LEN = 0x090a;

export type SdtResult =
  | { readonly kind: 'payload'; readonly payload: Uint8Array }
  | { readonly kind: 'error'; readonly code: 'length' | 'checksum' | 'half-frame' };

/** XOR of some bytes. */
function xorOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

/** The whole frame around a payload. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const len = payload.length + 1;
  const body = Uint8Array.from([len >> 8, len & 0xff, ...payload]);
  return Uint8Array.from([...PREAMBLE, ...body, xorOf(body)]);
}

/** Place of `96 69` behind at least two AA: a lost first AA, or more of them, must not hide a header. */
function findMark(bytes: Uint8Array): number {
  for (let at = 2; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === 0x96 && bytes[at + 1] === 0x69 && bytes[at - 1] === 0xaa && bytes[at - 2] === 0xaa) return at;
  }
  return -1;
}

/** How many bytes at the end may be the beginning of a header: some AA, or two AA and 96. */
function openingLength(bytes: Uint8Array): number {
  const afterMark = bytes.at(-1) === 0x96 && bytes.at(-2) === 0xaa && bytes.at(-3) === 0xaa;
  let length = afterMark ? 1 : 0;
  while (length < 4 && bytes.at(-1 - length) === 0xaa) length += 1;
  return length;
}

/** AA that belong to the header before the mark: two or three. */
function leadBefore(bytes: Uint8Array, mark: number): number {
  return bytes[mark - 3] === 0xaa ? 3 : 2;
}

/** Bytes in any chunks -> payloads with a right checksum. Never throws; wrong frames are errors, wrong bytes counted. */
export function createSdtParser() {
  let pending = new Uint8Array(0);
  let dropped = 0;

  function drop(count: number): void {
    dropped += count;
    pending = pending.subarray(count);
  }

  /** Reads what can be read. `patient` waits for the rest of a frame, else a frame without its rest is dropped. */
  function read(patient: boolean): SdtResult[] {
    const results: SdtResult[] = [];
    for (;;) {
      const mark = findMark(pending);
      if (mark < 0) {
        drop(pending.length - (patient ? openingLength(pending) : 0));
        return results;
      }
      drop(mark - leadBefore(pending, mark));
      const start = leadBefore(pending, findMark(pending)) + 2;
      if (pending.length < start + 2) {
        if (patient) return results;
        results.push({ kind: 'error', code: 'half-frame' });
        drop(start);
        continue;
      }
      const len = ((pending[start] ?? 0) << 8) | (pending[start + 1] ?? 0);
      if (len < SHORTEST_LEN || len > LONGEST_LEN) {
        results.push({ kind: 'error', code: 'length' });
        drop(start);
        continue;
      }
      const end = start + 2 + len;
      if (pending.length < end) {
        if (patient) return results;
        results.push({ kind: 'error', code: 'half-frame' });
        drop(start);
        continue;
      }
      const body = pending.subarray(start, end);
      if (xorOf(body) !== 0) {
        results.push({ kind: 'error', code: 'checksum' });
        // Not the whole frame: its LEN may be what is wrong, and a right one may begin inside it. But not one byte alone:
        // as a lost AA is tolerated, the same frame would be met, and counted, again.
        drop(start);
        continue;
      }
      results.push({ kind: 'payload', payload: body.slice(2, -1) });
      pending = pending.subarray(end);
    }
  }

  return {
    push(chunk: Uint8Array): SdtResult[] {
      const joined = new Uint8Array(pending.length + chunk.length);
      joined.set(pending);
      joined.set(chunk, pending.length);
      pending = joined;
      return read(true);
    },

    /** Nothing has come for a while: half a frame will not become a whole one. */
    pause(): SdtResult[] {
      return read(false);
    },

    /** Whether bytes are waiting for more. */
    isInside: (): boolean => pending.length > 0,

    /** Bytes that were part of no right frame, so far. */
    dropped: (): number => dropped,
  };
}
