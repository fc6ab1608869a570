import type { SerialPort } from 'serialport';
import { err, ok, type Result } from '#shared/result.ts';
import { nodeOf } from './device-node.ts';
import { createComplaint, createNativeModule } from './native-module.ts';
import type { DeviceLog, Line, LineEvents, LineFault, Transport } from './transport.ts';

export interface SerialSettings {
  /** Device node or a link to one, best one of /dev/serial/by-id. */
  readonly path: string;
  /** Bits per second. A USB device of class CDC-ACM takes any. */
  readonly baud: number;
  /**
   * `none` where it is left out. serialport 13 opens no line with mark or space on Linux, and needs not: space parity behind
   * 7 data bits is 8 data bits without parity on the wire, mark parity one stop bit more.
   */
  readonly parity?: 'none' | 'even' | 'odd' | undefined;
  /** 8 where it is left out. */
  readonly dataBits?: 7 | 8 | undefined;
  /** 1 where it is left out. */
  readonly stopBits?: 1 | 2 | undefined;
}

export interface SerialTransportOptions extends SerialSettings {
  /** How often to look whether the device is still there, milliseconds: a hang-up that makes no event ends then. */
  readonly watchMs: number;
  readonly log: DeviceLog;
}

function faultOf(error: Error): LineFault {
  const { message } = error;
  if (/ENOENT|No such file|ENXIO|ENODEV|No such device/i.test(message)) return 'no-device';
  if (/EACCES|EPERM|permission denied/i.test(message)) return 'no-permission';
  if (/lock port|EBUSY|Resource temporarily unavailable/i.test(message)) return 'busy';
  return 'broken';
}

/**
 * Whether the kernel has hung this port up. All that can be asked of a port that was hung up fails with EIO (Linux,
 * hung_up_tty_fops); one without modem lines, as a pseudo-terminal, says ENOTTY or EINVAL and is well.
 */
function isHungUp(port: SerialPort): Promise<boolean> {
  return new Promise((resolve) => {
    port.get((error) =>
      resolve(error !== null && /EIO|Input\/output error|ENODEV|No such device/i.test(error.message)),
    );
  });
}

async function openLine(
  { path, baud, parity = 'none', dataBits = 8, stopBits = 1, watchMs }: SerialTransportOptions,
  { onBytes, onGone }: LineEvents,
  Port: typeof SerialPort,
  complain: (error: unknown) => void,
): Promise<Result<Line, LineFault>> {
  const node = await nodeOf(path);
  // A new object each time: one that was closed keeps what was written to it and sends it on its next open (device
  // notes 4.2).
  const port = new Port({ path, baudRate: baud, parity, dataBits, stopBits, autoOpen: false });
  const opened = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (opened !== null) {
    const fault = faultOf(opened);
    if (fault === 'broken') complain(opened);
    return err(fault);
  }

  let ended = false;
  let closed: Promise<void> | null = null;
  function closePort(): Promise<void> {
    ended = true;
    clearInterval(watch);
    closed ??= new Promise((resolve) => {
      if (port.isOpen) port.close(() => resolve());
      else if (port.closing) {
        // A hang-up is closing it already.
        port.once('close', () => resolve());
        port.once('error', () => resolve());
      } else resolve();
    });
    return closed;
  }
  function leave(): void {
    if (ended) return;
    void closePort();
    onGone();
  }
  // Without a reader a hang-up goes unnoticed; a hang-up before the first read makes no event at all and spins a core
  // until close() is called (device notes 4.2). So there is always a reader, and the node and the port are watched.
  port.on('data', (chunk: Buffer) => {
    if (!ended) onBytes(chunk);
  });
  port.on('close', leave);
  port.on('error', leave);
  async function look(): Promise<void> {
    if ((await nodeOf(path)) !== node) leave();
    else if (!ended && port.isOpen && (await isHungUp(port))) leave();
  }
  const watch = setInterval(() => void look(), watchMs);

  return ok({
    send(bytes) {
      if (ended || !port.isOpen) return false;
      port.write(Buffer.from(bytes));
      return true;
    },
    close: closePort,
  });
}

/** A serial line, opened exclusively, as far as others ask for the lock (device notes 4.2). */
export function createSerialTransport(options: SerialTransportOptions): Transport {
  const { path, log } = options;
  const load = createNativeModule(() => import('serialport'), path, log);
  const complain = createComplaint(path, log);
  return {
    name: path,
    async open(events) {
      const native = await load();
      return native === null ? err('broken') : openLine(options, events, native.SerialPort, complain);
    },
  };
}
