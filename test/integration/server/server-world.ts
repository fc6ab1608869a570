import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { createServer, type ServerOptions } from '#server/create-server.ts';
import type { DatabaseChoice } from '#server/store/database.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { type EventDraft, eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import { NDJSON, readLines, writeLines } from '#shared/contract/ndjson.ts';
import { type PullQuery, pullHeaderSchema, pushResponseSchema, SYNC_PATHS } from '#shared/contract/sync.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { COMMUNITY_KEY, handClock, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { registerTerminal, type TestIdentity } from '../../fixtures/test-identity.ts';

export const TERMINALS = [
  { id: 'LD-1', station: 'LD' },
  { id: 'LD-2', station: 'LD' },
  { id: 'LF-1', station: 'LF' },
] as const;

export type TerminalId = (typeof TERMINALS)[number]['id'];

/** A server on a real database that listens on loopback, with three terminals known to it. */
export async function startServer(database: DatabaseChoice, options: Partial<ServerOptions> = {}) {
  const clock = handClock();
  const server = await createServer({
    database,
    blobDir: temporaryFolder(),
    pageDir: '/nonexistent',
    contentKeyFile: join(temporaryFolder(), 'content-keys.json'),
    secureCookies: false,
    communityKey: COMMUNITY_KEY,
    logger: pino({ level: 'silent' }),
    now: clock.now,
    mostRequests: 1_000_000,
    ...options,
  });
  let open = true;
  const close = async () => {
    if (open) await server.close();
    open = false;
  };
  onTestFinished(close);
  const identities = new Map<string, TestIdentity>();
  for (const terminal of TERMINALS) {
    identities.set(terminal.id, await registerTerminal(server, terminal, clock.now));
  }
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });

  function identityOf(id: TerminalId): TestIdentity {
    const identity = identities.get(id);
    if (identity === undefined) throw new Error(`no terminal ${id}`);
    return identity;
  }

  /** A signed request without a body. */
  function get(id: TerminalId, target: string, init: RequestInit = {}): Promise<Response> {
    const headers = identityOf(id).sign({ method: 'GET', target, body: null });
    return fetch(url + target, { ...init, headers });
  }

  function post(id: TerminalId, body: string | Uint8Array<ArrayBuffer>, type: string = NDJSON): Promise<Response> {
    const signed = identityOf(id).sign({ method: 'POST', target: SYNC_PATHS.push, body });
    return fetch(url + SYNC_PATHS.push, { method: 'POST', headers: { ...signed, 'content-type': type }, body });
  }

  async function push(id: TerminalId, events: readonly unknown[]) {
    const response = await post(id, pushBody(id, events));
    if (response.status !== 200) throw new Error(`push: ${response.status} ${await response.text()}`);
    return pushResponseSchema.parse(await response.json());
  }

  async function pull(id: TerminalId, cursor = '', limit?: number) {
    const asked: PullQuery = {
      writer: id,
      epoch: '',
      cursor,
      acked: 0,
      unsent: 0,
      ...(limit === undefined ? {} : { limit }),
    };
    const query = new URLSearchParams(Object.entries(asked).map(([key, value]) => [key, String(value)]));
    const response = await get(id, `${SYNC_PATHS.pull}?${query}`);
    if (response.status !== 200) throw new Error(`pull: ${response.status} ${await response.text()}`);
    const { header, lines } = readLines(await response.text());
    const { epoch: _epoch, head: _head, ...page } = pullHeaderSchema.parse(JSON.parse(header));
    return { ...page, events: lines.map((line) => eventSchema.parse(JSON.parse(line))) };
  }

  return {
    server,
    url,
    clock,
    close,
    identityOf,
    get,
    post,
    push,
    pull,

    /** Everything that a terminal may see, page by page. */
    async pullAll(id: TerminalId, limit?: number): Promise<LedgerEvent[]> {
      const events: LedgerEvent[] = [];
      for (let after = ''; ;) {
        const page = await pull(id, after, limit);
        events.push(...page.events);
        if (!page.more) return events;
        after = page.cursor;
      }
    },

    /** The log as it is stored, in the server's order. */
    stored: () =>
      server.database.db.selectFrom('events').select(['seq', 'id', 'terminal', 'n', 'json']).orderBy('seq').execute(),

    quarantined: () =>
      server.database.db.selectFrom('quarantine').select(['terminal', 'n', 'code', 'raw']).orderBy('code').execute(),

    /** The projection: state by subject. */
    async states(): Promise<Record<string, unknown>> {
      const rows = await server.database.db
        .selectFrom('subjects')
        .select(['subject', 'state'])
        .orderBy('subject')
        .execute();
      return Object.fromEntries(rows.map(({ subject, state }) => [subject, JSON.parse(state) as unknown]));
    },
  };
}

export type ServerWorld = Awaited<ReturnType<typeof startServer>>;

/** The body of a push: whatever is given, a line each. */
export function pushBody(id: string, events: readonly unknown[]): string {
  return writeLines(
    { writer: id, epoch: '', acked: 0 },
    events.map((event) => (typeof event === 'string' ? event : canonicalJson(event))),
  );
}

const BORROWER = 'ab'.repeat(32);

/** Drafts as a terminal of `station` would write them. */
export function draftsOf(station: string) {
  const draft = (subject: string, type: string, body: Record<string, unknown>): EventDraft => ({
    subject,
    type,
    v: 1,
    actor: { kind: 'resident', id: BORROWER },
    scope: 'community',
    body,
  });
  return {
    registered: (item: number, type = 'umbrella') =>
      draft(`item:${itemKey(item)}`, 'item.registered', { type, home: station }),
    lent: (item: number, due = '2026-11-26T23:59:00+08:00', name = '王*春') =>
      draft(`item:${itemKey(item)}`, 'item.lent', { borrower: BORROWER, name, due, station }),
    returned: (item: number, loan: string | null = null) =>
      draft(`item:${itemKey(item)}`, 'item.returned', { station, loan }),
    taken: (count: number): EventDraft => ({
      ...draft(`supply:${station}/cup`, 'supply.taken', { count }),
      scope: 'station',
    }),
    /** Of a kind and a type that no version knows yet. */
    noted: (key: string, scope: EventDraft['scope'] = 'community'): EventDraft => ({
      ...draft(`note:${key}`, 'note.written', { text: key }),
      scope,
    }),
  };
}
