import { decodeContent, decodeLine } from './barcode.ts';
import { decodeAddress, decodeSam, decodeSdt, decodeText } from './card-reader.ts';
import { decodeIcCard, IC_CARD_PROTOCOL_NAMES } from './ic-card.ts';
import { decodeDescriptor, decodeHidPos } from './hid-scanner.ts';
import { decodeKeyboard, decodeWedge } from './keyboard.ts';
import type { Protocol } from './protocol.ts';

/** Every protocol that `decode` knows, by the word behind `--protocol`. */
export const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map<string, Protocol>([
  ['sdt', decodeSdt],
  ['text', decodeText],
  ['sam-id', decodeSam],
  ['new-address', decodeAddress],
  ['line', decodeLine],
  ['content', decodeContent],
  ['hid-pos', decodeHidPos],
  ['hid-descriptor', decodeDescriptor],
  ['keyboard', decodeKeyboard],
  ['wedge', decodeWedge],
  ['id12', decodeIcCard('id-12')],
  ...IC_CARD_PROTOCOL_NAMES.map((name): [string, Protocol] => [name, decodeIcCard(name)]),
]);
