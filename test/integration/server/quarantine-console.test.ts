import { describe, expect, test } from 'vitest';
import { refusalSchema } from '#shared/contract/sync.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { parseHlc } from '#shared/ledger/clock.ts';
import { eventWriter } from '../../fixtures/ledger-world.ts';
import { refusedPages } from '../../fixtures/refused-events.ts';
import { browser, codeOf, PASSWORD, signedIn } from './console-browser.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf, pushBody, type ServerWorld, startServer } from './server-world.ts';

const freshDatabase = useDatabases();
const HOUR_MS = 3_600_000;

type Kind = (typeof DATABASE_KINDS)[number];

/** A server with one entry of every code from LD-1, a second apart, and the admin's browser. */
async function withEntries(kind: Kind) {
  const world = await startServer(await freshDatabase(kind));
  const { client } = await signedIn(world);
  const elsewhere = eventWriter('LF-1', 'LF', world.clock.now)(draftsOf('LF').lent(1));
  await world.push('LF-1', [elsewhere]);
  const pages = refusedPages('LD-1', elsewhere, world.clock.now);
  for (const { events } of pages) {
    world.clock.pass(1000);
    await world.post('LD-1', pushBody('LD-1', events));
  }
  return { world, client, pages };
}

/** Pushes lines as LD-2, each alone, a second apart; what an entry says of each. */
async function entriesOf(world: ServerWorld, lines: readonly string[]) {
  const { client } = await signedIn(world);
  for (const line of lines) {
    world.clock.pass(1000);
    await world.post('LD-2', pushBody('LD-2', [line]));
  }
  const { rows } = await client.quarantine.list({ terminal: 'LD-2' });
  return Promise.all(rows.toReversed().map(({ key }) => client.quarantine.entry({ key })));
}

