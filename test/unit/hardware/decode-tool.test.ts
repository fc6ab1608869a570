import { describe, expect, it } from 'vitest';
import { gs1CheckDigit } from '#hardware/protocol/check-digits.ts';
import { encodeHidPos } from '#hardware/protocol/hid-pos.ts';
import { HID_POS_62 } from '#hardware/protocol/hid-pos-layout.ts';
import { encodeBootReports } from '#hardware/protocol/keyboard-boot-report.ts';
import { encodeReply } from '#hardware/protocol/sdt-message.ts';
import { encodeNewAddress } from '#hardware/protocol/sdt-new-address.ts';
import { encodeCardBlock, type CardBlock } from '#hardware/protocol/sdt-card-block.ts';
import { SW3 } from '#hardware/protocol/sdt-status.ts';
import { run } from '../../../scripts/tool/decode.ts';
import { toHex } from '../../../scripts/tool/hex.ts';

async function decode(...args: string[]): Promise<object[]> {
  const lines: object[] = [];
  expect(await run(args, (line) => lines.push(line))).toBe(0);
  return lines;
}

const bytesOf = (text: string) => toHex(new TextEncoder().encode(text));
const GSRN = `09521234543213257${gs1CheckDigit('09521234543213257')}`;
const END = { kind: 'end', dropped: 0 };
const EAN = { kind: 'ean', gtin: '06291041500213', addOn: '' };
const T18 = `020D5D4530${bytesOf('6291041500213')}${'00'.repeat(46)}`;
const T21 = ']C1010952123454321321SN0042\u001d10L7';
const T21_ELEMENTS = [
  { ai: '01', value: '09521234543213' },
  { ai: '21', value: 'SN0042' },
  { ai: '10', value: 'L7' },
];
const SCANNER_DESCRIPTOR =
  '058C0902A10185020912A102150026FF00750895010501093B8102058C09FB09FC09FD9503810209FE9538820201' +
  '0600FF090109027508950281020' +
  '58C25017501950109FF810275078103C0C0';

describe('every protocol decodes its vector', () => {
  it('line and content (T21)', async () => {
    for (const args of [
      ['line', '--hex', bytesOf(`${T21}\r`)],
      ['content', '--hex', bytesOf(T21)],
    ]) {
      expect(await decode('--protocol', ...args)).toMatchObject([
        {
          kind: 'barcode',
          text: T21.slice(3),
          symbology: 'C',
          modifier: '1',
          content: { kind: 'gs1', elements: T21_ELEMENTS },
        },
        END,
      ]);
    }
  });

  it('values of goods are no person’s, whatever their digits are together', async () => {
    const text = '010952123454321317261231';
    const [line] = await decode('--protocol', 'content', '--hex', bytesOf(`]C1${text}`));
    expect(line).toMatchObject({ text });
  });

  it('a line by the settings of its scanner', async () => {
    const settings = ['--prefix', '<', '--suffix', '>', '--terminator', '03', '--pause', 'drops'];
    expect(await decode('--protocol', 'line', ...settings, '--hex', bytesOf('<A\u0009B>\u0003'))).toEqual([
      { kind: 'error', code: 'not-text' },
      { kind: 'end', dropped: 5 },
    ]);
    expect(await decode('--protocol', 'line', '--pause', 'ends', '--hex', bytesOf('ABC'))).toMatchObject([
      { text: 'ABC', content: { kind: 'other' } },
      END,
    ]);
    await expect(decode('--protocol', 'line', '--pause', 'no')).rejects.toThrow('drops or ends');
  });

  it('hid-pos in both layouts and by a descriptor (T18)', async () => {
    const code = { kind: 'barcode', text: '6291041500213', symbology: 'E', content: EAN };
    const short = encodeHidPos(new TextEncoder().encode('6291041500213'), HID_POS_62, ']E0');
    for (const args of [
      ['--hex', T18],
      ['--layout', '64', '--hex', T18.slice(0, 20), '--hex', T18.slice(20)],
      ['--descriptor', SCANNER_DESCRIPTOR, '--hex', T18],
      ...short.map((report) => ['--hex', toHex(report)]),
    ]) {
      expect(await decode('--protocol', 'hid-pos', ...args)).toMatchObject([code, END]);
    }
    await expect(decode('--protocol', 'hid-pos', '--layout', '65')).rejects.toThrow('64');
    await expect(decode('--protocol', 'hid-pos', '--descriptor', '0506')).rejects.toThrow('not-a-scanner');
  });

  it('hid-descriptor', async () => {
    expect(await decode('--protocol', 'hid-descriptor', '--hex', SCANNER_DESCRIPTOR)).toMatchObject([
      { kind: 'descriptor', applications: [0x8c_0002] },
      { kind: 'layout', layout: { reportBytes: 64, more: { at: 63, mask: 1 } } },
      END,
    ]);
  });

  it('keyboard (T20)', async () => {
    const reports = encodeBootReports(['A', '1', '-', 'b', 'Enter']) ?? [];
    const args = ['--protocol', 'keyboard', ...reports.flatMap((report) => ['--hex', toHex(report)])];
    const keys = ['A', '1', '-', 'b', 'Enter'].map((key) => ({ kind: 'key', key }));
    expect(await decode(...args, '--reveal')).toEqual([...keys, END]);
    expect(JSON.stringify(await decode(...args))).not.toMatch(/"[A1b-]"/);
  });

  it('wedge: a scan, and a person', async () => {
    const scan = 'A@0 1@10 -@20 b@30 Enter@40';
    expect(await decode('--protocol', 'wedge', '--keys', scan)).toMatchObject([{ kind: 'barcode', text: 'A1-b' }, END]);
    const typed = { kind: 'typed', keys: ['*'] };
    expect(await decode('--protocol', 'wedge', '--keys', 'A@0 1@300')).toEqual([typed, typed, END]);
    await expect(decode('--protocol', 'wedge', '--keys', 'A')).rejects.toThrow('KEY@MILLISECONDS');
  });

  it('sam-id (T6)', async () => {
    const id = '05000300557733013930 0000D2029649';
    expect(await decode('--protocol', 'sam-id', '--hex', id)).toEqual([
      { kind: 'sam-id', id: '05.03-20150101-0000012345-1234567890', numbers: [5, 3, 20150101, 12345, 1234567890] },
      END,
    ]);
    expect(await decode('--protocol', 'sam-id', '--hex', '0500')).toEqual([
      { kind: 'error', code: 'length' },
      { kind: 'end', dropped: 2 },
    ]);
  });
});

