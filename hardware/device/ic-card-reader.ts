import type { IcCardReading } from '../protocol/ic-card.ts';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName } from '../protocol/line-protocols.ts';
import type { Driver, DriverOptions } from './driver.ts';
import { createLineReader } from './line-reader.ts';

export interface IcCardReaderOptions extends DriverOptions {
  readonly protocol: IcCardProtocolName;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onReading: (reading: IcCardReading) => void;
}

/** A reader of proximity or IC cards on a serial line, which sends a card's number by itself, again and again while it is held. */
export function createIcCardReader({ protocol, ...options }: IcCardReaderOptions): Driver {
  return createLineReader({ ...options, protocol: IC_CARD_PROTOCOLS[protocol] });
}
