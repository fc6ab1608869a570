import { createCardLineParser, encodeCardLine } from './card-line.ts';
import { icCardProtocol } from './ic-card-protocol.ts';
import { uidBytes, uidOf } from './ic-card.ts';

const NAME = 'hex-line';

/**
 * Bytes of a card: 4, 7 or 10 by ISO/IEC 14443-3, 8 by ISO/IEC 15693, 5 for EM4100. Not 6: those are the 5 of an RDM6300
 * or ID-12 and their checksum, from a reader whose settings name the wrong protocol.
 */
const LENGTHS: ReadonlySet<number> = new Set([4, 5, 7, 8, 10]);

function uidIn(line: string): string | null {
  const bytes = uidBytes(line);
  return bytes !== null && LENGTHS.has(bytes.length) ? uidOf(bytes) : null;
}

/** The likeliest protocol of a reader without a name: hex digits and a terminator (device notes 3, a judgement). */
export const HEX_LINE = icCardProtocol({
  name: NAME,
  createParser: () => createCardLineParser(NAME, uidIn),
  encode: (uid) => (LENGTHS.has(uid.length) ? encodeCardLine(uidOf(uid)) : null),
});
