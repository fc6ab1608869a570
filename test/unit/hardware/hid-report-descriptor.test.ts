import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HID_POS_62, HID_POS_64, hidPosLayoutOfLength, readHidPosLayout } from '#hardware/protocol/hid-pos-layout.ts';
import { readReportDescriptor } from '#hardware/protocol/hid-report-descriptor.ts';
import { hex, join } from './byte-streams.ts';

/** A boot keyboard, HID 1.11 appendix B.1. */
const KEYBOARD = hex(`
  05 01 09 06 A1 01 05 07 19 E0 29 E7 15 00 25 01 75 01 95 08 81 02 95 01 75 08 81 01
  95 05 75 01 05 08 19 01 29 05 91 02 95 01 75 03 91 01
  95 06 75 08 15 00 25 65 05 07 19 00 29 65 81 00 C0`);

const VENDOR_BYTES = '06 00 FF 09 01 09 02 75 08 95 02 81 02 05 8C';

/** A scanner with id, length, AIM, 56 bytes, what stands between them and the flag, and the flag's bit. */
function scanner({ usage = '02', between = VENDOR_BYTES, id = '85 02' } = {}): Uint8Array {
  return hex(`
    05 8C 09 ${usage} A1 01 ${id} 09 12 A1 02
      15 00 26 FF 00 75 08 95 01 05 01 09 3B 81 02
      05 8C 09 FB 09 FC 09 FD 95 03 81 02
      09 FE 95 38 82 02 01
      ${between}
      25 01 75 01 95 01 09 FF 81 02 75 07 81 03
    C0 C0`);
}

const layout = (value: object) => ({ kind: 'layout', layout: value });
const error = (code: string) => ({ kind: 'error', code });

describe('the layout of a scanner', () => {
  it("with the vendor's two bytes has its flag at 63, without at 61", () => {
    expect(readHidPosLayout(scanner())).toEqual(layout(HID_POS_64));
    expect(readHidPosLayout(scanner({ between: '' }))).toEqual(layout(HID_POS_62));
  });

  it('without report ids begins at the length', () => {
    expect(readHidPosLayout(scanner({ id: '' }))).toEqual(
      layout({
        reportBytes: 63,
        reportId: null,
        lengthAt: 0,
        aimAt: 1,
        dataAt: 4,
        dataBytes: 56,
        more: { at: 62, mask: 1 },
      }),
    );
  });

  it('is found beside the keyboard of the same device', () => {
    const keyboard = hex('05 01 09 06 A1 01 85 01 75 08 95 08 05 07 19 00 29 65 81 00 C0');
    expect(readHidPosLayout(join(keyboard, scanner()))).toEqual(layout(HID_POS_64));
  });

  it('is that of its own collection where another has the same report', () => {
    const other = hex('06 00 FF 09 01 A1 01 85 02 05 8C 09 FE 75 08 95 02 81 02 C0');
    expect(readHidPosLayout(join(other, scanner({ between: '' })))).toEqual(
      layout({ ...HID_POS_64, lengthAt: 3, aimAt: 4, dataAt: 7 }),
    );
  });

  it('may have its usages as a range, its pages in the usages and its state pushed', () => {
    const same = hex(`
      05 0C 0B 02 00 8C 00 A1 01 85 02 75 08 95 38 A4 95 01 0B 3B 00 01 00 81 02
      05 8C 19 FB 29 FD 95 03 81 02 B4
      0B FE 00 8C 00 81 02 95 02 81 03 75 01 95 01 0B FF 00 8C 00 81 02 95 07 81 03 C0`);
    expect(readHidPosLayout(same)).toEqual(layout(HID_POS_64));
  });

  it.each([
    ['only the first is there', '09 FB 81 02', 1],
    ['the second is elsewhere', '09 FB 81 02 81 03 09 FD 81 02 09 FC 81 02', 4],
    ['the third is elsewhere', '09 FB 81 02 09 FC 81 02 81 03 09 FD 81 02', 4],
  ])('has no identifier where %s, and no flag where none is declared', (_what, identifier, bytes) => {
    const plain = hex(`05 8C 09 02 A1 01 75 08 95 01 05 01 09 3B 81 02 05 8C ${identifier} 09 FE 95 08 81 02 C0`);
    expect(readHidPosLayout(plain)).toEqual(
      layout({
        reportBytes: bytes + 9,
        reportId: null,
        lengthAt: 0,
        aimAt: null,
        dataAt: bytes + 1,
        dataBytes: 8,
        more: null,
      }),
    );
  });

  it.each([
    ['a keyboard on 8C:01', scanner({ usage: '01' }), 'not-a-scanner'],
    ['a keyboard', KEYBOARD, 'not-a-scanner'],
    ['nothing', hex(''), 'not-a-scanner'],
    ['a scanner without reports', hex('05 8C 09 02 A1 01 C0'), 'no-scan-report'],
    [
      'a scanner with data between bytes',
      hex('05 8C 09 02 A1 01 75 04 95 01 81 03 75 08 05 01 09 3B 81 02 05 8C 09 FE 81 02 C0'),
      'no-scan-report',
    ],
    ['a broken descriptor', hex('05 8C 09 02 A1 01'), 'unbalanced'],
  ])('%s has none', (_what, bytes, problem) => {
    expect(readHidPosLayout(bytes)).toEqual(error(problem));
  });

  it('is told by the length of a report where there is no descriptor', () => {
    expect([64, 62, 63].map((bytes) => hidPosLayoutOfLength(bytes))).toEqual([HID_POS_64, HID_POS_62, null]);
  });
});

