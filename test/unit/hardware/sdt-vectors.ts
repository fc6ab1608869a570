import { hex, join } from './byte-streams.ts';

/** Vectors of section 6 of the device notes: bytes seen in public manuals and code, people that do not exist. */
const PREAMBLE = 'AA AA AA 96 69';

export const COMMANDS = {
  samStatus: hex(`${PREAMBLE} 00 03 11 FF ED`),
  findCard: hex(`${PREAMBLE} 00 03 20 01 22`),
  selectCard: hex(`${PREAMBLE} 00 03 20 02 21`),
  readCard: hex(`${PREAMBLE} 00 03 30 01 32`),
  resetSam: hex(`${PREAMBLE} 00 03 10 FF EC`),
  readSamId: hex(`${PREAMBLE} 00 03 12 FF EE`),
  readCardWithFingerprint: hex(`${PREAMBLE} 00 03 30 10 23`),
  readNewAddress: hex(`${PREAMBLE} 00 03 30 03 30`),
  /** By the rule of 1.1: section 6 has no frame of it. */
  readManagementNumber: hex(`${PREAMBLE} 00 03 30 05 36`),
  setMaxRfFrame: hex(`${PREAMBLE} 00 04 61 FF 50 CA`),
};

/** The only vector of "set UART speed". */
export const SET_9600 = hex(`${PREAMBLE} 00 03 60 04 67`);

/** T10: fields of the table in 1.4, each with its length in bytes. */
const T10_FIELDS: [string, number][] = [
  ['测试员', 30],
  ['2', 2],
  ['01', 4],
  ['19491231', 16],
  ['北京市朝阳区示例路1号院2号楼 3单元', 70],
  ['11010519491231002X', 36],
  ['北京市公安局朝阳分局', 30],
  ['20200101', 16],
  ['长期', 16],
  ['', 36],
];

/** T12, a foreigner's card of 2017. */
const T12_FIELDS: [string, number][] = [
  ['TESTER, ALICE', 120],
  ['2', 2],
  ['XXA110080010101', 30],
  ['XXA', 6],
  ['测试乙', 30],
  ['20180101', 16],
  ['20280101', 16],
  ['19800101', 16],
  ['01', 4],
  ['1100', 8],
  ['I', 2],
  ['', 6],
];

/** A text block by the build rule of section 6, without the code under test. */
export function textBlock(fields: readonly (readonly [text: string, bytes: number])[]): Uint8Array {
  return new Uint8Array(Buffer.from(fields.map(([text, bytes]) => text.padEnd(bytes / 2)).join(''), 'utf16le'));
}

/** A residence permit of a resident of Hong Kong; region and number as in T15, nobody's. */
const J_FIELDS: [string, number][] = [
  ['陈示安', 30],
  ['1', 2],
  ['', 4],
  ['19940823', 16],
  ['示例路 7 号', 70],
  ['810000199408230021', 36],
  ['示例市公安局', 30],
  ['20200101', 16],
  ['20250101', 16],
  ['H00000001', 18],
  ['02', 4],
  ['', 6],
  ['J', 2],
  ['', 6],
];

/** A foreigner's card of 2023 whose English name needs both its places. */
const Y_FIELDS: [string, number][] = [
  ['艾示', 30],
  ['9', 2],
  ['01', 4],
  ['19800101', 16],
  ['TESTER, ALBERTINE BARTHOLOMEA CECIL', 70],
  ['911000198001010019', 36],
  ['', 30],
  ['20240101', 16],
  ['20340101', 16],
  ['IA DOROTHY', 22],
  ['999', 6],
  ['Y', 2],
  ['A7 ', 6],
];

export const T10_TEXT = textBlock(T10_FIELDS);
export const T12_TEXT = textBlock(T12_FIELDS);
export const J_TEXT = textBlock(J_FIELDS);
export const Y_TEXT = textBlock(Y_FIELDS);

/** The reply to "read text + photo" by the build rule of section 6. */
function readReply(text: Uint8Array, check: string): Uint8Array {
  return join(hex(`${PREAMBLE} 05 08 00 00 90 01 00 04 00`), text, new Uint8Array(1024), hex(check));
}

export const REPLIES = {
  ok: hex(`${PREAMBLE} 00 04 00 00 90 94`),
  found: hex(`${PREAMBLE} 00 08 00 00 9F 00 00 00 00 97`),
  noCard: hex(`${PREAMBLE} 00 04 00 00 80 84`),
  selected: hex(`${PREAMBLE} 00 0C 00 00 90 00 00 00 00 00 00 00 00 9C`),
  notSelected: hex(`${PREAMBLE} 00 04 00 00 81 85`),
  noContent: hex(`${PREAMBLE} 00 04 00 00 91 95`),
  readFailed: hex(`${PREAMBLE} 00 04 00 00 41 45`),
  unauthorised: hex(`${PREAMBLE} 00 04 00 00 66 62`),
  selfTestFailed: hex(`${PREAMBLE} 00 04 00 00 60 64`),
  badChecksum: hex(`${PREAMBLE} 00 04 00 00 10 14`),
  /** T6 without its last byte, 27: by LEN (20) the frame ends one byte earlier, and 94 is the right checksum. */
  samId: hex(`${PREAMBLE} 00 14 00 00 90 05 00 03 00 55 77 33 01 39 30 00 00 D2 02 96 49 94`),
  t10: readReply(T10_TEXT, 'D1'),
  t12: readReply(T12_TEXT, 'C8'),
};
