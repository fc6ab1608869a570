import { barcodeContent } from '../protocol/barcode-content.ts';
import { createHidPosParser, type HidPosResult } from '../protocol/hid-pos.ts';
import { type HidPosLayout, hidPosLayoutOfLength, MICROSCAN, readHidPosLayout } from '../protocol/hid-pos-layout.ts';
import type { BarcodeScannerOptions } from './barcode-scanner.ts';
import { createCounters, type Driver } from './driver.ts';
import { createSupervisor } from './supervisor.ts';

export type HidPosScannerOptions = Omit<BarcodeScannerOptions, 'pause'>;

/** Where the device does not say it: by its first report. */
function layoutOfReport(report: Uint8Array): HidPosLayout | null {
  if (report.length === MICROSCAN.reportBytes && report[0] === MICROSCAN.reportId) return MICROSCAN;
  return hidPosLayoutOfLength(report.length);
}

/** A barcode scanner in HID POS mode (device notes 2.3): the same readings as those of a serial one. */
export function createHidPosScanner(options: HidPosScannerOptions): Driver {
  const { delays, log, monotonic, onReading, transport } = options;
  const counters = createCounters();
  let last = { text: '', at: Number.NEGATIVE_INFINITY };

  function take(result: HidPosResult): void {
    if (result.kind === 'error') {
      counters.error(result.code);
      log.warn({ device: transport.name, code: result.code }, 'the scanner sent what is no code');
      return;
    }
    counters.frame();
    const now = monotonic();
    const repeated = result.text === last.text && now - last.at < delays.repeat;
    last = { text: result.text, at: now };
    if (repeated) {
      counters.error('repeated');
      return;
    }
    counters.reading();
    onReading({ ...result, content: barcodeContent(result) });
  }

  const supervisor = createSupervisor(options, () => {
    let declared: HidPosLayout | null = null;
    let parser: ReturnType<typeof createHidPosParser> | null = null;
    let dropped = 0;
    let pausing: NodeJS.Timeout | undefined;
    const settle = () => {
      const now = parser?.dropped() ?? 0;
      counters.dropped(now - dropped);
      dropped = now;
    };
    const onPause = () => {
      for (const result of parser?.pause() ?? []) take(result);
      settle();
    };
    return {
      onBytes(report) {
        const layout = declared ?? layoutOfReport(report);
        if (parser === null && layout === null) {
          counters.error('unknown-report');
          counters.dropped(report.length);
          return;
        }
        if (layout !== null) parser ??= createHidPosParser(layout);
        clearTimeout(pausing);
        for (const result of parser?.push(report) ?? []) take(result);
        settle();
        if (parser?.isInside() === true) pausing = setTimeout(onPause, delays.pause);
      },
      run({ reportDescriptor = null }, signal) {
        const read = reportDescriptor === null ? null : readHidPosLayout(reportDescriptor);
        if (read?.kind === 'layout') declared = read.layout;
        if (read?.kind === 'error') {
          // Some are scanners all the same, with reports of their vendor (device notes 2.3).
          log.warn({ device: transport.name, code: read.code }, 'the device does not declare the reports of a scanner');
        }
        counters.connection();
        supervisor.report('ready');
        return new Promise<void>((resolve) => {
          const end = () => {
            clearTimeout(pausing);
            onPause();
            resolve();
          };
          if (signal.aborted) end();
          else signal.addEventListener('abort', end, { once: true });
        });
      },
    };
  });

  return {
    start: supervisor.start,
    stop: supervisor.stop,
    condition: supervisor.condition,
    counters: counters.read,
  };
}
