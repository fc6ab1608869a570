import type { IcCardReading } from './ic-card.ts';
import type { LineFault, LineParser } from './line-protocol.ts';

/** `content`: what can't stand at this place of a frame, be it noise or the beginning of the next frame. */
type StxFault = 'content' | 'checksum';

/** What some bytes are, the first of them STX. `more`: the beginning of a frame, as far as they go. */
export type StxLook =
  | { readonly kind: 'more' }
  | { readonly kind: 'card'; readonly uid: string }
  | { readonly kind: 'error'; readonly code: StxFault };

export const STX = 0x02;
export const ETX = 0x03;

/**
 * Frames that begin with STX (02), of a card reader. `look` is asked at each byte and says `more` only while the bytes
 * can still become a frame, so what waits is never longer than the longest frame. As no frame here may have another STX
 * before its last byte, each byte costs two looks at most: one when it comes, one when it turns out to begin a frame.
 */
export function createStxParser(
  protocol: string,
  look: (bytes: readonly number[]) => StxLook,
): LineParser<IcCardReading> {
  let waiting: number[] = [];
  let dropped = 0;

  /** Drops one byte and all up to the next STX: a frame may begin inside what was wrong. */
  function dropOne(): void {
    const next = waiting.indexOf(STX, 1);
    const count = next < 0 ? waiting.length : next;
    dropped += count;
    waiting = waiting.slice(count);
  }

  /** Looks at bytes that were looked at before, behind another beginning. */
  function rescan(results: (IcCardReading | LineFault)[]): void {
    const again = waiting;
    waiting = [];
    for (const byte of again) take(byte, results);
  }

  function take(byte: number, results: (IcCardReading | LineFault)[]): void {
    if (waiting.length === 0 && byte !== STX) {
      dropped += 1;
      return;
    }
    waiting.push(byte);
    const seen = look(waiting);
    if (seen.kind === 'more') return;
    if (seen.kind === 'card') {
      waiting = [];
      results.push({ kind: 'ic-card', uid: seen.uid, protocol });
      return;
    }
    results.push({ kind: 'error', code: seen.code });
    dropOne();
    rescan(results);
  }

  return {
    push(chunk) {
      const results: (IcCardReading | LineFault)[] = [];
      for (const byte of chunk) take(byte, results);
      return results;
    },
    pause() {
      if (waiting.length === 0) return [];
      dropped += waiting.length;
      waiting = [];
      return [{ kind: 'error', code: 'half-frame' }];
    },
    isInside: () => waiting.length > 0,
    dropped: () => dropped,
  };
}

export function isHexDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66);
}

/** Some bytes of a frame as characters. */
export function charsOf(bytes: readonly number[], from: number, to: number): string {
  return String.fromCharCode(...bytes.slice(from, to));
}
