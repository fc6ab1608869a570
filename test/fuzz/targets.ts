import { z } from 'zod';
import { splitAim } from '#hardware/protocol/aim.ts';
import { barcodeContent } from '#hardware/protocol/barcode-content.ts';
import { decodeBarcodeText } from '#hardware/protocol/barcode-text.ts';
import { borrowerOf } from '#hardware/protocol/card-borrower.ts';
import { CARD_NUMBER_FORMS, formatCardNumber, parseCardNumber } from '#hardware/protocol/card-number.ts';
import { code128Check, code39Check, parseGtin } from '#hardware/protocol/check-digits.ts';
import { parseDigitalLink } from '#hardware/protocol/gs1-digital-link.ts';
import { parseElementString } from '#hardware/protocol/gs1-elements.ts';
import { gs1Value } from '#hardware/protocol/gs1-values.ts';
import { createHidPosParser, encodeHidPos } from '#hardware/protocol/hid-pos.ts';
import { HID_POS_62, HID_POS_64, MICROSCAN, readHidPosLayout } from '#hardware/protocol/hid-pos-layout.ts';
import { readReportDescriptor } from '#hardware/protocol/hid-report-descriptor.ts';
import { createBootReportParser, encodeBootReports } from '#hardware/protocol/keyboard-boot-report.ts';
import { IC_CARD_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { createLineParser, encodeLine } from '#hardware/protocol/line.ts';
import { mayBear, readPrintedNumber } from '#hardware/protocol/printed-card-number.ts';
import { decodeCard, encodeCard } from '#hardware/protocol/sdt-card.ts';
import { encodeCommand, parseCommand, parseSetUartSpeed } from '#hardware/protocol/sdt-command.ts';
import { createSdtParser, encodeFrame } from '#hardware/protocol/sdt-frame.ts';
import { cardData, encodeReply, parseCardData, parseReply } from '#hardware/protocol/sdt-message.ts';
import { decodeNewAddress, encodeNewAddress } from '#hardware/protocol/sdt-new-address.ts';
import { decodeSamId, encodeSamId, parseSamId } from '#hardware/protocol/sdt-sam-id.ts';
import { decodeWiegand } from '#hardware/protocol/wiegand.ts';
import { readCode } from '#shared/contract/identity.ts';
import { readLines } from '#shared/contract/ndjson.ts';
import { readSignature } from '#shared/identity/message-signature.ts';
import { createWedge } from '#shared/keyboard/wedge.ts';
import { hlcSchema } from '#shared/ledger/event.ts';
import { readBody } from '#shared/ledger/upcast.ts';
import { parseHours, parseWeek } from '#shared/lending/hours-text.ts';
import { parseItemLabel } from '#shared/lending/item-code.ts';
import { parseIdNumber } from '#shared/people/id-number.ts';
import { maskName } from '#shared/people/masked-name.ts';
import { readRange } from '#server/blobs/range.ts';
import { readPage } from '#server/store/judge.ts';
import { parseLine, readEvent } from '#server/store/read-event.ts';
import { T10_CARD } from '../fixtures/cards.ts';
import type { StreamDecoder, StreamTarget, Target, ValueTarget } from './target.ts';

const THIS_YEAR = 2026;
const eventSchema = z.object({ type: z.string(), v: z.int(), body: z.record(z.string(), z.unknown()) });
const utf8 = (text: string) => new TextEncoder().encode(text);
const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const concat = (parts: readonly Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
const present = (bytes: Uint8Array | null) => (bytes === null ? [] : [bytes]);

const T10_TEXT = encodeCard(T10_CARD);
/** A report descriptor of a scanner in HID POS mode (USB HID 1.11, 6.2.2; HID POS 1.02). */
const DESCRIPTOR = hex(
  '058C 0902 A101 0912 A102 1500 26FF00 7508 9501 0501 093B 8102 058C 09FE 9538 820201 2501 7501 9501 09FF 8102 7507 8103 C0C0',
);

const stream = (
  name: string,
  create: () => StreamDecoder,
  seeds: readonly Uint8Array[],
  resyncs = true,
): StreamTarget => ({ kind: 'stream', name, create, seeds, resyncs });

const value = (name: string, decode: ValueTarget['decode'], seeds: readonly Uint8Array[]): ValueTarget => ({
  kind: 'value',
  name,
  decode,
  seeds,
});

/** A decoder of text; wrong UTF-8 comes as it would from a scanner's line, as replacement characters. */
const text = (name: string, decode: (said: string) => unknown, seeds: readonly string[]): ValueTarget =>
  value(name, (bytes) => decode(new TextDecoder().decode(bytes)), seeds.map(utf8));

const readSdt = (payload: Uint8Array) => {
  const reply = parseReply(payload);
  return [reply, parseCommand(payload), parseSetUartSpeed(payload), reply === null ? null : parseCardData(reply.data)];
};

const readContent = (sent: string) => {
  const code = splitAim(sent);
  const content = barcodeContent(code);
  if (content.kind === 'gs1') content.elements.map((element) => gs1Value(element, THIS_YEAR));
  return content;
};

/** Two bytes a key: which one, and how long after the one before, in milliseconds. */
const typeKeys = (bytes: Uint8Array) => {
  const wedge = createWedge();
  let at = 0;
  for (let index = 0; index + 1 < bytes.length; index += 2) {
    at += (bytes[index + 1] ?? 0) % 130;
    const code = bytes[index] ?? 0;
    wedge.tick(at - 1);
    wedge.press({
      key: code === 13 ? 'Enter' : String.fromCharCode(code),
      at,
      repeat: code > 250,
      shortcut: code === 250,
    });
  }
  return wedge.release();
};
const SCAN = Uint8Array.from([...utf8('HF-000001-84'), 13].flatMap((code) => [code, 8]));

/** Every decoder of what comes from outside. A new one is a line here. */
export const TARGETS: readonly Target[] = [
  stream('sdt', createSdtParser, [
    encodeCommand('findCard'),
    encodeFrame(Uint8Array.of(0, 0, 0x80)),
    encodeFrame(Uint8Array.of(0, 0, 0x9f, 0, 0, 0, 0)),
    encodeFrame(encodeReply(0x90, cardData(T10_TEXT))),
  ]),
  ...[HID_POS_64, HID_POS_62, MICROSCAN].map((layout) =>
    stream(
      `hid-pos ${layout.reportBytes}, id ${layout.reportId}`,
      () => createHidPosParser(layout),
      [concat(encodeHidPos(utf8('HF-000001-84'), layout)), concat(encodeHidPos(utf8('红帆驿站'.repeat(20)), layout))],
      // What is half a report at a pause is known to be half; noise that looks like the first of several is not.
      false,
    ),
  ),
  stream('keyboard', createBootReportParser, [concat(encodeBootReports(['A', '1', '-', 'b', 'Enter']) ?? [])], false),
  stream('line', () => createLineParser({ pause: 'pause-drops', shortest: 1, modifier: true }), [
    encodeLine('HF-000001-84'),
    encodeLine(']C101095212345432132 1SN0042'),
    encodeLine('红帆驿站'),
  ]),
  stream('line without terminator', () => createLineParser({ pause: 'pause-ends', shortest: 4 }), [
    encodeLine('HF-000001-84'),
  ]),
  ...Object.entries(IC_CARD_PROTOCOLS).map(([name, protocol]) =>
    stream(
      name,
      protocol.createParser,
      ['010063E9AE', '0C000621A5', '5630F009', '63E9AE'].flatMap((uid) => present(protocol.encode(hex(uid)))),
    ),
  ),
  value('sdt payload', readSdt, [hex('20 01'), hex('00 00 80'), encodeReply(0x90, cardData(T10_TEXT))]),
  value(
    'card text',
    (bytes) => {
      const card = decodeCard(bytes);
      return card && [borrowerOf(card), maskName(card.name)];
    },
    [T10_TEXT],
  ),
  value('sam id', decodeSamId, [encodeSamId([5, 3, 20150101, 12345, 1234567890])]),
  value('new address', decodeNewAddress, [encodeNewAddress('北京市朝阳区示例路1号院')]),
  value('barcode text', decodeBarcodeText, [utf8('HF-000001-84'), utf8('红帆'), hex('BAEC B7AB')]),
  value('hid descriptor', (bytes) => [readReportDescriptor(bytes), readHidPosLayout(bytes)], [DESCRIPTOR]),
  value('wedge', typeKeys, [SCAN]),
  value('card numbers', (bytes) => CARD_NUMBER_FORMS.map((form) => formatCardNumber(form, bytes)), [hex('010063E9AE')]),
  text('content', readContent, [
    ']C180049521234A0042',
    ']C10109521234543213 21SN0042\u001d10L7',
    'HF-000001-84',
    ']E06291041500213',
  ]),
  text('gs1 elements', parseElementString, ['010952123454321321SN0042\u001d10L7', '8004952 1234A0042', '17261231']),
  text('digital link', parseDigitalLink, [
    'https://example.org/01/09521234543213/10/L7/21/SN0042?17=261231',
    'https://example.org/8004/9521234A0042',
  ]),
  text('check digits', (said) => [parseGtin(said), code39Check(said), code128Check(said)], [
    '6291041500213',
    'LEND0042Y',
  ]),
  text('wiegand', decodeWiegand, ['00110111101101100001110101', '0010101100011000011110000000010011']),
  text('printed number', (said) => readPrintedNumber(said).map((number) => mayBear('010063E9AE', number)), [
    '0006547886',
    '099,59822',
  ]),
  text('item label', parseItemLabel, ['HF-000001-84', 'https://example.org/i/HF-000001-84']),
  text('id number', parseIdNumber, ['11010519491231002X', '810000199408230021']),
  text('name', maskName, ['测试员', 'TESTER, ALICE']),
  text('clock', (said) => hlcSchema.safeParse(said), ['001795456953300.00000.LD-1']),
  text('sam id as text', parseSamId, ['05.03-20150101-0000012345-1234567890']),
  text('card number as text', (said) => CARD_NUMBER_FORMS.map((form) => parseCardNumber(form, said)), [
    '0006547886',
    '099,59822',
    '0063:E9AE',
  ]),
  text('lines', readLines, ['{"a":1}\n{"b":2}\n']),
  text('signature', (said) => readSignature(said, said), [
    'sig1=("@method" "@path");created=1;keyid="k";alg="ed25519"',
    'sig1=:YWJj:',
  ]),
  text('code', readCode, ['ABCD-EFGH', 'abcd efgh']),
  text('hours', (said) => [parseHours(said), parseWeek(said)], [
    '08:00-12:00 14:00-24:00',
    'mon-fri 08:00-20:00; sat 09:00-12:00',
  ]),
  text('byte range', (said) => readRange(said, 1000), ['bytes=0-499', 'bytes=-5', 'bytes=500-']),
  text('page of events', (said) => readPage(said.split('\n')), ['{"id":"x"}\n[1]\n']),
  text(
    'body',
    (said) => {
      const raw = eventSchema.safeParse(parseLine(said));
      return readBody(raw.success ? raw.data : { type: said, v: 1, body: {} });
    },
    ['{"type":"item.lent","v":2,"body":{"due":"2026-11-26T23:59:00+08:00"}}', 'item.returned'],
  ),
  text('event', (said) => readEvent(parseLine(said)), [
    '{"id":"01a20992-ebd4-7113-a423-f97a32f5a283","terminal":"LD-1","n":1,"type":"item.lent","body":{"due":"2026-11-26T23:59:00+08:00"}}',
  ]),
];
