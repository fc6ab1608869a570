import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run as decode } from '../../../scripts/tool/decode.ts';
import { run as encode } from '../../../scripts/tool/encode.ts';
import { toHex } from '../../../scripts/tool/hex.ts';
import { T10_CARD } from '../../fixtures/cards.ts';
import { REPLIES, T10_TEXT, T12_TEXT } from './sdt-vectors.ts';

async function linesOf(tool: typeof decode, ...args: string[]): Promise<object[]> {
  const lines: object[] = [];
  expect(await tool(args, (line) => lines.push(line))).toBe(0);
  return lines;
}

const T10_REVEALED = { kind: 'id-card', ...T10_CARD };
const T10_MASKED = {
  ...T10_REVEALED,
  name: '测*员',
  number: '11**************2X',
  birth: '*'.repeat(8),
  address: '*'.repeat(T10_CARD.address.length),
};
const NO_CARD = { kind: 'frame', status: '80', name: 'noCard', condition: 'idle', data: '', dataBytes: 0 };
const FOUND = { kind: 'frame', status: '9f', name: 'found', condition: 'done', data: '00000000', dataBytes: 4 };

describe('decode', () => {
  it('prints frames with their status and data', async () => {
    const two = 'AA AA AA 96 69 00 04 00 00 80 84 AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97';
    expect(await linesOf(decode, '--protocol', 'sdt', '--hex', two)).toEqual([
      NO_CARD,
      FOUND,
      { kind: 'end', dropped: 0 },
    ]);
  });

  it('takes each --hex as a chunk', async () => {
    const chunks = ['FF AAAA', 'aa96 69 00', '08 00009F00000000 97'].flatMap((text) => ['--hex', text]);
    expect(await linesOf(decode, '--protocol', 'sdt', ...chunks)).toEqual([FOUND, { kind: 'end', dropped: 1 }]);
  });

  it('masks name and number of a card, and shows them on demand', async () => {
    const args = ['--protocol', 'sdt', '--hex', toHex(REPLIES.t10)];
    const frame = { kind: 'frame', status: '90', name: 'ok', condition: 'done', data: '', dataBytes: 1284 };
    expect(await linesOf(decode, ...args)).toEqual([frame, T10_MASKED, { kind: 'end', dropped: 0 }]);
    expect(await linesOf(decode, ...args, '--reveal')).toEqual([frame, T10_REVEALED, { kind: 'end', dropped: 0 }]);
  });

  it('reads a text block alone', async () => {
    expect(await linesOf(decode, '--protocol', 'text', '--hex', toHex(T10_TEXT))).toEqual([
      T10_MASKED,
      { kind: 'end', dropped: 0 },
    ]);
    const [foreigner] = await linesOf(decode, '--protocol', 'text', '--hex', toHex(T12_TEXT));
    expect(foreigner).toMatchObject({
      type: 'I',
      name: 'T* A*',
      chineseName: '测*乙',
      number: 'XX***********01',
      nation: 'XXA',
    });
    expect(await linesOf(decode, '--protocol', 'text', '--hex', '4100')).toEqual([
      { kind: 'error', code: 'length' },
      { kind: 'end', dropped: 2 },
    ]);
  });

  it('reads what a scanner sends', async () => {
    const sent = '5D 43 30 48 46 2D 30 30 30 31 32 33 0D 41 0D 42 43';
    expect(await linesOf(decode, '--protocol', 'line', '--hex', sent)).toMatchObject([
      { kind: 'barcode', text: 'HF-000123', symbology: 'C', modifier: '0', symbologyName: 'Code 128' },
      { kind: 'barcode', text: 'A', symbology: null },
      { kind: 'error', code: 'half-line' },
      { kind: 'end', dropped: 2 },
    ]);
  });

  it('says what is wrong with frames', async () => {
    const wrong = 'AA AA AA 96 69 00 03 20 01 21 AA AA AA 96 69 00 03 20 01 22 AA AA AA 96 69 05';
    expect(await linesOf(decode, '--protocol', 'sdt', '--hex', wrong)).toEqual([
      { kind: 'error', code: 'checksum' },
      { kind: 'error', code: 'echo' },
      { kind: 'error', code: 'half-frame' },
      { kind: 'end', dropped: 16 },
    ]);
  });

  it('shows an IC card with the numbers that may be printed on it', async () => {
    const sent = '02 30 31 30 30 36 33 45 39 41 45 32 35 03';
    expect(await linesOf(decode, '--protocol', 'rdm6300', '--hex', `ff ${sent}`)).toEqual([
      {
        kind: 'ic-card',
        uid: '010063E9AE',
        protocol: 'rdm6300',
        decimal: '0006547886',
        numbers: {
          '8H10D': '0006547886',
          '6H8D': '06547886',
          '2H4H': '099,59822',
          '4H4H': '00099,59822',
          WG26: '10110001111101001101011100',
          WG34: '0000000000110001111101001101011101',
        },
      },
      { kind: 'end', dropped: 1 },
    ]);
  });

  it('says in which forms a printed number is that of the card', async () => {
    const args = ['--protocol', 'hex-line', '--hex', '35 36 33 30 46 30 30 39 0D', '--printed'];
    const card = { kind: 'ic-card', uid: '5630F009', protocol: 'hex-line' };
    expect(await linesOf(decode, ...args, '0166735958')).toEqual([
      { ...card, printed: ['8H10D'] },
      { kind: 'end', dropped: 0 },
    ]);
    expect(await linesOf(decode, ...args, '0166735959')).toEqual([
      { ...card, printed: [] },
      { kind: 'end', dropped: 0 },
    ]);
  });

  it('names the protocols that there are, and refuses what is no hex', async () => {
    await expect(linesOf(decode, '--protocol', 'nothing', '--hex', '00')).rejects.toThrow('sdt, text, ');
    await expect(linesOf(decode, '--protocol', 'sdt', '--hex', 'xyz')).rejects.toThrow('not hex');
  });
});

