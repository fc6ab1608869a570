import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createExchange } from '#electron/core/sync/exchange.ts';
import { createServerLink } from '#electron/core/sync/server-link.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { seedDrafts, temporaryFolder, terminalWorld } from '../../fixtures/ledger-world.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf, type ServerWorld, startServer, type TerminalId } from './server-world.ts';

const freshDatabase = useDatabases();

/** A terminal's ledger on a file, and its exchange with the server over HTTP. */
function terminal(world: ServerWorld, id: TerminalId, path?: string) {
  const {
    db,
    ledger,
    path: file,
  } = terminalWorld({
    terminal: id,
    station: id.slice(0, 2),
    clock: world.clock,
    ...(path === undefined ? {} : { path }),
  });
  onTestFinished(() => {
    db.close();
  });
  const link = createServerLink({ url: world.url, fetch: world.identityOf(id).fetch, timeoutMs: 10_000 });
  const exchange = createExchange({
    ledger,
    link,
    monotonic: world.clock.monotonic,
    onSending() {},
    log: pino({ level: 'silent' }),
  });
  const { signal } = new AbortController();
  return {
    db,
    file,
    ledger,
    sync: () => exchange(signal),
    ids: () => db.prepare<[], string>('SELECT id FROM events WHERE held = 0 ORDER BY id').pluck().all(),
    states: () => canonicalJson(db.prepare<[]>('SELECT subject, state FROM subjects ORDER BY subject').all()),
    ...draftsOf(id.slice(0, 2)),
  };
}

const idsOf = (events: readonly LedgerEvent[]) => events.map(({ id }) => id);
const storedIds = async (world: ServerWorld) => (await world.stored()).map(({ id }) => id);

describe.each(DATABASE_KINDS)('recovery on %s', (kind) => {
  test('a terminal whose disk was put back loses only what was on that disk alone, and goes on under a new name', async () => {
    const world = await startServer(await freshDatabase(kind));
    const first = terminal(world, 'LD-1');
    const before = first.ledger.append([first.lent(1)]);
    await first.sync();
    first.db.pragma('wal_checkpoint(TRUNCATE)');
    const old = join(temporaryFolder(), 'old.sqlite');
    copyFileSync(first.file, old);
    const between = first.ledger.append([first.returned(1), first.lent(2)]);
    expect(await first.sync()).toBeNull();

    const again = terminal(world, 'LD-1', old);
    const after = again.ledger.append([again.lent(3)]);
    expect(await again.sync()).toBeNull();
    expect(again.ledger.head().writer).toMatch(/^LD-1-r[0-9a-f]{6}$/);
    expect(await storedIds(world)).toEqual(idsOf([...before, ...between, ...after]));
    expect(again.ids().toSorted()).toEqual(idsOf([...before, ...between, ...after]).toSorted());
    expect(again.states()).toContain('HF-000002');
  });

  test('a new terminal starts from a snapshot and knows what one knows that was there from the start', async () => {
    const world = await startServer(await freshDatabase(kind));
    await world.server.log.append(seedDrafts());
    const old = terminal(world, 'LD-1');
    await old.sync();
    old.ledger.append([old.lent(1), old.returned(1), old.lent(2), old.taken(3)]);
    await old.sync();

    const fresh = terminal(world, 'LD-2');
    expect(await fresh.sync()).toBeNull();
    expect(fresh.ids()).toEqual([]);
    await old.sync();
    expect(fresh.states()).toBe(old.states());

    // Something from before the snapshot turns up: the subject's history is fetched.
    const late = terminal(world, 'LF-1');
    world.clock.pass(-3_600_000);
    late.ledger.append([late.lent(2)]);
    world.clock.pass(3_600_000);
    await late.sync();
    for (const each of [old, fresh]) expect(await each.sync()).toBeNull();
    expect(fresh.states()).toBe(old.states());
    expect(fresh.states()).toContain('lent-twice');
    expect(fresh.ids().length).toBeLessThan(old.ids().length);
  });

  test('a station sees its own supplies in the snapshot, and nobody else’s', async () => {
    const world = await startServer(await freshDatabase(kind));
    const [ld, lf] = [terminal(world, 'LD-1'), terminal(world, 'LF-1')];
    ld.ledger.append([ld.taken(1)]);
    lf.ledger.append([lf.taken(1)]);
    await ld.sync();
    await lf.sync();
    const fresh = terminal(world, 'LD-2');
    await fresh.sync();
    expect(fresh.states()).toContain('supply:LD/cup');
    expect(fresh.states()).not.toContain('supply:LF/cup');
  });

  test('what the server sets aside counts nowhere, and once a person lets it in, everywhere', async () => {
    const world = await startServer(await freshDatabase(kind));
    const ld = terminal(world, 'LD-1');
    world.clock.pass(30 * 3_600_000);
    const [ahead] = ld.ledger.append([ld.lent(1)]);
    world.clock.pass(-30 * 3_600_000);
    expect(await ld.sync()).toBeNull();
    expect(ld.states()).not.toContain('HF-000001');
    expect(await world.quarantined()).toMatchObject([{ code: 'ahead', terminal: 'LD-1' }]);

    const { db } = world.server.database;
    const { key } = await db.selectFrom('quarantine').select('key').executeTakeFirstOrThrow();
    await world.server.log.letIn(key, 'admin');
    expect(await ld.sync()).toBeNull();
    expect(ld.ids()).toEqual([ahead?.id]);
    expect(ld.states()).toContain('on-loan');
  });
});

test('a server put back from an older backup gets its lost days back from the stations', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'server.sqlite');
  const world = await startServer({ kind: 'sqlite', path });
  const [ld, lf] = [terminal(world, 'LD-1'), terminal(world, 'LF-1')];
  ld.ledger.append([ld.lent(1)]);
  await ld.sync();
  await lf.sync();
  const backup = join(folder, 'backup.sqlite');
  const copy = new Sqlite(path);
  await copy.backup(backup);
  copy.close();
  const { epoch } = await world.server.log.identity();

  ld.ledger.append([ld.returned(1), ld.lent(2)]);
  await ld.sync();
  const byAdmin = await world.server.log.append(seedDrafts().slice(0, 3));
  lf.ledger.append([lf.lent(3)]);
  await lf.sync();
  await ld.sync();
  const everything = (await storedIds(world)).toSorted();
  await world.close();

  const restored = await startServer({ kind: 'sqlite', path: backup });
  const [ldAgain, lfAgain] = [terminal(restored, 'LD-1', ld.file), terminal(restored, 'LF-1', lf.file)];
  // The admin goes on working before any station has called.
  const newer = await restored.server.log.append(seedDrafts().slice(3, 4));
  for (const each of [lfAgain, ldAgain, lfAgain]) expect(await each.sync()).toBeNull();
  expect((await restored.server.log.identity()).epoch).not.toBe(epoch);
  expect((await storedIds(restored)).toSorted()).toEqual(
    [...everything, ...newer.map(({ event }) => event.id)].toSorted(),
  );
  expect(byAdmin).toHaveLength(3);
  expect(ldAgain.states()).toBe(lfAgain.states());
});
