import { unreachable } from '#shared/result.ts';
import type { FarEnd } from './pseudo-terminal.ts';
import { heardAt } from './wrong-baud.ts';

/** A far end that says when what was sent has gone: without it a flood would fill this process instead of the line. */
export interface WireEnd extends FarEnd {
  /** Resolves when all that was sent is taken by the line, or lost with it. */
  taken(): Promise<void>;
}

/**
 * `slow`: at 9600, or the speed of the wire where that is less. `split`: each byte alone. `noisy`: random bytes around each frame. `flipping`: one bit of each
 * frame is turned. `echoing`: what the host wrote comes back first (half duplex). `wrong-baud`: the host listens at another
 * speed. `unplugged`: half of the next frame, then the plug is out. `half`: half of the next frame, then nothing for ever.
 * `stuck`: nothing at all.
 */
export type WireManner =
  'correct' | 'slow' | 'split' | 'noisy' | 'flipping' | 'echoing' | 'wrong-baud' | 'unplugged' | 'half' | 'stuck';

export interface WireOptions {
  readonly line: WireEnd;
  /** Resolves after so many milliseconds. */
  readonly sleep: (ms: number) => Promise<void>;
  /** 0 to 1. */
  readonly random: () => number;
  readonly unplug: () => Promise<void>;
  /** Of the device; 9600 where it is left out. */
  readonly baud?: number;
  /** At which the host listens while the manner is `wrong-baud`; 19200 where it is left out. */
  readonly heardBaud?: number;
}

/** Between an emulator and its line: all ways in which a wire behaves ill, the same for a pseudo-terminal and for TCP. */
export interface Wire extends FarEnd {
  /** For what is sent from now on; what was sent before goes out as it was. */
  behave(next: WireManner): void;
  /** Random bytes, so many at least, as fast as the line takes them. */
  flood(bytes: number): Promise<void>;
  /** Resolves when what was sent so far is on the line. */
  settled(): Promise<void>;
}

/** A 16550 hands over so many bytes at a time. */
const FIFO_BYTES = 16;
const BITS_OF_BYTE = 10;
const SLOW_BAUD = 9600;
const MOST_NOISE = 16;
const FLOOD_PIECE = 4096;

export function createWire({ line, sleep, random, unplug, baud = 9600, heardBaud = 19_200 }: WireOptions): Wire {
  let manner: WireManner = 'correct';
  let pending = 0;
  let last: Promise<void> = Promise.resolve();
  let toDevice: (bytes: Uint8Array) => void = () => {};

  const noise = (length: number) => Uint8Array.from({ length }, () => Math.floor(random() * 256));
  const someNoise = () => noise(1 + Math.floor(random() * MOST_NOISE));

  function flipped(bytes: Uint8Array): Uint8Array {
    const bit = Math.floor(random() * bytes.length * 8);
    return bytes.map((byte, place) => (place === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
  }

  /** Whether all of it found the plug in: the end of a frame must not come out of a plug that is back. */
  async function inPieces(bytes: Uint8Array, pieceBytes: number, ms: number): Promise<void> {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      if (!line.send(bytes.subarray(at, at + pieceBytes))) return;
      await sleep(ms);
    }
  }

  async function write(bytes: Uint8Array, how: WireManner): Promise<void> {
    const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
    switch (how) {
      case 'correct':
      case 'echoing':
        line.send(bytes);
        return;
      case 'slow':
        return inPieces(bytes, FIFO_BYTES, (FIFO_BYTES * BITS_OF_BYTE * 1000) / Math.min(baud, SLOW_BAUD));
      case 'split':
        return inPieces(bytes, 1, (BITS_OF_BYTE * 1000) / baud);
      case 'noisy':
        line.send(Uint8Array.from([...someNoise(), ...bytes, ...someNoise()]));
        return;
      case 'flipping':
        line.send(flipped(bytes));
        return;
      case 'wrong-baud':
        line.send(heardAt(bytes, baud, heardBaud));
        return;
      case 'unplugged':
        line.send(half);
        await line.taken();
        return unplug();
      case 'half':
        line.send(half);
        if (manner === 'half') manner = 'stuck';
        return;
      case 'stuck':
        return;
      default:
        return unreachable(how);
    }
  }

  /** One thing after the other: what goes out slowly is not overtaken. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    pending += 1;
    last = last.then(work).finally(() => {
      pending -= 1;
    });
    return last;
  }

  line.onBytes((bytes) => {
    if (manner === 'echoing') line.send(bytes);
    toDevice(bytes);
  });

  return {
    send(bytes) {
      if (pending === 0 && (manner === 'correct' || manner === 'echoing')) return line.send(bytes);
      const frame = Uint8Array.from(bytes);
      const how = manner;
      void inTurn(() => write(frame, how));
      return true;
    },
    onBytes(listener) {
      toDevice = listener;
    },
    behave(next) {
      manner = next;
    },
    flood: (bytes) =>
      inTurn(async () => {
        for (let sent = 0; sent < bytes; sent += FLOOD_PIECE) {
          if (!line.send(noise(FLOOD_PIECE))) return;
          await line.taken();
        }
      }),
    async settled() {
      await last;
      await line.taken();
    },
  };
}
