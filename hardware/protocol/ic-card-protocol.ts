import type { IcCardReading } from './ic-card.ts';
import { type LineParser, type LineProtocol, pauseAt } from './line-protocol.ts';

/** A reader of proximity or IC cards, and what the emulator has to know of it. */
export interface IcCardProtocol extends LineProtocol<IcCardReading> {
  /** What the reader sends for a card of these bytes; null where the protocol can't say such a card. */
  readonly encode: (uid: Uint8Array) => Uint8Array | null;
}

/**
 * A held card is said again about every 50 ms (device notes 3, RDM6300). Ten times that: a few frames lost to a card at
 * the edge of the field do not make a second reading, and a card shown again on purpose was away for longer.
 */
const REARM_MS = 500;

const BAUD = 9600;

/** A protocol with what all card readers here have in common. */
export function icCardProtocol(protocol: {
  readonly name: string;
  readonly createParser: () => LineParser<IcCardReading>;
  readonly encode: (uid: Uint8Array) => Uint8Array | null;
}): IcCardProtocol {
  return {
    ...protocol,
    baud: BAUD,
    pauseMs: pauseAt(BAUD),
    pauseEnds: false,
    repeat: { of: 'each', withinMs: REARM_MS },
    identity: ({ uid }) => uid,
  };
}
