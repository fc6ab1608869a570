import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The far end of a serial line: what a device sees of it. */
export interface FarEnd {
  /** False where the plug is out: the bytes are lost. */
  send(bytes: Uint8Array): boolean;
  /** Called with what the terminal's driver writes. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
}

export interface PseudoTerminal extends FarEnd {
  /** Makes the device node; resolves when it is there. Plugged in already: does nothing. */
  plug(): Promise<void>;
  /** Takes the device node away, as pulling a USB plug does; resolves when it is gone. */
  unplug(): Promise<void>;
  isPlugged(): boolean;
  /** Resolves when socat has taken all that was sent, or has ended. A line that nobody reads takes a few kilobytes. */
  taken(): Promise<void>;
}

const LOOK_MS = 10;
/** socat makes its node within milliseconds; after this something is wrong, most likely no socat. */
const PATIENCE_LOOKS = 500;

/** socat ends when its input ends, but a socat that hangs must not outlive us either. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * A serial line whose one end is a real pseudo-terminal at `path`, made by socat, and whose other end is here. To pull the
 * plug, the socat process is ended: the node vanishes and whoever has it open gets a hang-up.
 */
export function createPseudoTerminal({ path }: { path: string }): PseudoTerminal {
  let socat: ChildProcess | null = null;
  let listener: (bytes: Uint8Array) => void = () => {};
  let taken: Promise<void> = Promise.resolve();

  function leave(child: ChildProcess): void {
    running.delete(child);
    if (socat === child) socat = null;
  }

  return {
    onBytes(next) {
      listener = next;
    },

    send(bytes) {
      const stdin = socat?.stdin;
      if (stdin?.writable !== true) return false;
      // A copy: the pipe may keep the bytes for a while, and the caller owns them.
      const copy = Uint8Array.from(bytes);
      taken = new Promise((resolve) => stdin.write(copy, () => resolve()));
      return true;
    },

    taken: () => taken,

    isPlugged: () => socat !== null,

    async plug() {
      if (socat !== null) return;
      const child = spawn('socat', [`PTY,link=${path},raw,echo=0`, 'STDIO'], { stdio: ['pipe', 'pipe', 'inherit'] });
      socat = child;
      running.add(child);
      let failure: string | null = null;
      child.once('error', (error) => {
        failure = `socat can't be started: ${error.message}. It is Debian's package "socat".`;
        leave(child);
      });
      child.once('exit', (code, signal) => {
        failure ??= `socat has ended (${code ?? signal})`;
        leave(child);
      });
      child.stdin.on('error', () => {});
      child.stdout.on('data', (chunk: Buffer) => {
        if (socat === child) listener(chunk);
      });
      for (let looks = 0; !existsSync(path); looks += 1) {
        if (failure !== null) throw new Error(failure);
        if (looks > PATIENCE_LOOKS) throw new Error(`socat has made no ${path}`);
        await sleep(LOOK_MS);
      }
    },

    async unplug() {
      const child = socat;
      if (child === null) return;
      socat = null;
      const ended = new Promise((resolve) => child.once('exit', resolve));
      // SIGTERM, so that socat takes its link away itself.
      child.kill('SIGTERM');
      await ended;
    },
  };
}
