import { barcodeLine } from './barcode-line.ts';
import { decimalLine } from './decimal-line.ts';
import { HEX_LINE } from './hex-line.ts';
import { ID_12 } from './id-12.ts';
import { IDTECK } from './idteck.ts';
import { RDM6300 } from './rdm6300.ts';

/** Readers of proximity and IC cards that only talk, each under its name. A new one is a line here. */
export const IC_CARD_PROTOCOLS = {
  rdm6300: RDM6300,
  'id-12': ID_12,
  idteck: IDTECK,
  'hex-line': HEX_LINE,
  'decimal-8h10d': decimalLine('decimal-8h10d', '8H10D'),
  'decimal-6h8d': decimalLine('decimal-6h8d', '6H8D'),
  'decimal-2h4h': decimalLine('decimal-2h4h', '2H4H'),
  'decimal-4h4h': decimalLine('decimal-4h4h', '4H4H'),
} as const;
export type IcCardProtocolName = keyof typeof IC_CARD_PROTOCOLS;

export function isIcCardProtocol(name: string): name is IcCardProtocolName {
  return Object.hasOwn(IC_CARD_PROTOCOLS, name);
}

/** All devices that only talk: a barcode scanner as it leaves the factory, and the card readers. */
export const LINE_PROTOCOLS = {
  barcode: barcodeLine({ pause: 'pause-drops', shortest: 1 }),
  ...IC_CARD_PROTOCOLS,
} as const;
