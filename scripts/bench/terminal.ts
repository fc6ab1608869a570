import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { v7 } from 'uuid';
import { enrol, newNonce } from '#electron/core/identity/enrol.ts';
import { createIdentity } from '#electron/core/identity/identity.ts';
import { createKeyStore } from '#electron/core/identity/key-store.ts';
import type { Fetch } from '#electron/core/identity/signing-fetch.ts';
import { createLedger, type Ledger } from '#electron/core/ledger.ts';
import type { Log } from '#electron/core/log.ts';
import { createServerLink } from '#electron/core/sync/server-link.ts';
import { openDatabase } from '#electron/store/database.ts';
import { createEventStore } from '#electron/store/event-store.ts';
import { signInAtConsole } from '../demo/console-client.ts';
import type { World } from '../demo/world.ts';

/** As in a running terminal. */
const REQUEST_TIMEOUT_MS = 15_000;

/** Only what goes wrong, on stderr. */
export const BENCH_LOG: Log = pino({ base: null, level: 'warn' }, pino.destination({ fd: 2, sync: true }));

/** A code by which a machine becomes a terminal of the station, issued at the console of a world's server. */
export async function newCode({ server }: Pick<World, 'server'>, station: string): Promise<string> {
  const { terminals } = await signInAtConsole(server.url, 'admin', server.adminPassword);
  return (await terminals.issueCode({ station })).code;
}

/** A ledger on a database of its own, `:memory:` or a file. */
export function openLedger(path: string, terminal: string, station: string) {
  const opened = openDatabase(path);
  if (!opened.ok) throw new Error(opened.error.detail);
  const db = opened.value;
  const store = createEventStore(db, terminal);
  const ledger: Ledger = createLedger({
    store,
    station,
    now: Date.now,
    monotonic: () => performance.now(),
    newId: () => v7(),
  });
  return { ledger, db };
}

export interface TerminalOptions {
  readonly folder: string;
  readonly serverUrl: string;
  readonly code: string;
  /** What carries the signed requests. */
  readonly fetch: Fetch;
}

/**
 * The part of a terminal that syncs: store, ledger, signed requests, as the product joins them; no devices, no screen. It
 * is enrolled with the code.
 */
export async function openTerminal({ folder, serverUrl, code, fetch }: TerminalOptions) {
  mkdirSync(folder, { recursive: true });
  const keys = createKeyStore(join(folder, 'terminal-key.json'));
  const enrolled = await enrol({ keys, serverUrl, code, device: 'bench', fetch, now: Date.now, log: BENCH_LOG });
  if (!enrolled.ok) throw new Error(`not enrolled: ${JSON.stringify(enrolled.error)}`);
  const { terminal, station, revocation } = enrolled.value;
  const { ledger, db } = openLedger(join(folder, 'terminal.sqlite'), terminal, station);
  const identity = createIdentity({
    keys,
    serverUrl,
    revocation,
    fetch,
    now: Date.now,
    newNonce,
    onRevoked() {
      throw new Error(`${terminal} was revoked in the middle of a bench`);
    },
    log: BENCH_LOG,
  });
  const link = createServerLink({ url: serverUrl, fetch: identity.fetch, timeoutMs: REQUEST_TIMEOUT_MS });
  return { terminal, station, ledger, link, close: () => db.close() };
}

export type BenchTerminal = Awaited<ReturnType<typeof openTerminal>>;