describe('encode', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'red-sail-encode-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  function cardFile(card: object): string {
    const path = join(folder, 'card.json');
    writeFileSync(path, JSON.stringify(card));
    return path;
  }

  it('prints the frame of a card as decode has shown it', async () => {
    const path = cardFile(T10_REVEALED);
    expect(await linesOf(encode, '--protocol', 'sdt', '--card', path)).toEqual([{ hex: toHex(REPLIES.t10) }]);
  });

  it('refuses what does not fit on the card instead of cutting it', async () => {
    const path = cardFile({ ...T10_REVEALED, address: '号'.repeat(36) });
    await expect(linesOf(encode, '--protocol', 'sdt', '--card', path)).rejects.toThrow('address');
  });

  it('refuses a file that is no card', async () => {
    const path = cardFile({ name: '王示春' });
    await expect(linesOf(encode, '--protocol', 'sdt', '--card', path)).rejects.toThrow('birth');
  });
});

describe('decode, as the architecture promises it', () => {
  const hexOf = (text: string) => Buffer.from(text).toString('hex');

  it('takes the characters of a wedge for a scan', async () => {
    expect(await linesOf(decode, '--protocol', 'wedge', '--hex', hexOf('HF-000001-84\r'))).toMatchObject([
      { kind: 'barcode', text: 'HF-000001-84' },
      { kind: 'end', dropped: 0 },
    ]);
  });

  it('says GS1 values by their identifiers', async () => {
    const [code] = await linesOf(decode, '--protocol', 'content', '--hex', hexOf(']C101095212345432131726123110L7'));
    expect(code).toMatchObject({ ai: { '01': '09521234543213', '17': '261231', '10': 'L7' } });
  });

  it('knows id-12 as id12', async () => {
    const frame = '02 30 31 30 30 36 33 45 39 41 45 32 35 0D 0A 03';
    const [short, long] = await Promise.all(
      ['id12', 'id-12'].map((name) => linesOf(decode, '--protocol', name, '--hex', frame)),
    );
    expect(short).toEqual(long);
    expect(short).toMatchObject([{ kind: 'ic-card', uid: '010063E9AE', decimal: '0006547886' }, { kind: 'end' }]);
  });
});
