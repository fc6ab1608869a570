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

type SdtFault = 'length' | 'checksum' | 'half-frame';

export type SdtResult =
  { readonly kind: 'payload'; readonly payload: Uint8Array } | { readonly kind: 'error'; readonly code: SdtFault };

/** XOR of some bytes. */
function xorOf(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum ^ byte, 0);
}

/** The whole frame around a payload of 2 to 2313 bytes. */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  const len = payload.length + 1;
  const body = Uint8Array.from([len >> 8, len & 0xff, ...payload]);
  return Uint8Array.from([...PREAMBLE, ...body, xorOf(body)]);
}

/** Twice the longest frame: what waits is always less than one, so the same bytes are never moved twice in a row. */
const ROOM = 2 * (PREAMBLE.length + 2 + LONGEST_LEN);

/**
 * The bytes that wait to be read, at most `ROOM`, each with the XOR of all up to it: a checksum costs the same however
 * long its frame is, so noise full of headers is read as fast as any other.
 */
function createWaiting() {
  const bytes = new Uint8Array(ROOM);
  /** `sums[n]` is the XOR of the first n bytes. */
  const sums = new Uint8Array(ROOM + 1);
  let begin = 0;
  let end = 0;

  return {
    /** Takes what there is room for of a chunk from a place on, and says how many bytes that was. */
    take(chunk: Uint8Array, from: number): number {
      if (end === ROOM) {
        bytes.copyWithin(0, begin, end);
        sums.copyWithin(0, begin, end + 1);
        end -= begin;
        begin = 0;
      }
      const count = Math.min(ROOM - end, chunk.length - from);
      for (let place = from; place < from + count; place += 1) {
        const byte = chunk[place] ?? 0;
        bytes[end] = byte;
        sums[end + 1] = (sums[end] ?? 0) ^ byte;
        end += 1;
      }
      return count;
    },
    drop(count: number): void {
      begin += count;
    },
    length: (): number => end - begin,
    at: (place: number): number | undefined => (place >= 0 && begin + place < end ? bytes[begin + place] : undefined),
    copy: (from: number, to: number): Uint8Array => bytes.slice(begin + from, begin + to),
    xor: (from: number, to: number): number => (sums[begin + to] ?? 0) ^ (sums[begin + from] ?? 0),
  };
}
type Waiting = ReturnType<typeof createWaiting>;

/** Place of `96 69` behind at least two AA: a lost first AA, or more of them, must not hide a header. */
function findMark(bytes: Waiting): number {
  for (let place = 2; place + 1 < bytes.length(); place += 1) {
    const isMark = bytes.at(place) === 0x96 && bytes.at(place + 1) === 0x69;
    if (isMark && bytes.at(place - 1) === 0xaa && bytes.at(place - 2) === 0xaa) return place;
  }
  return -1;
}

/** How many bytes at the end may be the beginning of a header: some AA, or two AA and 96. */
function openingLength(bytes: Waiting): number {
  const last = (back: number) => bytes.at(bytes.length() - back);
  const afterMark = last(1) === 0x96 && last(2) === 0xaa && last(3) === 0xaa;
  let length = afterMark ? 1 : 0;
  while (length < 4 && last(1 + length) === 0xaa) length += 1;
  return length;
}

function lenAt(bytes: Waiting, place: number): number {
  return ((bytes.at(place) ?? 0) << 8) | (bytes.at(place + 1) ?? 0);
}

/** What is wrong with the frame whose LEN stands at this place; null where nothing is. */
function faultAt(bytes: Waiting, place: number): SdtFault | null {
  if (bytes.length() < place + 2) return 'half-frame';
  const len = lenAt(bytes, place);
  if (len < SHORTEST_LEN || len > LONGEST_LEN) return 'length';
  const end = place + 2 + len;
  if (bytes.length() < end) return 'half-frame';
  return bytes.xor(place, end) === 0 ? null : 'checksum';
}

/**
 * Bytes in any chunks -> payloads with a right checksum. Never throws; wrong frames are errors, wrong bytes counted. Keeps
 * less than 10 kB however long the chunks are, in time that grows with their bytes alone.
 */
export function createSdtParser() {
  const waiting = createWaiting();
  let dropped = 0;

  function drop(count: number): void {
    dropped += count;
    waiting.drop(count);
  }

  /** Reads what can be read. `patient` waits for the rest of a frame, else a frame without its rest is dropped. */
  function read(patient: boolean, results: SdtResult[]): void {
    for (;;) {
      const mark = findMark(waiting);
      if (mark < 0) {
        drop(waiting.length() - (patient ? openingLength(waiting) : 0));
        return;
      }
      const lead = waiting.at(mark - 3) === 0xaa ? 3 : 2;
      drop(mark - lead);
      const start = lead + 2;
      const fault = faultAt(waiting, start);
      if (fault === 'half-frame' && patient) return;
      if (fault === null) {
        const end = start + 2 + lenAt(waiting, start);
        results.push({ kind: 'payload', payload: waiting.copy(start + 2, end - 1) });
        waiting.drop(end);
        continue;
      }
      results.push({ kind: 'error', code: fault });
      // Not the whole frame: its LEN may be what is wrong, and a right one may begin inside it. But not one byte alone: as
      // a lost AA is tolerated, the same frame would be met, and counted, again.
      drop(start);
    }
  }

  return {
    push(chunk: Uint8Array): SdtResult[] {
      const results: SdtResult[] = [];
      for (let place = 0; place < chunk.length;) {
        place += waiting.take(chunk, place);
        read(true, results);
      }
      return results;
    },

    /** Nothing has come for a while: half a frame will not become a whole one. */
    pause(): SdtResult[] {
      const results: SdtResult[] = [];
      read(false, results);
      return results;
    },

    /** Whether bytes are waiting for more. */
    isInside: (): boolean => waiting.length() > 0,

    /** Bytes that were part of no right frame, so far. */
    dropped: (): number => dropped,
  };
}
