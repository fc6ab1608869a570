import type { Result } from '#shared/result.ts';

/** Why a line can't be opened, in the words of contract/kiosk.ts. */
export type LineFault = 'no-device' | 'no-permission' | 'busy' | 'broken';

/** What a line tells its user. */
export interface LineEvents {
  /**
   * Bytes in any chunks; those of a HID line are one report each. The memory is the line's: whoever keeps them copies
   * them. Never called after `onGone` or `close`.
   */
  readonly onBytes: (bytes: Uint8Array) => void;
  /** Called once, when the line is gone for whatever reason other than `close`. */
  readonly onGone: () => void;
}

/** One connection to a device. A new one is made each time: nothing of the last may reach the next. */
export interface Line {
  /** False where the line is gone: nothing was sent, and nothing is kept to be sent later. */
  send(bytes: Uint8Array): boolean;
  /** HID devices: what their reports look like (USB HID 1.11, 6.2.2), where the system tells. */
  readonly reportDescriptor?: Uint8Array | null;
  /** Resolves when the device is given back: another may open it. */
  close(): Promise<void>;
}

/** A way to a device, whether it is there or not. */
export interface Transport {
  /** What log lines call it: a path, an address, or vendor and product. */
  readonly name: string;
  /** Opens it for this process alone, as far as its kind allows. Never rejects. */
  open(events: LineEvents): Promise<Result<Line, LineFault>>;
}

/** What a transport writes into the log. */
export interface DeviceLog {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}
