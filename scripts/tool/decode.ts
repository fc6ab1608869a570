import { parseArgs } from 'node:util';
import { createLineParser, type LineResult } from '#hardware/protocol/line.ts';
import { decodeCard, type IdCard } from '#hardware/protocol/sdt-card.ts';
import { createSdtParser, type SdtResult } from '#hardware/protocol/sdt-frame.ts';
import { parseReply, textBlockOf } from '#hardware/protocol/sdt-message.ts';
import { maskName } from '#shared/people/masked-name.ts';
import { decodeIcCards, IC_CARD_PROTOCOL_NAMES, isIcCardProtocol } from './decode-line-protocol.ts';
import { fromHex, toHex } from './hex.ts';

const TEXT_BYTES = 256;

type Out = (line: object) => void;

/** Shows the region's province and the last two characters; of what is no whole number, nothing. */
function maskNumber(number: string): string {
  const kept = number.length >= 15;
  return kept ? `${number.slice(0, 2)}${'*'.repeat(number.length - 4)}${number.slice(-2)}` : '*'.repeat(number.length);
}

function cardLine(card: IdCard, reveal: boolean): object {
  if (reveal) return { kind: 'id-card', ...card };
  return { kind: 'id-card', ...card, name: maskName(card.name), number: maskNumber(card.number) };
}

function sdtLines(results: readonly SdtResult[], reveal: boolean, out: Out): void {
  for (const result of results) {
    if (result.kind === 'error') {
      out(result);
      continue;
    }
    const reply = parseReply(result.payload);
    if (reply === null) {
      out({ kind: 'error', code: 'echo' });
      continue;
    }
    const block = textBlockOf(reply.data);
    const card = block === null ? null : decodeCard(block);
    const status = toHex(Uint8Array.of(reply.sw3));
    // What is as long as a card's text is personal, whether it could be read or not: it is not printed beside the masks.
    out({ kind: 'frame', status, data: reply.data.length < TEXT_BYTES ? toHex(reply.data) : '' });
    if (card !== null) out(cardLine(card, reveal));
  }
}

function decodeSdt(chunks: readonly Uint8Array[], reveal: boolean, out: Out): number {
  const parser = createSdtParser();
  for (const chunk of chunks) sdtLines(parser.push(chunk), reveal, out);
  sdtLines(parser.pause(), reveal, out);
  return parser.dropped();
}

function decodeText(chunks: readonly Uint8Array[], reveal: boolean, out: Out): number {
  const block = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
  const card = decodeCard(block);
  out(card === null ? { kind: 'error', code: 'length' } : cardLine(card, reveal));
  return card === null ? block.length : 0;
}

function decodeLines(chunks: readonly Uint8Array[], _reveal: boolean, out: Out): number {
  const parser = createLineParser({ pause: 'pause-drops', shortest: 1 });
  const print = (results: readonly LineResult[]) => results.forEach((result) => out(result));
  for (const chunk of chunks) print(parser.push(chunk));
  print(parser.pause());
  return parser.dropped();
}

const DECODERS = { sdt: decodeSdt, text: decodeText, line: decodeLines };

/** `decode --protocol P --hex ".." [--hex ..] [--reveal] [--printed N]`: each `--hex` is one chunk for the real decoder. */
export async function run(args: string[], out: Out): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      protocol: { type: 'string' },
      hex: { type: 'string', multiple: true, default: [] },
      reveal: { type: 'boolean', default: false },
      printed: { type: 'string' },
    },
  });
  const { protocol = '', printed = null, reveal } = values;
  const chunks = values.hex.map(fromHex);
  if (isIcCardProtocol(protocol)) {
    out({ kind: 'end', dropped: decodeIcCards(protocol, chunks, printed, out) });
    return 0;
  }
  if (protocol !== 'sdt' && protocol !== 'text' && protocol !== 'line') {
    throw new Error(`--protocol wants one of ${[...Object.keys(DECODERS), ...IC_CARD_PROTOCOL_NAMES].join(', ')}`);
  }
  const dropped = DECODERS[protocol](chunks, reveal, out);
  out({ kind: 'end', dropped });
  return 0;
}