describe('descriptors', () => {
  it('a boot keyboard has one report of 8 bytes', () => {
    const modifiers = Array.from({ length: 8 }, (_, index) => 0x07_00e0 + index);
    const keys = Array.from({ length: 0x66 }, (_, index) => 0x07_0000 + index);
    const application = 0x01_0006;
    expect(readReportDescriptor(KEYBOARD)).toEqual({
      kind: 'descriptor',
      applications: [application],
      inputs: [
        {
          id: null,
          bytes: 8,
          fields: [
            { application, bitAt: 0, bitsEach: 1, count: 8, usages: modifiers },
            { application, bitAt: 8, bitsEach: 8, count: 1, usages: [] },
            { application, bitAt: 16, bitsEach: 8, count: 6, usages: keys },
          ],
        },
      ],
    });
  });

  it('long items and items of no known kind are stepped over', () => {
    const plain = readHidPosLayout(scanner());
    expect(readHidPosLayout(join(hex('FE 03 10 81 02 C0 00'), scanner(), hex('00 00')))).toEqual(plain);
  });

  it.each([
    ['an item beyond the end', '05 8C 09', 'cut-off'],
    ['a long item beyond the end', 'FE 04 10 00', 'cut-off'],
    ['an open collection', '05 8C 09 02 A1 01', 'unbalanced'],
    ['an end without a collection', 'C0', 'unbalanced'],
    ['a pop without a push', 'B4', 'unbalanced'],
    ['report id 0', '85 00', 'report-id'],
    ['a report id of two bytes', '86 00 01', 'report-id'],
    ['a report of gigabytes', '77 FF FF FF FF 97 FF FF FF FF 81 02', 'too-wide'],
  ])('%s is an error', (_what, bytes, problem) => {
    expect(readReportDescriptor(hex(bytes))).toEqual(error(problem));
  });

  it('one longer than Linux takes is an error, and a range of all usages is cut', () => {
    expect(readReportDescriptor(new Uint8Array(4097))).toEqual(error('too-long'));
    const all = hex('17 00 00 00 00 27 FF FF FF FF 1B 00 00 00 00 2B FF FF FF FF 75 08 95 01 81 00');
    const usages = Array.from({ length: 256 }, (_, usage) => usage);
    expect(readReportDescriptor(all)).toMatchObject({ inputs: [{ bytes: 1, fields: [{ count: 1, usages }] }] });
  });

  it('every beginning of one is an error or has no layout', () => {
    const whole = scanner();
    for (let length = 0; length < whole.length; length += 1) {
      expect(readHidPosLayout(whole.slice(0, length)).kind).toBe('error');
    }
  });

  it('any bytes are read without a throw, and no field lies outside its report', () => {
    const prefixes = [0x05, 0x75, 0x85, 0x95, 0x09, 0x19, 0x29, 0x81, 0xa1, 0xc0, 0xa4, 0xb4, 0x01, 0x02, 0x08];
    const byte = fc.oneof(fc.nat(0xff), fc.constantFrom(...prefixes));
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 120 }), (bytes) => {
        const read = readReportDescriptor(Uint8Array.from(bytes));
        const inputs = read.kind === 'descriptor' ? read.inputs : [];
        const beyond = inputs.flatMap(({ bytes: size, fields }) =>
          fields.filter(({ bitAt, bitsEach, count }) => bitAt + bitsEach * count > size * 8),
        );
        expect(beyond).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
