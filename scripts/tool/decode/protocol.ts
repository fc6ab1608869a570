import type { DecodeSettings } from './settings.ts';

export type Out = (line: object) => void;

export interface DecodeInput {
  /** Bytes as they came, one chunk a `--hex`. */
  readonly chunks: readonly Uint8Array[];
  /** Whether personal values are shown as they are. */
  readonly reveal: boolean;
  /** Four digits: from it the years are read of which codes have two. */
  readonly thisYear: number;
  readonly settings: DecodeSettings;
}

/** Prints what the bytes mean; the result is how many of them (or keys) were part of nothing. */
export type Protocol = (input: DecodeInput, out: Out) => number;

/** All chunks as one, for what is no stream. */
export function wholeOf(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}

interface StreamParser<Found> {
  readonly push: (chunk: Uint8Array) => readonly Found[];
  readonly pause: () => readonly Found[];
  readonly dropped: () => number;
}

/** Feeds the chunks to a parser as they came, and then the pause behind them. */
export function feed<Found>(
  parser: StreamParser<Found>,
  chunks: readonly Uint8Array[],
  print: (found: Found) => void,
): number {
  for (const chunk of chunks) parser.push(chunk).forEach((found) => print(found));
  parser.pause().forEach((found) => print(found));
  return parser.dropped();
}
