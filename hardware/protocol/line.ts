import { splitAim } from './aim.ts';

/**
 * Serial barcode scanners send a code and then a terminator: CR, LF, CR LF, TAB or ETX, by the scanner's settings; some
 * put STX in front, or a text in front or behind that was chosen at set-up. A scanner may be set to no terminator at all,
 * then the pause after a code is its end: the caller knows about time and calls `pause`. (Device notes 2.1.)
 */
export type LineResult =
  | {
      readonly kind: 'barcode';
      readonly text: string;
      /** AIM code letter (ISO/IEC 15424), or null where the scanner sends none. */
      readonly symbology: string | null;
      /** The character behind that letter, or null; only with the option `modifier`. */
      readonly modifier?: string | null;
    }
  /** `no-prefix`, `no-suffix`: what this scanner puts in front or behind is not there, so a part of the code is lost. */
  | {
      readonly kind: 'error';
      readonly code: 'not-text' | 'too-short' | 'too-long' | 'half-line' | 'no-prefix' | 'no-suffix';
    };

/** `pause-drops`: the scanner sends a terminator, what stays without one is half a line. `pause-ends`: it sends none. */
export type LinePause = 'pause-drops' | 'pause-ends';

export interface LineParserOptions {
  readonly pause: LinePause;
  /** Characters of the shortest code, spaces around it not counted: what is shorter is an error. */
  readonly shortest: number;
  /** Printable text that this scanner is set to put in front of each code and its AIM identifier; none where left out. */
  readonly prefix?: string;
  /** Printable text that this scanner is set to put behind each code, in front of the terminator; none where left out. */
  readonly suffix?: string;
  /** Bytes that end a code; each of CR, LF, TAB and ETX where left out. */
  readonly terminators?: ReadonlySet<number>;
  /** Whether codes have `modifier`. */
  readonly modifier?: boolean;
}

/** Longer than the longest QR code (2953 bytes, ISO/IEC 18004). */
const LONGEST_BYTES = 4096;

const TERMINATORS: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x09, 0x03]);
const STX = 0x02;
/** NUL padding, XON, ACK and the like around a code; not the group separator, with which a GS1 code may begin. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROL_AROUND = /[\u0000-\u001c\u001e\u001f\u007f]/;
/** Anything but printable characters and the group separator of GS1 codes. Inside a code it is noise: the code is wrong. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const NOT_TEXT = /[\u0000-\u001c\u001e\u001f\u007f-\u009f\ufffd]/;

/** Not by one expression: it would look at each run of controls inside a text once for each of its characters. */
export function trimControls(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && CONTROL_AROUND.test(text.charAt(from))) from += 1;
  while (to > from && CONTROL_AROUND.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function decode(bytes: Uint8Array, options: LineParserOptions): LineResult {
  const { shortest, prefix = '', suffix = '', modifier: withModifier = false } = options;
  let sent: string;
  try {
    sent = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'error', code: 'not-text' };
  }
  sent = trimControls(sent);
  if (NOT_TEXT.test(sent)) return { kind: 'error', code: 'not-text' };
  if (!sent.startsWith(prefix)) return { kind: 'error', code: 'no-prefix' };
  if (!sent.slice(prefix.length).endsWith(suffix)) return { kind: 'error', code: 'no-suffix' };
  const { text, symbology, modifier } = splitAim(sent.slice(prefix.length, sent.length - suffix.length));
  if (text.trim().length < shortest) return { kind: 'error', code: 'too-short' };
  const code: LineResult = { kind: 'barcode', text, symbology };
  return withModifier ? { ...code, modifier } : code;
}

/** Bytes in any chunks -> codes. Never throws; what is not a code is an error and counted as dropped. */
export function createLineParser(options: LineParserOptions) {
  const { pause: onPause, terminators = TERMINATORS } = options;
  let pending: number[] = [];
  let overflow = false;
  let dropped = 0;

  function end(): LineResult[] {
    const bytes = Uint8Array.from(pending);
    pending = [];
    if (overflow) {
      overflow = false;
      return [{ kind: 'error', code: 'too-long' }];
    }
    if (bytes.length === 0) return [];
    const result = decode(bytes, options);
    if (result.kind === 'error') dropped += bytes.length;
    return [result];
  }

  return {
    push(chunk: Uint8Array): LineResult[] {
      const results: LineResult[] = [];
      for (const byte of chunk) {
        if (terminators.has(byte)) results.push(...end());
        else if (overflow) dropped += 1;
        else if (byte === STX && pending.length === 0) continue;
        else {
          pending.push(byte);
          if (pending.length > LONGEST_BYTES) {
            dropped += pending.length;
            pending = [];
            overflow = true;
          }
        }
      }
      return results;
    },

    /** Nothing has come for a while. */
    pause(): LineResult[] {
      if (onPause === 'pause-ends' || overflow) return end();
      if (pending.length === 0) return [];
      dropped += pending.length;
      pending = [];
      return [{ kind: 'error', code: 'half-line' }];
    },

    /** Whether a line has begun and not ended. */
    isInside: (): boolean => pending.length > 0 || overflow,

    /** Bytes that were part of no code, so far. */
    dropped: (): number => dropped,
  };
}

/** A code as a scanner sends it: between the texts it is set to put around codes, with CR or another terminator behind. */
export function encodeLine(text: string, { prefix = '', suffix = '', terminator = '\r' } = {}): Uint8Array {
  return new TextEncoder().encode(`${prefix}${text}${suffix}${terminator}`);
}
