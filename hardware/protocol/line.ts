/**
 * Serial barcode scanners send a code and then a terminator: CR, LF, CR LF, TAB or ETX, by the scanner's settings; some
 * put STX in front. A scanner may be set to no terminator at all, then the pause after a code is its end: the caller
 * knows about time and calls `pause`. (Device notes 2.1.)
 */
export type LineResult =
  | {
      readonly kind: 'barcode';
      readonly text: string;
      /** AIM code letter (ISO/IEC 15424), or null where the scanner sends none. */
      readonly symbology: string | null;
    }
  | { readonly kind: 'error'; readonly code: 'not-text' | 'too-short' | 'too-long' | 'half-line' };

/** `pause-drops`: the scanner sends a terminator, what stays without one is half a line. `pause-ends`: it sends none. */
export type LinePause = 'pause-drops' | 'pause-ends';

export interface LineParserOptions {
  readonly pause: LinePause;
  /** Characters of the shortest code, spaces around it not counted: what is shorter is an error. */
  readonly shortest: number;
}

/** Longer than the longest QR code (2953 bytes, ISO/IEC 18004). */
const LONGEST_BYTES = 4096;

const TERMINATORS = new Set([0x0d, 0x0a, 0x09, 0x03]);
const STX = 0x02;
/** NUL padding, XON, ACK and the like around a code; not the group separator, with which a GS1 code may begin. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const CONTROLS_AROUND = /^[\u0000-\u001c\u001e\u001f\u007f]+|[\u0000-\u001c\u001e\u001f\u007f]+$/g;
/** Anything but printable characters and the group separator of GS1 codes. Inside a code it is noise: the code is wrong. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const NOT_TEXT = /[\u0000-\u001c\u001e\u001f\u007f-\u009f\ufffd]/;

function decode(bytes: Uint8Array, shortest: number): LineResult {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { kind: 'error', code: 'not-text' };
  }
  text = text.replaceAll(CONTROLS_AROUND, '');
  if (NOT_TEXT.test(text)) return { kind: 'error', code: 'not-text' };
  const aim = /^\]([A-Za-z])[0-9A-Za-z]/.exec(text);
  const content = aim === null ? text : text.slice(3);
  if (content.trim().length < shortest) return { kind: 'error', code: 'too-short' };
  return { kind: 'barcode', text: content, symbology: aim?.[1] ?? null };
}

/** Bytes in any chunks -> codes. Never throws; what is not a code is an error and counted as dropped. */
export function createLineParser({ pause: onPause, shortest }: LineParserOptions) {
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
    const result = decode(bytes, shortest);
    if (result.kind === 'error') dropped += bytes.length;
    return [result];
  }

  return {
    push(chunk: Uint8Array): LineResult[] {
      const results: LineResult[] = [];
      for (const byte of chunk) {
        if (TERMINATORS.has(byte)) results.push(...end());
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

/** A code as a scanner sends it, with CR behind. */
export function encodeLine(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\r`);
}
