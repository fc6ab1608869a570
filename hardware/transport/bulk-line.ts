import { setTimeout as sleep } from 'node:timers/promises';
import { err, ok, type Result } from '#shared/result.ts';
import { type BulkEndpoint, type BulkLayout, bulkLayoutOf } from './bulk-endpoints.ts';
import { createComplaint } from './native-module.ts';
import type { DeviceLog, Line, LineEvents, LineFault, Transport } from './transport.ts';
import { waitAtMost } from './wait-at-most.ts';

/** A USB device as settings name it. */
export interface BulkSettings {
  readonly vid: number;
  readonly pid: number;
  /** The device's own serial number, for one of several alike. */
  readonly serial?: string | undefined;
}

/** What is used of a device of the package `usb` (WebUSB, USBDevice). */
export interface BulkDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly serialNumber: string | null;
  /** Which place on the bus; a device plugged in again may have another. */
  readonly bus: string;
  readonly address: number;
  readonly configuration: {
    readonly interfaces: readonly {
      readonly interfaceNumber: number;
      readonly alternate: { readonly endpoints: readonly BulkEndpoint[] };
    }[];
  } | null;
  open(): Promise<void>;
  close(): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  /** Rejected after a second without a byte. */
  transferIn(
    endpointNumber: number,
    length: number,
  ): Promise<{ readonly data?: DataView | undefined; readonly status: string }>;
  transferOut(endpointNumber: number, data: Uint8Array<ArrayBuffer>): Promise<unknown>;
}

/** What is used of `WebUSB`; an object of that class satisfies it. */
export interface BulkBus {
  getDevices(): Promise<BulkDevice[]>;
}

export interface BulkTransportOptions extends BulkSettings {
  readonly load: () => Promise<BulkBus | null>;
  readonly log: DeviceLog;
}

/** Preamble and length: what goes out, and comes in, on the first pair of endpoints of the split layout. */
const HEAD_BYTES = 7;
/** LEN, big-endian, counts what comes behind it (device notes 1.1). */
const LENGTH_AT = 5;
/** No reading follows an empty one at once: one that fails in no time must not spin. Milliseconds. */
const IDLE_MS = 10;
/** Each transfer ends within its second; one that does not is left to itself. Milliseconds. */
const CLOSE_MS = 3_000;

const hex = (id: number) => id.toString(16).padStart(4, '0');
const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * In the words of `usb` 3.1.0, which gives no codes (its messages are those of nusb). A transfer that was given up after
 * its time is cancelled, and no fault: the reader had nothing to say.
 */
const hadNothingToSay = (error: unknown) => /cancelled|timed out|timeout/i.test(messageOf(error));

function faultOf(error: unknown): LineFault {
  const message = messageOf(error);
  if (/permission denied|access/i.test(message)) return 'no-permission';
  if (/busy/i.test(message)) return 'busy';
  if (/not found|no such device|disconnected/i.test(message)) return 'no-device';
  return 'broken';
}

interface Claimed {
  readonly device: BulkDevice;
  readonly interfaceNumber: number;
  readonly layout: BulkLayout;
}

/** The first interface with bulk endpoints of both directions, claimed. */
async function claim(device: BulkDevice): Promise<Claimed | null> {
  for (const { interfaceNumber, alternate } of device.configuration?.interfaces ?? []) {
    const layout = bulkLayoutOf(alternate.endpoints);
    if (layout === null) continue;
    await device.claimInterface(interfaceNumber);
    return { device, interfaceNumber, layout };
  }
  return null;
}

