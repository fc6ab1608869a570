/**
 * Reads HID report descriptors (Device Class Definition for HID 1.11, 6.2.2) as far as it takes to find the input
 * reports of an application and the place of their fields. Usages are 32 bits: page << 16 | usage.
 */
export interface HidInputField {
  /** Usage of the top collection around it, 0 outside of any. */
  readonly application: number;
  /** Bits from the beginning of the report as it is delivered, the report id's byte included. */
  readonly bitAt: number;
  readonly bitsEach: number;
  readonly count: number;
  /** Of the first values; the last usage holds for all values behind it (6.2.2.8). Empty for padding. */
  readonly usages: readonly number[];
}

export interface HidInputReport {
  /** First byte of the report, or null where the device has no report ids and sends none. */
  readonly id: number | null;
  readonly bytes: number;
  readonly fields: readonly HidInputField[];
}

export interface HidDescriptor {
  readonly kind: 'descriptor';
  /** Usages of the top collections, in order. */
  readonly applications: readonly number[];
  readonly inputs: readonly HidInputReport[];
}

/** `cut-off`: an item goes on beyond the end. `unbalanced`: collections, or push and pop. `too-wide`: a report. */
export interface HidDescriptorError {
  readonly kind: 'error';
  readonly code: 'too-long' | 'cut-off' | 'unbalanced' | 'report-id' | 'too-wide';
}

/** Linux takes no longer descriptors (HID_MAX_DESCRIPTOR_SIZE) and no wider reports (HID_MAX_BUFFER_SIZE). */
const LONGEST_BYTES = 4096;
const WIDEST_BITS = 16_384 * 8;
/** Enough for every field we look for; a keyboard's "any usage" is cut. */
const MOST_USAGES = 256;

const LONG_ITEM = 0xfe;
/** Prefix bytes without their two bits of size (6.2.2.4, 6.2.2.7, 6.2.2.8). */
const ITEM = {
  input: 0x80,
  collection: 0xa0,
  output: 0x90,
  feature: 0xb0,
  endCollection: 0xc0,
  usagePage: 0x04,
  reportSize: 0x74,
  reportId: 0x84,
  reportCount: 0x94,
  push: 0xa4,
  pop: 0xb4,
  usage: 0x08,
  usageMinimum: 0x18,
  usageMaximum: 0x28,
} as const;
const MAIN_ITEMS: ReadonlySet<number> = new Set([
  ITEM.input,
  ITEM.output,
  ITEM.feature,
  ITEM.collection,
  ITEM.endCollection,
]);

interface Item {
  readonly tag: number;
  readonly size: number;
  readonly value: number;
}

/** All short items; long items, of which none is defined (6.2.2.3), are stepped over. Null where the last is cut off. */
function itemsOf(bytes: Uint8Array): Item[] | null {
  const items: Item[] = [];
  let at = 0;
  while (at < bytes.length) {
    const prefix = bytes[at] ?? 0;
    const shortSize = (prefix & 3) === 3 ? 4 : prefix & 3;
    const size = prefix === LONG_ITEM ? 2 + (bytes[at + 1] ?? 0) : shortSize;
    const end = at + 1 + size;
    if (end > bytes.length) return null;
    const value = bytes.subarray(at + 1, end).reduceRight((sum, byte) => sum * 256 + byte, 0);
    if (prefix !== LONG_ITEM) items.push({ tag: prefix & 0xfc, size, value });
    at = end;
  }
  return items;
}

interface Globals {
  page: number;
  bitsEach: number;
  count: number;
  reportId: number | null;
}

/** A usage of four bytes brings its own page; the others get the page that holds at the main item (6.2.2.8). */
function fullUsages(locals: readonly Item[], page: number): number[] {
  const usages: number[] = [];
  let minimum = 0;
  for (const { tag, size, value } of locals) {
    const full = size === 4 ? value : page * 0x10000 + value;
    if (tag === ITEM.usageMinimum) minimum = full;
    const first = tag === ITEM.usageMaximum ? minimum : full;
    for (let usage = first; tag !== ITEM.usageMinimum && usage <= full && usages.length < MOST_USAGES; usage += 1) {
      usages.push(usage);
    }
  }
  return usages;
}

interface GrowingReport {
  bits: number;
  readonly fields: HidInputField[];
}

/** What a device says its input reports look like. Never throws. */
export function readReportDescriptor(bytes: Uint8Array): HidDescriptor | HidDescriptorError {
  const error = (code: HidDescriptorError['code']): HidDescriptorError => ({ kind: 'error', code });
  if (bytes.length > LONGEST_BYTES) return error('too-long');
  const items = itemsOf(bytes);
  if (items === null) return error('cut-off');

  const applications: number[] = [];
  const reports = new Map<number | null, GrowingReport>();
  const stack: Globals[] = [];
  let globals: Globals = { page: 0, bitsEach: 0, count: 0, reportId: null };
  let locals: Item[] = [];
  let depth = 0;

  for (const item of items) {
    const { tag, value } = item;
    if (tag === ITEM.usagePage) globals.page = value;
    else if (tag === ITEM.reportSize) globals.bitsEach = value;
    else if (tag === ITEM.reportCount) globals.count = value;
    else if (tag === ITEM.reportId) {
      // 0 is reserved (6.2.2.7), and a report's first byte holds no more.
      if (value === 0 || value > 0xff) return error('report-id');
      globals.reportId = value;
    } else if (tag === ITEM.push) stack.push({ ...globals });
    else if (tag === ITEM.pop) {
      const saved = stack.pop();
      if (saved === undefined) return error('unbalanced');
      globals = saved;
    } else if (tag === ITEM.usage || tag === ITEM.usageMinimum || tag === ITEM.usageMaximum) locals.push(item);
    else if (MAIN_ITEMS.has(tag)) {
      if (tag === ITEM.collection) {
        if (depth === 0) applications.push(fullUsages(locals, globals.page)[0] ?? 0);
        depth += 1;
      } else if (tag === ITEM.endCollection) {
        depth -= 1;
        if (depth < 0) return error('unbalanced');
      } else if (tag === ITEM.input) {
        const { reportId, bitsEach, count, page } = globals;
        const report = reports.get(reportId) ?? { bits: reportId === null ? 0 : 8, fields: [] };
        reports.set(reportId, report);
        const application = depth === 0 ? 0 : (applications.at(-1) ?? 0);
        report.fields.push({ application, bitAt: report.bits, bitsEach, count, usages: fullUsages(locals, page) });
        report.bits += bitsEach * count;
        if (report.bits > WIDEST_BITS) return error('too-wide');
      }
      locals = [];
    }
  }
  if (depth > 0) return error('unbalanced');
  const inputs = [...reports].map(([id, { bits, fields }]) => ({ id, bytes: Math.ceil(bits / 8), fields }));
  return { kind: 'descriptor', applications, inputs };
}
