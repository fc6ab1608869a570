/**
 * The community server as a process. Settings from the environment: PORT, HOST, DATABASE_URL (PostgreSQL), DATA_DIR
 * (blobs, and SQLite without DATABASE_URL), PAGE_DIR, COMMUNITY_KEY, REQUIRE_TOTP. `--demo FILE` reads key and passwords that the demo
 * made, and seeds an empty log. Prints `{"ready":true,"url":...}` when it listens, logs JSON lines to stderr; SIGTERM ends
 * it in order. Where it can't start it says why in a sentence on stderr and exits with 1.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pino } from 'pino';
import { createServer, type Server } from './create-server.ts';
import { prepareDemo } from './seed/prepare-demo.ts';
import { readSettings, type ServerSettings } from './settings.ts';

const lines = pino.destination({ fd: 2, sync: true });
// A full disk under the log is no reason to end.
lines.on('error', () => {});
const log = pino({ base: null }, lines);

function giveUp(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

async function open({
  database,
  blobDir,
  pageDir,
  contentKeyFile,
  communityKey,
  demo,
  requireTotp,
}: ServerSettings): Promise<Server> {
  try {
    if (database.kind === 'sqlite') mkdirSync(dirname(database.path), { recursive: true });
    mkdirSync(dirname(contentKeyFile), { recursive: true });
    return await createServer({
      database,
      blobDir,
      pageDir,
      contentKeyFile,
      secureCookies: demo === null,
      requireTotp,
      communityKey,
      logger: log,
      now: Date.now,
    });
  } catch (error) {
    const what = database.kind === 'sqlite' ? database.path : 'the PostgreSQL database';
    return giveUp(`${what} can't be opened: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const settings = readSettings(process.env, process.argv.slice(2), join(import.meta.dirname, '../dist/console'));
if (!settings.ok) giveUp(settings.error);
const { host, port, demo, requireTotp } = settings.value;
const server = await open(settings.value);

const end = () => {
  void server.close().then(() => process.exit(0));
};
process.once('SIGTERM', end);
process.once('SIGINT', end);
// Started by the demo and left alone: nobody would stop this process any more.
process.once('disconnect', end);

if (!requireTotp) log.warn('admins sign in without a second step: REQUIRE_TOTP is off');
if (demo !== null) {
  log.warn('demo mode: seeded data, passwords from a file; not for real use');
  await prepareDemo(server, demo, Date.now);
}
try {
  const url = await server.app.listen({ host, port });
  process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
} catch (error) {
  await server.close();
  giveUp(`${host}:${port} can't be listened on: ${error instanceof Error ? error.message : String(error)}`);
}
