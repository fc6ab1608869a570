/** A decoder of a stream: bytes in any chunks -> results. */
export interface StreamDecoder {
  push(chunk: Uint8Array): readonly unknown[];
  pause(): readonly unknown[];
  isInside(): boolean;
  dropped(): number;
}

interface Common {
  readonly name: string;
  /** Whole valid inputs: what is mutated, and what must still be read after noise. */
  readonly seeds: readonly Uint8Array[];
}

export interface StreamTarget extends Common {
  readonly kind: 'stream';
  readonly create: () => StreamDecoder;
  /**
   * Whether a seed is read whole after noise and a pause. Text without a mark at its beginning may be noise itself, and
   * keys stay pressed: there it is not.
   */
  readonly resyncs: boolean;
}

/** A decoder of one whole input. */
export interface ValueTarget extends Common {
  readonly kind: 'value';
  readonly decode: (bytes: Uint8Array) => unknown;
}

export type Target = StreamTarget | ValueTarget;

/** How an input is fed: its bytes, and the places behind which it is cut. */
export interface FuzzInput {
  readonly bytes: Uint8Array;
  readonly cuts: readonly number[];
}

/** `dies`: it took the whole thread with it, as running out of memory does. */
export const FAULTS = [
  'throws',
  'differs-when-cut',
  'miscounts',
  'loses-a-frame',
  'hangs',
  'dies',
  'not-linear',
  'keeps-noise',
] as const;

export interface Finding {
  readonly target: string;
  readonly what: (typeof FAULTS)[number];
  readonly detail: string;
  /** Hex of the bytes, with a bar at each cut; null where it is not one input. */
  readonly input: string | null;
}
