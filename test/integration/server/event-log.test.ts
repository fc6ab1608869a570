import { describe, expect, onTestFinished, test } from 'vitest';
import { v7 } from 'uuid';
import { canonicalJson, chainFault, CHAIN_EMPTY, hashEvent, sha256Text, type ChainHead } from '#shared/ledger/chain.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import { parseHlc } from '#shared/ledger/clock.ts';
import { openServerDatabase } from '#server/store/database.ts';
import { createEventLog, type EventLog } from '#server/store/event-log.ts';
import { createTerminals } from '#server/store/terminals.ts';
import { eventWriter, handClock, seedDrafts, TEN_O_CLOCK } from '../../fixtures/ledger-world.ts';
import { registerTerminal } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf } from './server-world.ts';

const freshDatabase = useDatabases();

/** A page under a device's own name, as from a first contact. */
function taking(log: EventLog, device: string, page: readonly unknown[]) {
  return log.take(
    device,
    { writer: device, epoch: '', acked: 0 },
    page.map((each) => JSON.stringify(each)),
  );
}

describe.each(DATABASE_KINDS)('the event log on %s', (kind) => {
  async function openLog() {
    const clock = handClock();
    const database = await openServerDatabase(await freshDatabase(kind));
    onTestFinished(() => database.close());
    const log = createEventLog({ database, now: clock.now, newId: () => v7() });
    const terminals = createTerminals(database, clock.now);
    for (const id of ['LD-1', 'LF-1'])
      await registerTerminal({ terminals, database }, { id, station: id.slice(0, 2) }, clock.now);
    const { db } = database;
    return {
      log,
      clock,
      db,
      ids: async () => (await db.selectFrom('events').select('id').orderBy('seq').execute()).map(({ id }) => id),
      seqs: async () => (await db.selectFrom('events').select('seq').orderBy('seq').execute()).map(({ seq }) => seq),
      quarantined: () => db.selectFrom('quarantine').select(['terminal', 'n', 'code', 'raw']).orderBy('code').execute(),
      state: async (subject: string): Promise<unknown> => {
        const row = await db.selectFrom('subjects').select('state').where('subject', '=', subject).executeTakeFirst();
        return row === undefined ? null : JSON.parse(row.state);
      },
    };
  }

  const { registered, lent, returned, taken, noted } = draftsOf('LD');

  test('a page is stored, numbered without gaps and folded', async () => {
    const { log, seqs, state } = await openLog();
    const write = eventWriter('LD-1', 'LD');
    const page = [registered(1), lent(1), taken(2)].map(write);
    expect(await taking(log, 'LD-1', page)).toMatchObject({
      acked: 3,
      refused: [],
      stored: [{ seq: 1 }, { seq: 2 }, { seq: 3 }],
    });
    expect(await seqs()).toEqual([1, 2, 3]);
    expect(await state('item:HF-000001')).toMatchObject({
      status: 'on-loan',
      loan: { name: '王*春', id: page[1]?.id },
    });
    expect(await state('supply:LD/cup')).toMatchObject({ count: -2 });
  });

  test('the same page again changes nothing', async () => {
    const { log, ids, quarantined } = await openLog();
    const page = [registered(1), lent(1)].map(eventWriter('LD-1', 'LD'));
    await taking(log, 'LD-1', page);
    expect(await taking(log, 'LD-1', page)).toMatchObject({ acked: 2, refused: [], stored: [] });
    expect(await ids()).toEqual(page.map(({ id }) => id));
    expect(await quarantined()).toEqual([]);
  });

  test('an event twice on one page is stored once', async () => {
    const { log, ids } = await openLog();
    const [first, second] = [registered(1), lent(1)].map(eventWriter('LD-1', 'LD'));
    expect(await taking(log, 'LD-1', [first, first, second, first])).toMatchObject({ acked: 2, refused: [] });
    expect(await ids()).toEqual([first?.id, second?.id]);
  });

  test('a page that begins where the last one was cut is taken from there on', async () => {
    const { log } = await openLog();
    const page = [registered(1), lent(1), returned(1)].map(eventWriter('LD-1', 'LD'));
    await taking(log, 'LD-1', page.slice(0, 2));
    expect(await taking(log, 'LD-1', page)).toMatchObject({ acked: 3, refused: [], stored: [{ seq: 3 }] });
  });

  test('what lies behind a gap is refused, kept aside, and taken once the gap is closed', async () => {
    const { log, ids, quarantined } = await openLog();
    const page = [registered(1), lent(1), returned(1)].map(eventWriter('LD-1', 'LD'));
    expect(await taking(log, 'LD-1', page.slice(1))).toMatchObject({
      acked: 0,
      refused: [
        { index: 0, code: 'gap' },
        { index: 1, code: 'gap' },
      ],
    });
    expect(await ids()).toEqual([]);
    expect(await quarantined()).toHaveLength(2);
    expect(await taking(log, 'LD-1', page)).toMatchObject({ acked: 3, refused: [] });
    expect(await quarantined()).toEqual([]);
  });

  test('a broken chain stops there; what came before it stands', async () => {
    const { log, quarantined } = await openLog();
    const write = eventWriter('LD-1', 'LD');
    const [first, second] = [registered(1), lent(1)].map(write);
    const broken = { ...second, prev: 'f'.repeat(64) };
    expect(await taking(log, 'LD-1', [first, broken])).toMatchObject({
      acked: 1,
      refused: [{ index: 1, code: 'wrong-chain' }],
    });
    const [kept] = await quarantined();
    expect(kept).toMatchObject({ terminal: 'LD-1', code: 'wrong-chain' });
    expect(JSON.parse(kept?.raw ?? '')).toEqual(broken);
    expect(await taking(log, 'LD-1', [second])).toMatchObject({ acked: 2, refused: [] });
  });

  test.each([
    ['another event', { id: v7() }],
    ['the same event with other contents', { body: { type: 'book', home: 'LD' } }],
  ])('%s at a place that is taken is a fork: of that page nothing is stored', async (_name, change) => {
    const { log, ids, quarantined } = await openLog();
    const write = eventWriter('LD-1', 'LD');
    const [first, second] = [registered(1), lent(1)].map(write);
    await taking(log, 'LD-1', [first]);
    expect(await taking(log, 'LD-1', [{ ...first, ...change }, second])).toEqual({ kind: 'forked', at: 1 });
    expect(await ids()).toEqual([first?.id]);
    expect(await quarantined()).toMatchObject([{ terminal: 'LD-1', code: 'forked-log' }]);
  });

  test('an event of another terminal is refused and does not block those behind it', async () => {
    const { log, ids } = await openLog();
    const foreign = eventWriter('LF-1', 'LF')(lent(7));
    const own = eventWriter('LD-1', 'LD')(lent(1));
    expect(await taking(log, 'LD-1', [foreign, own])).toMatchObject({
      acked: 1,
      refused: [{ index: 0, code: 'foreign-terminal' }],
    });
    expect(await ids()).toEqual([own.id]);
  });

  test('what is in the log under another name keeps its place, and is not stored twice', async () => {
    const { log, ids } = await openLog();
    const first = eventWriter('LF-1', 'LF')(lent(7));
    await taking(log, 'LF-1', [first]);
    const thief = { ...eventWriter('LD-1', 'LD')(lent(1)), id: first.id };
    expect(await taking(log, 'LD-1', [thief])).toMatchObject({
      acked: 1,
      refused: [{ code: 'known-elsewhere', held: true }],
    });
    expect(await ids()).toEqual([first.id]);
  });

  test('what is no event is kept in quarantine as it came, once', async () => {
    const { log, quarantined } = await openLog();
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 2000; depth += 1) deep = [deep];
    const event = eventWriter('LD-1', 'LD')(registered(1));
    const page: unknown[] = [
      null,
      'text',
      { ...event, n: 0 },
      { ...event, body: { half: '\ud800' } },
      { ...event, body: { deep } },
    ];
    const refused = page.map((_, index) => ({ index, code: 'malformed' }));
    expect(await taking(log, 'LD-1', page)).toMatchObject({ acked: 0, refused });
    expect(await taking(log, 'LD-1', page)).toMatchObject({ acked: 0, refused });
    const kept = await quarantined();
    expect(kept).toHaveLength(page.length);
    expect(kept.map(({ raw }) => raw)).toEqual(expect.arrayContaining(['null', '"text"']));
  });

  test('fields that this version does not know are stored with the event, and so is a type it can’t fold', async () => {
    const { log, db, state } = await openLog();
    const event = eventWriter(
      'LD-1',
      'LD',
    )({
      ...registered(1),
      subject: 'request:LD-1',
      type: 'request.filed',
      body: { text: '下水道堵了\u0000', later: { version: 9 } },
    });
    // The writer's own chain has no such field: this is what a later version might send.
    const later = { ...event, signature: 'later' };
    expect(await taking(log, 'LD-1', [later])).toMatchObject({ acked: 1, refused: [] });
    const row = await db.selectFrom('events').select('json').executeTakeFirstOrThrow();
    expect(JSON.parse(row.json)).toEqual(later);
    expect(await state('request:LD-1')).toBeNull();
  });

  test('texts with NUL in names and types reach the lists without it', async () => {
    const { log, state } = await openLog();
    const write = eventWriter('LD-1', 'LD');
    const page = [write(registered(1, 'umb\u0000rella')), write(lent(1, '2026-11-26T23:59:00+08:00', '王\u0000春'))];
    expect(await taking(log, 'LD-1', page)).toMatchObject({ acked: 2, refused: [] });
    expect(await state('item:HF-000001')).toMatchObject({ type: 'umb\u0000rella' });
  });

  test('a late event is folded where it belongs', async () => {
    const { log, state } = await openLog();
    const early = eventWriter('LF-1', 'LF', () => TEN_O_CLOCK)(draftsOf('LF').lent(1));
    const late = eventWriter('LD-1', 'LD', () => TEN_O_CLOCK + 60_000)(returned(1, early.id));
    await taking(log, 'LD-1', [late]);
    expect(await state('item:HF-000001')).toMatchObject({ exceptions: [{ kind: 'returned-unlent' }] });
    await taking(log, 'LF-1', [early]);
    expect(await state('item:HF-000001')).toMatchObject({ status: 'in-stock', station: 'LD', exceptions: [] });
  });

  test('the server’s own events form a chain with a clock later than all it has seen', async () => {
    const { log, db, clock } = await openLog();
    const ahead = TEN_O_CLOCK + 5 * 60_000;
    await taking(log, 'LD-1', [eventWriter('LD-1', 'LD', () => ahead)(lent(1))]);
    await log.append(seedDrafts().slice(0, 2));
    clock.set(TEN_O_CLOCK - 3_600_000);
    await log.append(seedDrafts().slice(2, 4));
    const rows = await db.selectFrom('events').select('json').where('terminal', '=', 'server').orderBy('seq').execute();
    const own = rows.map(({ json }) => eventSchema.parse(JSON.parse(json)));
    let head: ChainHead = CHAIN_EMPTY;
    let last = ahead;
    for (const event of own) {
      expect(chainFault(head, event)).toBeNull();
      head = { n: event.n, hash: hashEvent(event) };
      expect(parseHlc(event.hlc).ms).toBeGreaterThanOrEqual(last);
      last = parseHlc(event.hlc).ms;
    }
    expect(own.map(({ hlc }) => hlc)).toEqual(own.map(({ hlc }) => hlc).toSorted());
    expect(own.map(({ clock: trust }) => trust)).toEqual(['trusted', 'trusted', 'doubted', 'doubted']);
  });

  test('an event 25 hours ahead is set aside and shown, loses nothing beside it, and a person can let it in', async () => {
    const { log, ids, db, state, quarantined } = await openLog();
    let now = TEN_O_CLOCK;
    const write = eventWriter('LD-1', 'LD', () => now);
    const before = write(registered(1));
    now += 25 * 3_600_000;
    const ahead = write(lent(1));
    now = TEN_O_CLOCK;
    const behind = write(registered(2));
    expect(await taking(log, 'LD-1', [before, ahead, behind])).toMatchObject({
      acked: 3,
      refused: [{ index: 1, code: 'ahead', held: true }],
    });
    expect(await ids()).toEqual([before.id, behind.id]);
    expect(await quarantined()).toMatchObject([{ terminal: 'LD-1', n: 2, code: 'ahead' }]);
    expect(await taking(log, 'LD-1', [ahead])).toMatchObject({ acked: 3, refused: [{ code: 'ahead', held: true }] });
    expect(await quarantined()).toHaveLength(1);

    const { key } = await db.selectFrom('quarantine').select('key').executeTakeFirstOrThrow();
    expect(await log.letIn(key, 'admin')).toBe(true);
    expect(await log.letIn(key, 'admin')).toBe(false);
    expect(await ids()).toEqual([before.id, behind.id, ahead.id]);
    expect(await state('item:HF-000001')).toMatchObject({ status: 'on-loan', loan: { id: ahead.id } });
    const [own] = await log.append(seedDrafts().slice(0, 1));
    expect(parseHlc(own?.event.hlc ?? '').ms).toBe(TEN_O_CLOCK);
  });

  test.each([
    ['of a type that only the server writes', 'not-allowed', { ...seedDrafts()[0] }],
    ['of another scope than its kind has', 'wrong-scope', { scope: 'server' }],
    ['that names another in its clock', 'malformed', { hlc: '001795400000000.00000.LF-1' }],
    ['with fields that are none', 'malformed', { body: 7 }],
  ] as const)('an event %s is set aside and does not block those behind it', async (_name, code, change) => {
    const { log, ids, quarantined } = await openLog();
    const write = eventWriter('LD-1', 'LD');
    const good = write(registered(1));
    const bad = { ...write(registered(2)), ...change };
    const next = { ...write(registered(3)), prev: sha256Text(canonicalJson(bad)) };
    expect(await taking(log, 'LD-1', [good, bad, next])).toMatchObject({
      acked: 3,
      refused: [{ index: 1, code, held: true }],
    });
    expect(await ids()).toEqual([good.id, next.id]);
    expect(await quarantined()).toMatchObject([{ n: 2, code }]);
    expect(await taking(log, 'LD-1', [good, bad, next])).toMatchObject({
      acked: 3,
      refused: [{ index: 1, code, held: true }],
    });
  });

  test('an event of an unknown type is stored, and the sender is told', async () => {
    const { log, ids } = await openLog();
    const write = eventWriter('LD-1', 'LD');
    const page = [write(registered(1)), write(noted('1'))];
    expect(await taking(log, 'LD-1', page)).toMatchObject({ acked: 2, refused: [], unknownTypes: [1] });
    expect(await ids()).toEqual(page.map(({ id }) => id));
  });

  test('an append that fails leaves nothing behind and tells nobody', async () => {
    const { log, ids, db } = await openLog();
    const told: number[] = [];
    log.onStored((stored) => told.push(...stored.map(({ seq }) => seq)));
    const [first] = await log.append(seedDrafts().slice(0, 1));
    await db.schema.alterTable('subjects').renameTo('subjects_away').execute();
    await expect(log.append(seedDrafts().slice(1))).rejects.toThrow(/subjects/);
    await db.schema.alterTable('subjects_away').renameTo('subjects').execute();
    expect(await ids()).toEqual([first?.event.id]);
    expect(await log.append(seedDrafts().slice(1))).toMatchObject([{ seq: 2 }, {}, {}, {}, {}, {}, {}, {}]);
    expect(told).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('writers at the same time get numbers one after another', async () => {
    const { log, seqs } = await openLog();
    const [ld, lf] = [eventWriter('LD-1', 'LD'), eventWriter('LF-1', 'LF')];
    await Promise.all([
      taking(
        log,
        'LD-1',
        [1, 2, 3].map((item) => ld(lent(item))),
      ),
      taking(
        log,
        'LF-1',
        [4, 5, 6].map((item) => lf(lent(item))),
      ),
      log.append(seedDrafts()),
    ]);
    expect(await seqs()).toEqual(Array.from({ length: 15 }, (_, place) => place + 1));
  });

  test('what was stored is there after closing and opening again', async () => {
    const choice = await freshDatabase(kind);
    const page = [registered(1), lent(1)].map(eventWriter('LD-1', 'LD'));
    for (const expected of [
      { acked: 2, stored: [{}, {}] },
      { acked: 2, stored: [] },
    ]) {
      const database = await openServerDatabase(choice);
      const log = createEventLog({ database, now: Date.now, newId: () => v7() });
      const terminals = createTerminals(database, Date.now);
      await registerTerminal({ terminals, database }, { id: 'LD-1', station: 'LD' }, Date.now);
      expect(await taking(log, 'LD-1', page)).toMatchObject(expected);
      await database.close();
    }
  });
});
