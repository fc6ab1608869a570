import { hex, join } from './byte-streams.ts';

/** Vectors of section 6 of the device notes: bytes seen in public manuals and code, people that do not exist. */
const PREAMBLE = 'AA AA AA 96 69';

export const COMMANDS = {
  samStatus: hex(`${PREAMBLE} 00 03 11 FF ED`),
  findCard: hex(`${PREAMBLE} 00 03 20 01 22`),
  selectCard: hex(`${PREAMBLE} 00 03 20 02 21`),
  readCard: hex(`${PREAMBLE} 00 03 30 01 32`),
};

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

export const T10_TEXT = textBlock(T10_FIELDS);
export const T12_TEXT = textBlock(T12_FIELDS);

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
  /** T6 of the notes has one byte 27 more behind the checksum, which by LEN is no part of the frame. */
  samId: hex(`${PREAMBLE} 00 14 00 00 90 05 00 03 00 55 77 33 01 39 30 00 00 D2 02 96 49 94`),
  t10: readReply(T10_TEXT, 'D1'),
  t12: readReply(T12_TEXT, 'C8'),
};
