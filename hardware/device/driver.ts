import type { DeviceCondition } from '#shared/contract/kiosk.ts';
import type { DeviceLog, Transport } from '../transport/transport.ts';

/** All waits of the drivers, milliseconds. Tests give shorter ones. */
export interface DeviceDelays {
  /** Before the first new try to open a line; doubled with each failure. */
  readonly reopenFirst: number;
  /** Never longer than this between tries. */
  readonly reopenLongest: number;
  /** Without a byte for so long, half a frame will not become a whole one. */
  readonly pause: number;
  /** The same code again within this time is one scan held too long. */
  readonly repeat: number;
  /** Between two looks for a card. */
  readonly poll: number;
  /** A reader that has answered nothing for so long is closed and opened again: the line itself may hang. */
  readonly deaf: number;
  /** A reader answers a short command within this. */
  readonly answer: number;
  /** A card is read within this: 1349 ms of wire time at 9600 baud, and the card's own. */
  readonly readAnswer: number;
  /** Between tries where a reader says that it is broken. */
  readonly broken: number;
}

export const DEVICE_DELAYS: DeviceDelays = {
  reopenFirst: 250,
  reopenLongest: 5_000,
  pause: 200,
  repeat: 1_500,
  poll: 300,
  deaf: 15_000,
  answer: 1_000,
  readAnswer: 5_000,
  broken: 10_000,
};

/** What a driver has seen since it was made. Errors by their code. */
export interface DeviceCounters {
  readonly readings: number;
  /** Whole frames or codes, wanted or not. */
  readonly frames: number;
  readonly droppedBytes: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly connections: number;
}

/** What every driver can do, whatever it reads. */
export interface Driver {
  start(): void;
  /** Resolves when its line is closed and nothing of it runs any more. */
  stop(): Promise<void>;
  condition(): DeviceCondition;
  counters(): DeviceCounters;
}

export interface DriverOptions {
  readonly transport: Transport;
  readonly delays: DeviceDelays;
  /** 0 to 1, for jitter. */
  readonly random: () => number;
  readonly log: DeviceLog;
  readonly onCondition: (condition: DeviceCondition) => void;
}

/** Counts that grow, and a copy of them for whoever asks. */
export function createCounters() {
  let readings = 0;
  let frames = 0;
  let connections = 0;
  let droppedBytes = 0;
  const errors: Record<string, number> = {};
  return {
    reading: () => {
      readings += 1;
    },
    frame: () => {
      frames += 1;
    },
    connection: () => {
      connections += 1;
    },
    dropped: (bytes: number) => {
      droppedBytes += bytes;
    },
    error: (code: string) => {
      errors[code] = (errors[code] ?? 0) + 1;
    },
    read: (): DeviceCounters => ({ readings, frames, droppedBytes, connections, errors: { ...errors } }),
  };
}
export type Counters = ReturnType<typeof createCounters>;