describe.each(DATABASE_KINDS)('what is set aside, on the console on %s', (kind) => {
  test('is listed newest first, for every code, with the raw text as it came', async () => {
    const { world, client, pages } = await withEntries(kind);
    expect(new Set(pages.map(({ code }) => code))).toEqual(new Set(refusalSchema.options));
    const { rows, total, terminals } = await client.quarantine.list({});
    expect(rows.map(({ code }) => code)).toEqual(pages.map(({ code }) => code).toReversed());
    expect([total, terminals]).toEqual([pages.length, ['LD-1']]);
    // Of one there is nothing to do.
    expect((await client.overview()).setAside).toBe(pages.length - 1);
    expect(rows[0]).toMatchObject({ terminal: 'LD-1', station: 'LD', receivedMs: world.clock.now(), settledMs: null });
    expect(rows.find(({ code }) => code === 'ahead')).toMatchObject({ type: 'item.lent', subject: 'item:HF-000105' });
    expect(rows.find(({ code }) => code === 'malformed')).toMatchObject({ type: null, subject: null });
    for (const [place, row] of rows.toReversed().entries()) {
      const sent = pages[place]?.events.at(-1);
      const entry = await client.quarantine.entry({ key: row.key });
      expect(entry).toEqual({
        ...row,
        raw: typeof sent === 'string' ? sent : canonicalJson(sent),
        mayLetIn: row.code === 'ahead',
      });
    }
  });

  test('is filtered and paged by the server', async () => {
    const { world, client } = await withEntries(kind);
    await world.post('LF-1', pushBody('LF-1', ['{"from":"LF"}']));
    const codes = async (query: Parameters<typeof client.quarantine.list>[0]) =>
      (await client.quarantine.list(query)).rows.map(({ code, terminal }) => `${terminal} ${code}`);
    expect(await codes({ code: 'malformed' })).toEqual(['LF-1 malformed', 'LD-1 malformed']);
    expect(await codes({ code: 'malformed', terminal: 'LD-1' })).toEqual(['LD-1 malformed']);
    expect(await codes({ terminal: 'LD-2' })).toEqual([]);
    const { rows, total, terminals } = await client.quarantine.list({ code: 'gap', page: 2, pageSize: 1 });
    expect([rows, total, terminals]).toEqual([[], 1, ['LD-1', 'LF-1']]);
    const all = await codes({ pageSize: 200 });
    const paged = [1, 2, 3, 4].map((page) => codes({ page, pageSize: 3 }));
    expect((await Promise.all(paged)).flat()).toEqual(all);
  });

  test('is let in by an admin, once; the fact stands and the entry stays as settled', async () => {
    const { world, client, pages } = await withEntries(kind);
    const [row] = (await client.quarantine.list({ code: 'ahead' })).rows;
    const key = row?.key ?? '';
    world.clock.pass(1000);
    expect(await client.quarantine.letIn({ key })).toEqual({});
    expect(await codeOf(client.quarantine.letIn({ key }))).toBe('NOT_TO_LET_IN');
    const [latest] = (await client.events.latest({ limit: 1 })).rows;
    expect(latest).toMatchObject({ terminal: 'server', subject: 'item:HF-000105', atMs: world.clock.now() });
    expect((await client.loans({ search: 'HF-000105' })).total).toBe(1);

    expect((await client.quarantine.list({ code: 'ahead' })).rows).toEqual([]);
    expect((await client.overview()).setAside).toBe(pages.length - 2);
    const settled = { settledMs: world.clock.now(), settledBy: 'admin' };
    expect((await client.quarantine.list({ code: 'ahead', settled: true })).rows).toEqual([{ ...row, ...settled }]);
    expect(await client.quarantine.entry({ key })).toMatchObject({ ...settled, mayLetIn: false });
    // Sent again, it is the same entry, and still settled.
    const again = pages.find(({ code }) => code === 'ahead')?.events ?? [];
    await world.post('LD-1', pushBody('LD-1', again));
    expect((await client.quarantine.list({ code: 'ahead' })).total).toBe(0);
  });

  test('is never let in for another reason than its clock', async () => {
    const { world, client } = await withEntries(kind);
    // A clock that is wrong does not make lawful what is not.
    const write = eventWriter('LD-2', 'LD', () => world.clock.now() + 30 * HOUR_MS);
    const draft = { ...draftsOf('LD').lent(3), scope: 'server' as const };
    expect(await world.push('LD-2', [write(draft)])).toMatchObject({ refused: [{ code: 'ahead' }] });
    const before = await world.stored();
    for (const { key, code, terminal } of (await client.quarantine.list({ pageSize: 200 })).rows) {
      if (code === 'ahead' && terminal === 'LD-1') continue;
      expect([code, (await client.quarantine.entry({ key }))?.mayLetIn]).toEqual([code, false]);
      expect([code, await codeOf(client.quarantine.letIn({ key }))]).toEqual([code, 'NOT_TO_LET_IN']);
    }
    for (const key of ['00'.repeat(32), 'ff'.repeat(32)]) {
      expect(await client.quarantine.entry({ key })).toBeNull();
      expect(await codeOf(client.quarantine.letIn({ key }))).toBe('NOT_TO_LET_IN');
    }
    expect(await codeOf(client.quarantine.entry({ key: "' or 1=1 --" }))).toBe('BAD_REQUEST');
    expect(await world.stored()).toEqual(before);
    expect((await client.quarantine.list({ settled: true, pageSize: 200 })).rows.every((row) => !row.settledBy)).toBe(
      true,
    );
  });

  test('is seen by all who are signed in, let in by admins alone, and by nobody else', async () => {
    const { world, client: adminClient } = await withEntries(kind);
    const key = (await adminClient.quarantine.list({ code: 'ahead' })).rows[0]?.key ?? '';
    const before = await world.stored();
    for (const [account, seeing, acting] of [
      ['dispatcher', 'none', 'FORBIDDEN'],
      ['auditor', 'none', 'FORBIDDEN'],
      [null, 'UNAUTHORIZED', 'UNAUTHORIZED'],
    ] as const) {
      const { client } = browser(world.url);
      if (account !== null) await client.session.signIn({ account, password: PASSWORD });
      expect([account, await codeOf(client.quarantine.list({}))]).toEqual([account, seeing]);
      expect([account, await codeOf(client.quarantine.entry({ key }))]).toEqual([account, seeing]);
      expect([account, await codeOf(client.quarantine.letIn({ key }))]).toEqual([account, acting]);
    }
    expect(await world.stored()).toEqual(before);
    expect((await adminClient.quarantine.list({ code: 'ahead' })).total).toBe(1);
  });

  test('goes from the list by itself once the gap before it is closed', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { client } = await signedIn(world);
    const write = eventWriter('LD-1', 'LD', world.clock.now);
    const [first, second] = [write(draftsOf('LD').lent(1)), write(draftsOf('LD').returned(1))];
    await world.push('LD-1', [second]);
    const [row] = (await client.quarantine.list({})).rows;
    expect(row).toMatchObject({ code: 'gap', type: 'item.returned' });
    await world.push('LD-1', [first, second]);
    expect((await client.quarantine.list({ settled: true })).rows).toEqual([]);
    expect(await client.quarantine.entry({ key: row?.key ?? '' })).toBeNull();
  });

  test('may be any text: nothing in it is believed, and it can be looked at', async () => {
    const world = await startServer(await freshDatabase(kind));
    const markup =
      '{"type":"<img src=x onerror=alert(1)>","subject":"item:HF-000001","body":"</pre><script>1</script>"}';
    const names = '{"__proto__":{"type":"item.lent"},"subject":"constructor:toString","type":"item.lent"}';
    const halves = String.raw`{"type":"item.lent","subject":"\ud800","body":"\udfff \ud83d"}`;
    const nul = String.raw`{"type":"item.lent","subject":"a:b\u0000c","body":"\u0000"}`;
    const bidi = '{"note":"\u202e\u2066abc"}';
    const endless = '{"n":1e999}';
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const long = `{"type":"item.lent","body":"${'多'.repeat(350_000)}"}`;
    const lines = [
      markup,
      names,
      halves,
      nul,
      `NUL \u0000 in the line`,
      bidi,
      '<svg onload=alert(1)>',
      endless,
      deep,
      long,
    ];
    const entries = await entriesOf(world, lines);
    expect(entries.map((entry) => entry?.code)).toEqual(lines.map(() => 'malformed'));
    const text = entries.map((entry) => entry?.raw ?? '');
    expect(JSON.parse(text[0] ?? '')).toEqual(JSON.parse(markup));
    expect(JSON.parse(text[2] ?? '')).toEqual(JSON.parse(halves));
    expect(JSON.parse(text[3] ?? '')).toEqual(JSON.parse(nul));
    expect(text[4]).toBe('NUL  in the line');
    expect(JSON.parse(text[5] ?? '')).toEqual(JSON.parse(bidi));
    expect(text[6]).toBe('<svg onload=alert(1)>');
    expect(text[9]).toHaveLength(long.length);
    expect(entries.map((entry) => [entry?.type, entry?.subject]).slice(0, 4)).toEqual([
      [null, 'item:HF-000001'],
      ['item.lent', 'constructor:toString'],
      ['item.lent', null],
      ['item.lent', null],
    ]);
    const { client } = await signedIn(world);
    const { rows } = await client.quarantine.list({});
    // A list does not read what is long; whoever opens it does.
    expect(rows[0]?.type).toBeNull();
    expect(entries[9]?.type).toBe('item.lent');
  });

  test('is not let in twice by two admins at once', async () => {
    const { world, client } = await withEntries(kind);
    const key = (await client.quarantine.list({ code: 'ahead' })).rows[0]?.key ?? '';
    const before = (await world.stored()).length;
    const codes = await Promise.all(Array.from({ length: 4 }, () => codeOf(client.quarantine.letIn({ key }))));
    expect(codes.toSorted()).toEqual(['NOT_TO_LET_IN', 'NOT_TO_LET_IN', 'NOT_TO_LET_IN', 'none']);
    expect(await world.stored()).toHaveLength(before + 1);
    expect(parseHlc(JSON.parse((await world.stored()).at(-1)?.json ?? '{}').hlc).ms).toBe(world.clock.now());
  });
});
