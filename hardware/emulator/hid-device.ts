import { EventEmitter } from 'node:events';
import type { HidHandle, HidModule } from '../transport/hid-line.ts';
import type { HidFound } from '../transport/hid-pick.ts';
import type { FarEnd } from './pseudo-terminal.ts';

/** Bytes of a report of the card reader (device notes 1.6). */
const REPORT_BYTES = 64;

export interface HidEmulatorOptions extends HidFound {
  readonly vendorId: number;
  readonly productId: number;
  readonly path: string;
}

/** A HID device seen from inside. */
export interface HidEmulator extends FarEnd {
  /** One report, as it is. False where nobody reads: it is lost. */
  report(bytes: Uint8Array): boolean;
  plug(): void;
  unplug(): void;
  /** A read fails, as by a disturbance on the cable: node-hid reads nothing more from those who have it open. */
  failRead(): void;
  /** From now on it can't be opened, or can again. */
  refuse(refused: boolean): void;
}

/**
 * HID devices in memory and the part of node-hid through which a driver sees them, with the ways of node-hid 3.4 (device
 * notes 4.3 and its src/read.cc): reports are read only while a `data` listener exists and are not kept; an error is a
 * plain string; after it nothing is read; a write to a device that is gone is rejected.
 */
export function createHidBus() {
  const devices: HidEmulatorOptions[] = [];
  const plugged = new Set<string>();
  const refused = new Set<string>();
  const opened = new Map<string, Set<EventEmitter & HidHandle>>();
  const writeListeners = new Map<string, (report: readonly number[]) => void>();
  let listings = 0;

  const handlesOf = (path: string) => [...(opened.get(path) ?? [])];

  class Handle extends EventEmitter implements HidHandle {
    readonly #path: string;

    constructor(path: string) {
      super();
      this.#path = path;
    }

    async write(values: number[]): Promise<number> {
      if (!opened.get(this.#path)?.has(this)) throw new Error('device has been closed');
      if (!plugged.has(this.#path)) throw new Error('Cannot write to hid device');
      writeListeners.get(this.#path)?.(values);
      return values.length;
    }

    async close(): Promise<void> {
      opened.get(this.#path)?.delete(this);
      this.removeAllListeners();
    }
  }

  function failRead(path: string): void {
    for (const handle of handlesOf(path)) {
      if (handle.listenerCount('data') === 0) continue;
      handle.removeAllListeners('data');
      setImmediate(() => {
        if (opened.get(path)?.has(handle)) handle.emit('error', 'could not read from HID device');
      });
    }
  }

  const hid: HidModule = {
    async devicesAsync(vid, pid) {
      listings += 1;
      return devices.filter(
        ({ vendorId, productId, path }) => vendorId === vid && productId === pid && plugged.has(path),
      );
    },
    HIDAsync: {
      async open(path) {
        if (!plugged.has(path) || refused.has(path)) throw new TypeError(`cannot open device with path ${path}`);
        const handle = new Handle(path);
        const handles = opened.get(path) ?? new Set();
        opened.set(path, handles.add(handle));
        return handle;
      },
    },
  };

  function add(options: HidEmulatorOptions): HidEmulator {
    const { path } = options;
    devices.push(options);
    function report(bytes: Uint8Array): boolean {
      let isRead = false;
      for (const handle of handlesOf(path)) {
        if (!plugged.has(path) || handle.listenerCount('data') === 0) continue;
        isRead = true;
        setImmediate(() => handle.emit('data', Buffer.from(bytes)));
      }
      return isRead;
    }
    return {
      report,
      /** In reports, the last one filled up with zeros. */
      send(bytes) {
        let isRead = true;
        for (let at = 0; at < bytes.length; at += REPORT_BYTES) {
          const part = new Uint8Array(REPORT_BYTES);
          part.set(bytes.subarray(at, at + REPORT_BYTES));
          isRead = report(part) && isRead;
        }
        return isRead;
      },
      onBytes(listener) {
        // Without the report id, which hidraw takes away where it is 0.
        writeListeners.set(path, (written) => listener(Uint8Array.from(written.slice(1))));
      },
      plug: () => void plugged.add(path),
      unplug() {
        plugged.delete(path);
        failRead(path);
      },
      failRead: () => failRead(path),
      refuse(isRefused) {
        if (isRefused) refused.add(path);
        else refused.delete(path);
      },
    };
  }

  return {
    hid,
    add,
    /** How often the whole bus was asked. */
    listings: (): number => listings,
    /** How many have this device open. */
    openOf: (path: string): number => handlesOf(path).length,
  };
}
