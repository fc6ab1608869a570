import { readReportDescriptor, type HidDescriptorError, type HidInputReport } from './hid-report-descriptor.ts';

/** Where the fields of a scanner's HID report lie. Places are bytes from the beginning, the report id included. */
export interface HidPosLayout {
  readonly reportBytes: number;
  /** First byte of each report, or null where the device has no report ids. */
  readonly reportId: number | null;
  /** How many bytes of data this report has. */
  readonly lengthAt: number;
  /** Three bytes of AIM identifier, or null where the device sends none. */
  readonly aimAt: number | null;
  readonly dataAt: number;
  readonly dataBytes: number;
  /** The bit that says that the next report goes on with the same code, or null where every report is a whole code. */
  readonly more: { readonly at: number; readonly mask: number } | null;
}

/** Id, length, AIM, 56 bytes, vendor byte, reserved byte, flag (device notes 2.3; LSR118 and ATR110 manuals). */
export const HID_POS_64: HidPosLayout = {
  reportBytes: 64,
  reportId: 2,
  lengthAt: 1,
  aimAt: 2,
  dataAt: 5,
  dataBytes: 56,
  more: { at: 63, mask: 1 },
};

/** The same without the vendor's two bytes (device notes 2.3). */
export const HID_POS_62: HidPosLayout = { ...HID_POS_64, reportBytes: 62, more: { at: 61, mask: 1 } };

/**
 * Microscan's own report, not HID POS: id 01, length, 62 bytes (device notes 2.3; Mini Hawk help). How it goes on behind
 * 62 bytes is not known: each report is taken as a whole code.
 */
export const MICROSCAN: HidPosLayout = {
  reportBytes: 64,
  reportId: 1,
  lengthAt: 1,
  aimAt: null,
  dataAt: 2,
  dataBytes: 62,
  more: null,
};

/** By the length of a report, where there is no descriptor to read: the flag is in the last byte. */
export function hidPosLayoutOfLength(reportBytes: number): HidPosLayout | null {
  return [HID_POS_64, HID_POS_62].find((layout) => layout.reportBytes === reportBytes) ?? null;
}

/** HID Point of Sale Usage Tables 1.02, page 8C, and the byte count of the Generic Desktop page (device notes 2.3). */
const USAGE = {
  barcodeScanner: 0x8c_0002,
  byteCount: 0x01_003b,
  symbologyIdentifier1: 0x8c_00fb,
  symbologyIdentifier2: 0x8c_00fc,
  symbologyIdentifier3: 0x8c_00fd,
  decodedData: 0x8c_00fe,
  decodeDataContinued: 0x8c_00ff,
} as const;

interface Place {
  readonly bitAt: number;
  readonly bitsEach: number;
  readonly count: number;
}

/** Place of the values with a usage, of the scanner alone: other collections may have reports with the same id. */
function placeOf({ fields }: HidInputReport, usage: number): Place | null {
  for (const { application, bitAt, bitsEach, count, usages } of fields) {
    const index = usages.indexOf(usage);
    if (application !== USAGE.barcodeScanner || index < 0 || index >= count) continue;
    return { bitAt: bitAt + index * bitsEach, bitsEach, count: index === usages.length - 1 ? count - index : 1 };
  }
  return null;
}

/** The byte where a field of whole bytes begins. */
function byteOf(place: Place | null): number | null {
  return place !== null && place.bitsEach === 8 && place.bitAt % 8 === 0 ? place.bitAt / 8 : null;
}

function aimOf(report: HidInputReport): number | null {
  const [first, second, third] = [
    USAGE.symbologyIdentifier1,
    USAGE.symbologyIdentifier2,
    USAGE.symbologyIdentifier3,
  ].map((usage) => byteOf(placeOf(report, usage)));
  const areTogether = typeof first === 'number' && second === first + 1 && third === first + 2;
  return areTogether ? first : null;
}

function layoutOf(report: HidInputReport): HidPosLayout | null {
  const length = byteOf(placeOf(report, USAGE.byteCount));
  const data = placeOf(report, USAGE.decodedData);
  const dataAt = byteOf(data);
  if (length === null || data === null || dataAt === null) return null;
  const flag = placeOf(report, USAGE.decodeDataContinued);
  return {
    reportBytes: report.bytes,
    reportId: report.id,
    lengthAt: length,
    aimAt: aimOf(report),
    dataAt,
    // What the one byte of length can say.
    dataBytes: Math.min(data.count, 0xff),
    more: flag === null ? null : { at: Math.floor(flag.bitAt / 8), mask: 1 << (flag.bitAt % 8) },
  };
}

export type HidPosLayoutResult =
  | { readonly kind: 'layout'; readonly layout: HidPosLayout }
  | { readonly kind: 'error'; readonly code: HidDescriptorError['code'] | 'not-a-scanner' | 'no-scan-report' };

/**
 * The layout that a device's report descriptor declares. It must have the application usage 8C:02: some keyboards squat
 * on 8C:01 (device notes 2.3). `no-scan-report`: a scanner whose byte count or data are not where whole bytes are.
 */
export function readHidPosLayout(descriptor: Uint8Array): HidPosLayoutResult {
  const read = readReportDescriptor(descriptor);
  if (read.kind === 'error') return read;
  if (!read.applications.includes(USAGE.barcodeScanner)) return { kind: 'error', code: 'not-a-scanner' };
  const layout = read.inputs.map((report) => layoutOf(report)).find((found) => found !== null);
  return layout === undefined ? { kind: 'error', code: 'no-scan-report' } : { kind: 'layout', layout };
}
