import type { IcCardReading } from './ic-card.ts';
import { createLineParser, type LineResult } from './line.ts';
import type { LineFault, LineParser } from './line-protocol.ts';

/**
 * Card readers that send one line a card, as if typed: the terminators are those of barcode scanners. `uidIn` gives the
 * card that a line says, or null. Where it says none the line is an error, `content`; noise in front of a card can't be
 * told from digits of it, so that line is lost, and the next is right. Control characters around a wrong line aren't counted.
 */
export function createCardLineParser(
  protocol: string,
  uidIn: (line: string) => string | null,
): LineParser<IcCardReading> {
  const lines = createLineParser({ pause: 'pause-drops', shortest: 1 });
  let dropped = 0;

  function read(result: LineResult): IcCardReading | LineFault {
    if (result.kind === 'error') return result;
    const uid = result.symbology === null ? uidIn(result.text.trim()) : null;
    if (uid !== null) return { kind: 'ic-card', uid, protocol };
    const aimBytes = result.symbology === null ? 0 : 3;
    dropped += aimBytes + new TextEncoder().encode(result.text).length;
    return { kind: 'error', code: 'content' };
  }

  return {
    push: (chunk) => lines.push(chunk).map(read),
    pause: () => lines.pause().map(read),
    isInside: lines.isInside,
    dropped: () => lines.dropped() + dropped,
  };
}

/** A line as such a reader sends it; most end it as a keyboard's Enter would. */
export function encodeCardLine(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\r\n`);
}
