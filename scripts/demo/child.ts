import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const readyLine = z.object({ ready: z.literal(true), url: z.string() });

export interface StartedChild {
  readonly process: ChildProcess;
  /** The address it printed when it was ready. */
  readonly url: string;
  /** Asks it to end and waits; -9 where it does not within five seconds. */
  stop(): Promise<void>;
}

/** Ends of children, so that an orderly end can be told from one nobody asked for. */
export function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

/**
 * Starts a part of the demo as a process of its own and waits for its `{"ready":true,"url":...}` line on stdout. Its log
 * goes to `logFile`; an end before it is ready is an error that names that file.
 */
export function startChild(
  script: string,
  args: readonly string[],
  env: Record<string, string>,
  logFile: string,
): Promise<StartedChild> {
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_NO_WARNINGS: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const log = createWriteStream(logFile, { flags: 'a' });
  // A full disk: the rest is read and forgotten, for a child whose log nobody reads would stand still.
  log.on('error', () => child.stderr?.resume());
  child.stderr?.pipe(log);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`${script} ended with ${code ?? signal} before it was ready; see ${logFile}`)),
    );
    if (child.stdout === null) throw new Error('no stdout');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const ready = readyLine.safeParse(parseJson(line));
      if (!ready.success) return;
      child.removeAllListeners('exit');
      resolve({
        process: child,
        url: ready.data.url,
        async stop() {
          child.kill('SIGTERM');
          const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
          await exited(child);
          clearTimeout(hard);
        },
      });
    });
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
