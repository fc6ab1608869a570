/**
 * The community server as a process. Settings from the environment: PORT, HOST, DATABASE_URL (PostgreSQL) or DATA_DIR
 * (SQLite), PAGE_DIR. `--demo FILE` reads terminals and passwords that the demo made, and seeds an empty log. Prints
 * `{"ready":true,"url":...}` when it listens, logs JSON lines to stderr; SIGTERM ends it in order.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { z } from 'zod';
import { createServer } from './create-server.ts';
import { demoFileSchema, prepareDemo } from './seed/prepare-demo.ts';
import type { DatabaseChoice } from './store/database.ts';

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4400),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().default('.data/server'),
  PAGE_DIR: z.string().default(join(import.meta.dirname, '../dist/console')),
});

const log = pino({ base: null }, pino.destination({ fd: 2, sync: true }));

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { demo: { type: 'string' } } });
  const environment = environmentSchema.parse(process.env);
  const { DATABASE_URL: url, DATA_DIR: folder } = environment;
  if (url === undefined) mkdirSync(folder, { recursive: true });
  const database: DatabaseChoice =
    url === undefined ? { kind: 'sqlite', path: join(folder, 'server.sqlite') } : { kind: 'postgres', url };
  const server = await createServer({
    database,
    pageDir: environment.PAGE_DIR,
    secureCookies: values.demo === undefined,
    logger: log,
    now: Date.now,
  });
  if (values.demo !== undefined) {
    log.warn('demo mode: seeded data, passwords from a file; not for real use');
    await prepareDemo(server, demoFileSchema.parse(JSON.parse(readFileSync(values.demo, 'utf8'))));
  }
  const address = await server.app.listen({ host: environment.HOST, port: environment.PORT });

  const end = () => {
    void server.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  // Started by the demo and left alone: nobody would stop this process any more.
  process.once('disconnect', end);
  process.stdout.write(`${JSON.stringify({ ready: true, url: address })}\n`);
}

try {
  await main();
} catch (error) {
  log.fatal({ error }, 'the server could not start');
  process.exitCode = 1;
}
