import { createHidPosParser } from '#hardware/protocol/hid-pos.ts';
import {
  HID_POS_62,
  HID_POS_64,
  hidPosLayoutOfLength,
  MICROSCAN,
  readHidPosLayout,
  type HidPosLayout,
} from '#hardware/protocol/hid-pos-layout.ts';
import { readReportDescriptor } from '#hardware/protocol/hid-report-descriptor.ts';
import { fromHex } from '../hex.ts';
import { barcodeLine } from './barcode.ts';
import { feed, wholeOf, type DecodeInput, type Protocol } from './protocol.ts';

const LAYOUTS: Readonly<Record<string, HidPosLayout>> = { '64': HID_POS_64, '62': HID_POS_62, microscan: MICROSCAN };

/** By the descriptor, by name, or by the length of the first chunk. */
function layoutOf({ chunks, settings: { descriptor, layout } }: DecodeInput): HidPosLayout {
  if (descriptor !== undefined) {
    const read = readHidPosLayout(fromHex(descriptor));
    if (read.kind === 'error') throw new Error(`--descriptor: ${read.code}`);
    return read.layout;
  }
  if (layout === undefined) return hidPosLayoutOfLength(chunks[0]?.length ?? 0) ?? HID_POS_64;
  const known = Object.hasOwn(LAYOUTS, layout) ? LAYOUTS[layout] : undefined;
  if (known === undefined) throw new Error(`--layout wants one of ${Object.keys(LAYOUTS).join(', ')}`);
  return known;
}

/** `hid-pos`: reports of a scanner in HID POS mode. */
export const decodeHidPos: Protocol = (input, out) =>
  feed(createHidPosParser(layoutOf(input)), input.chunks, (result) => {
    out(result.kind === 'error' ? result : barcodeLine(result, input));
  });

/** `hid-descriptor`: a report descriptor, and where a scanner's reports have what. */
export const decodeDescriptor: Protocol = ({ chunks }, out) => {
  const bytes = wholeOf(chunks);
  const descriptor = readReportDescriptor(bytes);
  out(descriptor);
  if (descriptor.kind === 'error') return bytes.length;
  out(readHidPosLayout(bytes));
  return 0;
};
