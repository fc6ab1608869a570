import { connect, type Socket } from 'node:net';
import { err, ok, type Result } from '#shared/result.ts';
import type { Line, LineFault, Transport } from './transport.ts';

/** A serial server: a box in the network with a serial device behind it (device notes 1.6). Baud and parity are its own. */
export interface TcpSettings {
  /** Name or address. */
  readonly host: string;
  readonly port: number;
}

export interface TcpTransportOptions extends TcpSettings {
  /** A server that has not answered within this is not there, milliseconds. */
  readonly connectMs: number;
  /** Without a byte for so long the kernel asks whether the other side still lives, milliseconds. */
  readonly keepAliveMs: number;
}

/** What may wait to be sent behind what the kernel has taken: far more than any command. A far side that takes no more is gone. */
const MOST_WAITING_BYTES = 65_536;

/**
 * Refused is `busy`: the box is there and does not take this connection. Most take one client at a time, and another has
 * it; a wrong port looks the same. Whatever says that no box can be reached is `no-device`.
 */
const FAULTS: Readonly<Record<string, LineFault>> = {
  ECONNREFUSED: 'busy',
  ECONNRESET: 'busy',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  ENOTFOUND: 'no-device',
  EAI_AGAIN: 'no-device',
  EHOSTUNREACH: 'no-device',
  EHOSTDOWN: 'no-device',
  ENETUNREACH: 'no-device',
  ENETDOWN: 'no-device',
  ETIMEDOUT: 'no-device',
};

function faultOf(error: NodeJS.ErrnoException): LineFault {
  return FAULTS[error.code ?? ''] ?? 'broken';
}

/** Resolves with null when it is connected. */
function connected(socket: Socket, ms: number): Promise<LineFault | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('no-device'), ms);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(null);
    });
    socket.once('error', (error) => {
      clearTimeout(timer);
      resolve(faultOf(error));
    });
  });
}

/**
 * A connection to a serial server. One that is half open (the box has lost its power, a cable is out) is noticed by the
 * kernel's keep-alive after some minutes, and much sooner by the driver of a device that should answer: it closes a line
 * on which nothing answers and opens it anew. A scanner behind a dead box is missed only by the keep-alive.
 */
export function createTcpTransport({ host, port, connectMs, keepAliveMs }: TcpTransportOptions): Transport {
  return {
    name: `${host}:${port}`,
    async open({ onBytes, onGone }): Promise<Result<Line, LineFault>> {
      const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs });
      const fault = await connected(socket, connectMs);
      // Whatever comes after the first error says nothing new, and must not end the process.
      socket.on('error', () => {});
      if (fault !== null) {
        socket.destroy();
        return err(fault);
      }

      let ended = false;
      const closed = new Promise<void>((resolve) => {
        if (socket.closed) resolve();
        else socket.once('close', () => resolve());
      });
      function close(): Promise<void> {
        ended = true;
        socket.destroy();
        return closed;
      }
      function leave(): void {
        if (ended) return;
        void close();
        onGone();
      }
      socket.on('data', (chunk) => {
        if (!ended) onBytes(Buffer.from(chunk));
      });
      // Half closed is closed: a device whose answers have ended is of no use.
      socket.once('end', leave);
      void closed.then(leave);
      return ok({
        send(bytes) {
          if (ended || !socket.writable) return false;
          if (socket.writableLength + bytes.length > MOST_WAITING_BYTES) {
            leave();
            return false;
          }
          socket.write(Uint8Array.from(bytes));
          return true;
        },
        close,
      });
    },
  };
}
