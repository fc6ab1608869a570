import * as fc from 'fast-check';

/** Bytes from hex digits in any spacing. */
export function hex(text: string): Uint8Array {
  return Uint8Array.from(text.replaceAll(/\s/g, '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

export function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Cuts bytes behind each of these places; places beyond the end make no difference. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const sorted = [...new Set(places.filter((place) => place > 0 && place < bytes.length))].sort((a, b) => a - b);
  return [0, ...sorted].map((from, index) => bytes.slice(from, sorted[index] ?? bytes.length));
}

/** Places at which to cut a stream. */
export const cuts = fc.array(fc.nat(300), { maxLength: 40 });

interface Parser<Result> {
  push(chunk: Uint8Array): Result[];
  pause(): Result[];
  dropped(): number;
}

/** What a fresh parser makes of a stream in these chunks, with a pause at the end where `pauses`. */
export function feed<Result>(parser: Parser<Result>, chunks: readonly Uint8Array[], pauses = false) {
  const results = chunks.flatMap((chunk) => parser.push(chunk));
  if (pauses) results.push(...parser.pause());
  return { results, dropped: parser.dropped() };
}