function createBulkLine({ device, interfaceNumber, layout }: Claimed, { onBytes, onGone }: LineEvents): Line {
  let ended = false;
  let closed: Promise<void> | null = null;
  let writing: Promise<unknown> = Promise.resolve();

  async function giveBack(): Promise<void> {
    // To close under a transfer is not known to be safe.
    await waitAtMost(CLOSE_MS, Promise.all([reading, writing]));
    await device.releaseInterface(interfaceNumber).catch(() => {});
    await device.close().catch(() => {});
  }
  function close(): Promise<void> {
    ended = true;
    closed ??= giveBack();
    return closed;
  }
  function leave(): void {
    if (ended) return;
    void close();
    onGone();
  }

  /**
   * One packet at a time: a transfer that is given up after its time can't lose a packet it had already taken. Empty
   * where the reader had nothing to say, null where the line is of no more use.
   */
  async function readOnce({ endpointNumber, packetSize }: BulkEndpoint): Promise<Uint8Array | null> {
    let bytes: Uint8Array = new Uint8Array();
    try {
      const { data, status } = await device.transferIn(endpointNumber, packetSize);
      if (status !== 'ok') return null;
      if (data !== undefined) bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    } catch (error) {
      if (!hadNothingToSay(error)) return null;
    }
    if (bytes.length === 0) await sleep(IDLE_MS);
    else if (!ended) onBytes(bytes);
    return bytes;
  }

  /** What is behind the head, on the second endpoint. An answer that stops in its middle is given up; never for ever. */
  async function readRest(rest: BulkEndpoint, length: number): Promise<boolean> {
    for (let missing = length; missing > 0 && !ended;) {
      const bytes = await readOnce(rest);
      if (bytes === null) return false;
      if (bytes.length === 0) return true;
      missing -= bytes.length;
    }
    return true;
  }

  async function readForever(): Promise<void> {
    const [first, rest] = layout.in;
    while (!ended) {
      const bytes = await readOnce(first);
      if (bytes === null) break;
      if (rest === undefined || bytes.length < HEAD_BYTES) continue;
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(LENGTH_AT);
      if (!(await readRest(rest, length))) break;
    }
    // Not awaited: closing waits for this to end.
    leave();
  }

  function transfersOf(bytes: Uint8Array): readonly (readonly [BulkEndpoint, Uint8Array])[] {
    if (layout.kind === 'single') return [[layout.out, bytes]];
    return [
      [layout.outHead, bytes.subarray(0, HEAD_BYTES)],
      [layout.outRest, bytes.subarray(HEAD_BYTES)],
    ];
  }
  async function write(bytes: Uint8Array): Promise<void> {
    for (const [{ endpointNumber }, part] of transfersOf(bytes)) {
      if (!ended && part.length > 0) await device.transferOut(endpointNumber, Uint8Array.from(part));
    }
  }

  const reading = readForever();
  return {
    send(bytes) {
      if (ended) return false;
      writing = writing.then(() => write(bytes)).catch(leave);
      return true;
    },
    close,
  };
}

/** A card reader that is a USB device of its own kind, with bulk endpoints: a command at a time, and its answer. */
export function createBulkTransport({ vid, pid, serial, load, log }: BulkTransportOptions): Transport {
  const name = ['usb', hex(vid), hex(pid), ...(serial === undefined ? [] : [serial])].join(':');

  const complain = createComplaint(name, log);

  /** Of several alike the first by its place on the bus, so that it is the same each time. */
  async function find(bus: BulkBus): Promise<BulkDevice | null> {
    const found = (await bus.getDevices()).filter(
      (device) =>
        device.vendorId === vid && device.productId === pid && (serial === undefined || device.serialNumber === serial),
    );
    return found.sort((a, b) => (a.bus === b.bus ? a.address - b.address : a.bus < b.bus ? -1 : 1))[0] ?? null;
  }

  return {
    name,
    async open(events): Promise<Result<Line, LineFault>> {
      const bus = await load();
      if (bus === null) return err('broken');
      let device: BulkDevice | null = null;
      try {
        device = await find(bus);
        if (device === null) return err('no-device');
        await device.open();
        const claimed = await claim(device);
        if (claimed !== null) return ok(createBulkLine(claimed, events));
        log.warn({ device: name }, 'this device has no bulk endpoints: it is no card reader of this kind');
        await device.close();
        return err('broken');
      } catch (error) {
        complain(error);
        await device?.close().catch(() => {});
        return err(faultOf(error));
      }
    },
  };
}
