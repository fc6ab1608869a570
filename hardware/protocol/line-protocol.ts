/** What bytes turned out not to be a reading. The code is for counters and logs. */
export interface LineFault {
  readonly kind: 'error';
  readonly code: string;
}

/** Bytes in any chunks -> readings. Never throws, keeps a bounded number of bytes, works in time linear in them. */
export interface LineParser<Reading> {
  push(chunk: Uint8Array): (Reading | LineFault)[];
  /** HID devices: what their reports look like (USB HID 1.11, 6.2.2), before the first one comes. */
  describe?(descriptor: Uint8Array): LineFault | null;
  /** Nothing has come for a while. */
  pause(): (Reading | LineFault)[];
  /** Whether a frame has begun and not ended. */
  isInside(): boolean;
  /** Bytes that were part of no reading, so far. */
  dropped(): number;
}

/**
 * When the same reading again is the same thing, still held there, in milliseconds of silence since it was last heard.
 * `of: 'last'`: another reading between makes it new. `of: 'each'`: it does not, two things may be held there at once.
 */
export interface RepeatRule {
  readonly of: 'last' | 'each';
  readonly withinMs: number;
}

/** A device that only talks: what its driver has to know of it. A new one is a small file, and a line in LINE_PROTOCOLS. */
export interface LineProtocol<Reading> {
  readonly name: string;
  /** As it leaves the factory; 8 data bits, no parity, 1 stop bit. */
  readonly baud: number;
  readonly createParser: () => LineParser<Reading>;
  /** Without a byte for so long, half a frame will not become a whole one, or a frame without terminator has ended. */
  readonly pauseMs: number;
  /** Whether a pause ends a frame; else it makes half a frame of it. */
  readonly pauseEnds: boolean;
  readonly repeat: RepeatRule;
  /** What two readings of the same thing have in common. */
  readonly identity: (reading: Reading) => string;
}

/** The pause for a device at this speed: 20 byte times and 100 ms (device notes 5, "partial frames"). */
export function pauseAt(baud: number): number {
  const bitsOfByte = 10;
  return 100 + Math.ceil((20 * bitsOfByte * 1000) / baud);
}
