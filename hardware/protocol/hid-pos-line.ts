import { createHidPosParser, type HidPosResult } from './hid-pos.ts';
import { type HidPosLayout, hidPosLayoutOfLength, MICROSCAN, readHidPosLayout } from './hid-pos-layout.ts';
import type { LineFault, LineParser, LineProtocol } from './line-protocol.ts';

type Barcode = Extract<HidPosResult, { readonly kind: 'barcode' }>;

/** Where the device does not say it: by its first report. */
function layoutOfReport(report: Uint8Array): HidPosLayout | null {
  if (report.length === MICROSCAN.reportBytes && report[0] === MICROSCAN.reportId) return MICROSCAN;
  return hidPosLayoutOfLength(report.length);
}

/** Reports, one a chunk -> codes, in the layout that the device declares, else in that of its first report. */
function createReportParser(): LineParser<Barcode> {
  let declared: HidPosLayout | null = null;
  let parser: ReturnType<typeof createHidPosParser> | null = null;
  /** Bytes of reports of no known layout. */
  let unknown = 0;

  return {
    /** Some devices are scanners all the same, with reports of their vendor (device notes 2.3): a fault, and no more. */
    describe(descriptor): LineFault | null {
      const read = readHidPosLayout(descriptor);
      if (read.kind === 'error') return read;
      declared = read.layout;
      return null;
    },
    push(report) {
      const layout = declared ?? layoutOfReport(report);
      if (parser === null && layout !== null) parser = createHidPosParser(layout);
      if (parser !== null) return parser.push(report);
      unknown += report.length;
      return [{ kind: 'error', code: 'unknown-report' }];
    },
    pause: () => parser?.pause() ?? [],
    isInside: () => parser?.isInside() ?? false,
    dropped: () => unknown + (parser?.dropped() ?? 0),
  };
}

/** Reports of a barcode scanner in HID POS mode. They have no speed. */
export const HID_POS_LINE: LineProtocol<Barcode> = {
  name: 'hid-pos',
  baud: 0,
  createParser: createReportParser,
  pauseMs: 200,
  pauseEnds: false,
  repeat: { of: 'last', withinMs: 1_500 },
  identity: ({ text }) => text,
};
