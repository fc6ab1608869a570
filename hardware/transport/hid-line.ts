import { open } from 'node:fs/promises';
import { err, ok, type Result } from '#shared/result.ts';
import { nodeOf } from './device-node.ts';
import { waitAtMost } from './wait-at-most.ts';
import { type HidFound, type HidSettings, pickHid } from './hid-pick.ts';
import { createComplaint } from './native-module.ts';
import type { DeviceLog, Line, LineEvents, LineFault, Transport } from './transport.ts';

/** What is used of a device that node-hid has opened. */
export interface HidHandle {
  /** Report id, or 0 where the device has none, and the report. */
  write(values: number[]): Promise<number>;
  /** One report each. Read only while somebody listens; nothing is kept for later (device notes 4.3). */
  on(event: 'data', listener: (report: Uint8Array) => void): unknown;
  /** A plain string, not an Error; nothing is read after it (device notes 4.3). */
  on(event: 'error', listener: (error: unknown) => void): unknown;
  close(): Promise<void>;
}

/** What is used of node-hid; the module itself satisfies it. */
export interface HidModule {
  devicesAsync(vid: number, pid: number): Promise<HidFound[]>;
  readonly HIDAsync: { open(path: string): Promise<HidHandle> };
}

export interface HidTransportOptions extends HidSettings {
  readonly load: () => Promise<HidModule | null>;
  /** The report descriptor of a device node, or null where the system doesn't tell it. */
  readonly readDescriptor: (node: string) => Promise<Uint8Array | null>;
  /** How often to look whether the device node is still there, milliseconds. */
  readonly watchMs: number;
  readonly log: DeviceLog;
}

/** Bytes of one report out, without its id. Card readers take 64 (device notes 1.6); scanners take none from us. */
const REPORT_BYTES = 64;
/** The devices we write to have no report ids. */
const NO_REPORT_ID = 0;
/** A close that takes longer is left to itself. Milliseconds. */
const CLOSE_MS = 3_000;

const hex = (id: number) => id.toString(16).padStart(4, '0');

/** node-hid does not say why it can't open a device; the node does. */
async function faultOf(path: string): Promise<LineFault> {
  try {
    const node = await open(path, 'r+');
    await node.close();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT' || code === 'ENXIO' || code === 'ENODEV') return 'no-device';
    if (code === 'EACCES' || code === 'EPERM') return 'no-permission';
  }
  return 'broken';
}

/** The bytes in reports, the last one filled up with zeros. */
function reportsOf(bytes: Uint8Array): number[][] {
  return Array.from({ length: Math.ceil(bytes.length / REPORT_BYTES) }, (_, index) => {
    const report = new Uint8Array(REPORT_BYTES);
    report.set(bytes.subarray(index * REPORT_BYTES, (index + 1) * REPORT_BYTES));
    return [NO_REPORT_ID, ...report];
  });
}

async function createHidLine(
  handle: HidHandle,
  path: string,
  { readDescriptor, watchMs, log }: HidTransportOptions,
  { onBytes, onGone }: LineEvents,
): Promise<Line> {
  const [node, reportDescriptor] = await Promise.all([nodeOf(path), readDescriptor(path)]);
  let ended = false;
  let closed: Promise<void> | null = null;
  /** One write at a time: two at once may overtake each other on node-hid's threads. */
  let writing: Promise<unknown> = Promise.resolve();

  function close(): Promise<void> {
    ended = true;
    clearInterval(watch);
    // A device that is gone may fail to close: there is nothing left to give back.
    closed ??= waitAtMost(
      CLOSE_MS,
      handle.close().catch(() => {}),
    );
    return closed;
  }
  function leave(why: unknown): void {
    if (ended) return;
    log.info({ device: path, why: String(why) }, 'a HID device is gone');
    void close();
    onGone();
  }
  handle.on('error', leave);
  handle.on('data', (report) => {
    if (!ended) onBytes(report);
  });
  // Of the node alone: to list the devices would ask the whole bus each time (device notes 4.3).
  async function look(): Promise<void> {
    if ((await nodeOf(path)) !== node) leave('its node is gone');
  }
  const watch = setInterval(() => void look(), watchMs);

  return {
    reportDescriptor,
    send(bytes) {
      if (ended) return false;
      for (const report of reportsOf(bytes)) {
        writing = writing.then(() => (ended ? null : handle.write(report))).catch(leave);
      }
      return true;
    },
    close,
  };
}

/**
 * A HID device through Linux's hidraw. Others may have it open too: hidraw knows no lock, so `busy` is never said. It is
 * looked for anew at each opening, as its node has another number each time it is plugged in.
 */
export function createHidTransport(options: HidTransportOptions): Transport {
  const { vid, pid, serial, path, load, log } = options;
  const name = path ?? ['hid', hex(vid), hex(pid), ...(serial === undefined ? [] : [serial])].join(':');

  const complain = createComplaint(name, log);

  async function find(hid: HidModule): Promise<Result<string, LineFault>> {
    if (path !== undefined) return (await nodeOf(path)) === null ? err('no-device') : ok(path);
    let found: HidFound[];
    try {
      found = await hid.devicesAsync(vid, pid);
    } catch (error) {
      complain(error);
      return err('broken');
    }
    const picked = pickHid(found, { serial });
    return picked === null ? err('no-device') : ok(picked);
  }

  return {
    name,
    async open(events) {
      const hid = await load();
      if (hid === null) return err('broken');
      const at = await find(hid);
      if (!at.ok) return at;
      let handle: HidHandle;
      try {
        handle = await hid.HIDAsync.open(at.value);
      } catch (error) {
        complain(error);
        return err(await faultOf(at.value));
      }
      return ok(await createHidLine(handle, at.value, options, events));
    },
  };
}
