import { stat } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import { err, ok, type Result } from '#shared/result.ts';

/** Why a line can't be opened, in the words of contract/kiosk.ts. */
export type LineFault = 'no-device' | 'no-permission' | 'busy' | 'broken';

export interface SerialLineOptions {
  /** Device node or a link to one. */
  readonly path: string;
  /** Bits per second; 8 data bits, no parity, 1 stop bit. */
  readonly baud: number;
  /** How often to look whether the device node is still there, milliseconds. */
  readonly watchMs: number;
  readonly onBytes: (bytes: Uint8Array) => void;
  /** Called once, when the line is gone for whatever reason other than `close`. */
  readonly onGone: () => void;
}

export interface SerialLine {
  /** False where the line is gone: nothing was sent, and nothing is kept to be sent later. */
  send(bytes: Uint8Array): boolean;
  /** Resolves when the port is closed and its lock given back. */
  close(): Promise<void>;
}

function faultOf(error: Error): LineFault {
  const { message } = error;
  if (/ENOENT|No such file|ENXIO|ENODEV|No such device/i.test(message)) return 'no-device';
  if (/EACCES|EPERM|permission denied/i.test(message)) return 'no-permission';
  if (/lock port|EBUSY|Resource temporarily unavailable/i.test(message)) return 'busy';
  return 'broken';
}

/**
 * Which device node a path leads to now: another one behind the same link is another device. Its number is not given out
 * again while the old node is open here.
 */
async function nodeOf(path: string): Promise<string | null> {
  try {
    const { dev, ino, rdev } = await stat(path);
    return `${dev}:${ino}:${rdev}`;
  } catch {
    return null;
  }
}

/**
 * Opens a serial line, exclusively. Each call makes a new port object: one that was closed keeps what was written to it
 * and sends it on its next open (device notes 4.2).
 */
export async function openSerialLine(options: SerialLineOptions): Promise<Result<SerialLine, LineFault>> {
  const { path, baud, watchMs, onBytes, onGone } = options;
  const node = await nodeOf(path);
  const port = new SerialPort({ path, baudRate: baud, autoOpen: false });
  const opened = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (opened !== null) return err(faultOf(opened));

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
  // until close() is called (device notes 4.2). So there is always a reader, and the node is watched besides.
  port.on('data', (chunk: Buffer) => {
    if (!ended) onBytes(chunk);
  });
  port.on('close', leave);
  port.on('error', leave);
  async function look(): Promise<void> {
    if ((await nodeOf(path)) !== node) leave();
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