describe('what is personal is shown only on demand', () => {
  const COMMON = { sex: 'female', birth: '19800101', validFrom: '20240101', validTo: '20340101' } as const;
  const CARDS: readonly (readonly [card: CardBlock, personal: readonly string[]])[] = [
    [
      {
        ...COMMON,
        type: 'J',
        name: '测试丙',
        address: '深圳市示例路2号',
        number: '810000199408230021',
        authority: '示例局',
        passNumber: 'H12345678',
        issueCount: '01',
      },
      ['测试丙', '示例路', '810000199408230021', 'H12345678', '19800101'],
    ],
    [
      {
        ...COMMON,
        type: 'I',
        englishName: 'TESTER, ALICE',
        chineseName: '测试乙',
        number: 'XXA110080010101',
        nationality: 'XXA',
        cardVersion: '01',
        acceptingOffice: '1100',
      },
      ['TESTER', 'ALICE', '测试乙', 'XXA110080010101', '19800101'],
    ],
    [
      {
        ...COMMON,
        type: 'Y',
        englishName: 'TESTER, BOB',
        chineseName: '测试丁',
        number: '911999198001010010',
        nationality: '999',
        renewalCount: '00',
        oldCardLink: 'QZW',
      },
      ['TESTER', 'BOB', '测试丁', '911999198001010010', '19800101', 'QZW'],
    ],
  ];

  it.each(CARDS)('on a card: %o', async (card, personal) => {
    const args = ['--protocol', 'text', '--hex', toHex(encodeCardBlock(card))];
    const [masked, revealed] = [
      JSON.stringify(await decode(...args)),
      JSON.stringify(await decode(...args, '--reveal')),
    ];
    for (const value of personal) {
      expect(masked).not.toContain(value);
      expect(revealed).toContain(value);
    }
  });

  it('an added address, alone and in the reader’s reply', async () => {
    const address = encodeNewAddress('示例路3号');
    const alone = ['--protocol', 'new-address', '--hex', toHex(address)];
    expect(await decode(...alone)).toEqual([{ kind: 'new-address', address: '*****' }, END]);
    expect(await decode(...alone, '--reveal')).toEqual([{ kind: 'new-address', address: '示例路3号' }, END]);
    const reply = ['--protocol', 'sdt', '--hex', toHex(encodeReply(SW3.ok, address))];
    expect(await decode(...reply)).toMatchObject([{ kind: 'frame', name: 'ok', data: '', dataBytes: 70 }, END]);
    expect(await decode(...reply, '--reveal')).toMatchObject([{ data: toHex(address) }, END]);
  });

  it.each([
    ['a number in a code', '11010519491231002X', '11010519491231002X'],
    ['a number in a web address', 'https://lend.example/?n=11010519491231002X', '11010519491231002X'],
    ['a number behind other digits', '9011010519491231002X', '11010519491231002X'],
    ['a number in a GS1 symbol', ']C19111010519491231002X', '11010519491231002X'],
    ['a name in a GS1 symbol', ']C17253TESTER', 'TESTER'],
    ['a name in a wrong GS1 symbol', ']C17253TESTER\u001d04', 'TESTER'],
    ['a day of birth in a link', `https://id.example/8018/${GSRN}?7250=19800101`, '19800101'],
    ['a day of birth in what is nearly a link', `https://id.example/8018/${GSRN}0?7250=19800101`, '19800101'],
  ])('%s', async (_what, text, personal) => {
    const args = ['--protocol', 'content', '--hex', bytesOf(text)];
    expect(JSON.stringify(await decode(...args))).not.toContain(personal);
    expect(JSON.stringify(await decode(...args, '--reveal'))).toContain(personal);
  });
});
