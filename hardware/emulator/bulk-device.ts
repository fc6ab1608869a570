import type { BulkEndpoint } from '../transport/bulk-endpoints.ts';
import type { BulkBus, BulkDevice } from '../transport/bulk-line.ts';
import type { FarEnd } from './pseudo-terminal.ts';

/** The two layouts of 0400:C35A (device notes 1.6), and a device that is something else. */
export type BulkKind = 'split' | 'single' | 'no-reader';

const PACKET_BYTES = 64;
const HEAD_BYTES = 7;

function endpoint(address: number, type: BulkEndpoint['type'] = 'bulk'): BulkEndpoint {
  const direction = (address & 0x80) === 0 ? 'out' : 'in';
  return { endpointNumber: address & 0x0f, direction, type, packetSize: PACKET_BYTES };
}

const ENDPOINTS: Readonly<Record<BulkKind, readonly BulkEndpoint[]>> = {
  split: [endpoint(0x81), endpoint(0x02), endpoint(0x85), endpoint(0x06)],
  single: [endpoint(0x83, 'interrupt'), endpoint(0x82), endpoint(0x01)],
  'no-reader': [endpoint(0x81, 'interrupt')],
};

export interface BulkEmulatorOptions {
  readonly vendorId: number;
  readonly productId: number;
  readonly kind: BulkKind;
  readonly serialNumber?: string;
  /** A transfer without a byte is given up after this, milliseconds; `usb` takes 1000. */
  readonly timeoutMs: number;
}

interface Waiting {
  readonly endpointNumber: number;
  readonly end: (packet: Uint8Array | Error) => void;
}

/** A bulk device seen from inside, and `device` as the package `usb` shows it. */
export interface BulkEmulator extends FarEnd {
  plug(): void;
  unplug(): void;
  /** Opening it fails with these words, or no more. */
  refuse(words: string | null): void;
  /** The next reading ends as a stalled endpoint does. */
  stall(): void;
  isClaimed(): boolean;
  /** Endpoint and number of bytes of each transfer out. */
  outs(): readonly (readonly [number, number])[];
}

/**
 * USB devices with bulk endpoints in memory. Words of errors are those in the binary of `usb` 3.1.0: which of them a real
 * device gets was never seen.
 */
export function createBulkBus() {
  const plugged = new Set<BulkDevice>();
  const bus: BulkBus = { getDevices: async () => [...plugged] };

  function add({ vendorId, productId, kind, serialNumber, timeoutMs }: BulkEmulatorOptions): BulkEmulator {
    const queues = new Map<number, Uint8Array[]>();
    const waiting = new Set<Waiting>();
    const outs: (readonly [number, number])[] = [];
    let listener: (bytes: Uint8Array) => void = () => {};
    let refused: string | null = null;
    let isClaimed = false;

    function queue(endpointNumber: number, bytes: Uint8Array): void {
      const packets = queues.get(endpointNumber) ?? [];
      queues.set(endpointNumber, packets);
      for (let at = 0; at < bytes.length; at += PACKET_BYTES) packets.push(bytes.slice(at, at + PACKET_BYTES));
      for (const one of waiting) {
        if (one.endpointNumber !== endpointNumber) continue;
        const packet = packets.shift();
        if (packet !== undefined) one.end(packet);
      }
    }

    function receive(endpointNumber: number): Promise<Uint8Array> {
      const packet = queues.get(endpointNumber)?.shift();
      if (packet !== undefined) return Promise.resolve(packet);
      return new Promise((resolve, reject) => {
        const one: Waiting = {
          endpointNumber,
          end(ended) {
            clearTimeout(timer);
            waiting.delete(one);
            if (ended instanceof Error) reject(ended);
            else resolve(ended);
          },
        };
        const timer = setTimeout(() => one.end(new Error('transferIn error: transfer was cancelled')), timeoutMs);
        waiting.add(one);
      });
    }

    const mustBeThere = () => {
      if (!plugged.has(device)) throw new Error('device disconnected');
    };
    const device: BulkDevice = {
      vendorId,
      productId,
      serialNumber: serialNumber ?? null,
      bus: '1-1',
      address: plugged.size + 1,
      configuration: { interfaces: [{ interfaceNumber: 0, alternate: { endpoints: ENDPOINTS[kind] } }] },
      async open() {
        mustBeThere();
        if (refused !== null) throw new Error(refused);
      },
      async close() {},
      async claimInterface() {
        if (isClaimed) throw new Error('claimInterface error: interface is busy');
        isClaimed = true;
      },
      async releaseInterface() {
        isClaimed = false;
        // What nobody has read is gone with whoever had asked for it.
        queues.clear();
      },
      async transferIn(endpointNumber) {
        mustBeThere();
        const packet = await receive(endpointNumber);
        return { data: new DataView(packet.buffer, packet.byteOffset, packet.byteLength), status: 'ok' };
      },
      async transferOut(endpointNumber, data) {
        mustBeThere();
        outs.push([endpointNumber, data.length]);
        listener(data);
      },
    };
    const fail = (words: string) => {
      for (const one of waiting) one.end(new Error(words));
    };

    return {
      send(bytes) {
        if (!plugged.has(device)) return false;
        const ins = ENDPOINTS[kind].filter(({ type, direction }) => type === 'bulk' && direction === 'in');
        const [first, rest] = ins.map(({ endpointNumber }) => endpointNumber);
        if (first === undefined) return false;
        queue(first, rest === undefined ? bytes : bytes.subarray(0, HEAD_BYTES));
        if (rest !== undefined) queue(rest, bytes.subarray(HEAD_BYTES));
        return true;
      },
      onBytes(next) {
        listener = next;
      },
      plug: () => void plugged.add(device),
      unplug() {
        plugged.delete(device);
        queues.clear();
        fail('transferIn error: device disconnected');
      },
      refuse(words) {
        refused = words;
      },
      stall: () => fail('transferIn error: endpoint stalled'),
      isClaimed: () => isClaimed,
      outs: () => outs,
    };
  }

  return { bus, add };
}
