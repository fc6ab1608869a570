import { createSdtParser } from '#hardware/protocol/sdt-frame.ts';
import { parseReply, textBlockOf } from '#hardware/protocol/sdt-message.ts';
import { decodeNewAddress } from '#hardware/protocol/sdt-new-address.ts';
import { decodeSamId, formatSamId } from '#hardware/protocol/sdt-sam-id.ts';
import { statusOf } from '#hardware/protocol/sdt-status.ts';
import { toHex } from '../hex.ts';
import { cardLine, stars } from './masked.ts';
import { feed, wholeOf, type Protocol } from './protocol.ts';

/** The data of "find card", which say nothing of the card. Longer ones may be its number, an address or all its text. */
const LONGEST_SHOWN = 4;
const TEXT_BYTES = 256;

/** `sdt`: frames of an ID-card reader, its status by name. */
export const decodeSdt: Protocol = ({ chunks, reveal }, out) =>
  feed(createSdtParser(), chunks, (result) => {
    if (result.kind === 'error') {
      out(result);
      return;
    }
    const reply = parseReply(result.payload);
    if (reply === null) {
      out({ kind: 'error', code: 'echo' });
      return;
    }
    const { sw3, data } = reply;
    const isShown = data.length <= LONGEST_SHOWN || (reveal && data.length < TEXT_BYTES);
    const status = { status: toHex(Uint8Array.of(sw3)), ...statusOf(sw3) };
    out({ kind: 'frame', ...status, data: isShown ? toHex(data) : '', dataBytes: data.length });
    const block = textBlockOf(data);
    const card = block === null ? null : cardLine(block, reveal);
    if (card !== null) out(card);
  });

/** Prints the line of what is not a stream but one block, or that it has the wrong length. */
function oneBlock(lineOf: (bytes: Uint8Array, reveal: boolean) => object | null): Protocol {
  return ({ chunks, reveal }, out) => {
    const bytes = wholeOf(chunks);
    const line = lineOf(bytes, reveal);
    out(line ?? { kind: 'error', code: 'length' });
    return line === null ? bytes.length : 0;
  };
}

/** `text`: the 256 bytes of text on a card. */
export const decodeText = oneBlock(cardLine);

/** `sam-id`: the 16 bytes of the reader's own number, which is of no person. */
export const decodeSam = oneBlock((bytes) => {
  const id = decodeSamId(bytes);
  return id === null ? null : { kind: 'sam-id', id: formatSamId(id), numbers: id };
});

/** `new-address`: the 70 bytes of an address that was added to a card. */
export const decodeAddress = oneBlock((bytes, reveal) => {
  const address = decodeNewAddress(bytes);
  return address === null ? null : { kind: 'new-address', address: reveal ? address : stars(address) };
});
