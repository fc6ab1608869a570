import type { IcCardProtocol } from '../protocol/ic-card-protocol.ts';
import type { FarEnd } from './pseudo-terminal.ts';

export interface IcCardReaderEmulatorOptions {
  readonly line: FarEnd;
  readonly protocol: IcCardProtocol;
  /** Does something every so many milliseconds until what it returns is called. */
  readonly every: (ms: number, run: () => void) => () => void;
}

/** As often as an RDM6300 says a held tag again (device notes 3). */
const AGAIN_MS = 50;

/** A reader of proximity or IC cards seen from inside: somebody holds cards before it. */
export function createIcCardReaderEmulator({ line, protocol, every }: IcCardReaderEmulatorOptions) {
  let release: () => void = () => {};

  /** Throws where the protocol has no way to say such a card: a mistake of the caller. */
  function frameOf(uid: Uint8Array): Uint8Array {
    const frame = protocol.encode(uid);
    if (frame === null) throw new Error(`${protocol.name} can't say a card of ${uid.length} bytes`);
    return frame;
  }

  return {
    /** Holds these cards there until `lift`: each is said again and again, one after the other. */
    hold(...uids: readonly Uint8Array[]): void {
      release();
      const frames = uids.map(frameOf);
      let turn = 0;
      const say = () => {
        const frame = frames[turn % frames.length];
        turn += 1;
        if (frame !== undefined) line.send(frame);
      };
      say();
      release = every(AGAIN_MS, say);
    },
    lift(): void {
      release();
      release = () => {};
    },
    /** A card that is there for one frame only. */
    touch(uid: Uint8Array): void {
      line.send(frameOf(uid));
    },
    /** A frame of which one bit was turned on the way; the first digit is another then. */
    damagedFrame(uid: Uint8Array): void {
      line.send(frameOf(uid).map((byte, place) => (place === 1 ? byte ^ 1 : byte)));
    },
    /** The first half of a frame, and then nothing. */
    halfFrame(uid: Uint8Array): void {
      const frame = frameOf(uid);
      line.send(frame.subarray(0, Math.ceil(frame.length / 2)));
    },
    sendRaw(bytes: Uint8Array): void {
      line.send(bytes);
    },
  };
}
