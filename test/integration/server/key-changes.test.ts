import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test } from 'vitest';
import { newNonce } from '#electron/core/identity/enrol.ts';
import { createIdentity } from '#electron/core/identity/identity.ts';
import type { KeyRing, KeyStore } from '#electron/core/identity/key-store.ts';
import { makeKey } from '#electron/core/identity/keys.ts';
import type { Fetch } from '#electron/core/identity/signing-fetch.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import { IDENTITY_PATHS } from '#shared/contract/identity.ts';
import { errorResponseSchema, SYNC_PATHS } from '#shared/contract/sync.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { startServer } from './server-world.ts';

const freshDatabase = useDatabases();
const HUNDRED_DAYS_MS = 100 * 86_400_000;
const silent = pino({ level: 'silent' });

/** Where the power goes: before or after the nth write of the key file, or before or after the server has the request. */
const CUTS = [
  'never',
  'before write 1',
  'after write 1',
  'before send',
  'after send',
  'before write 2',
  'after write 2',
];

/** LF-9, whose key is a hundred days old, and whose disk and network can be cut off. */
async function oldTerminal(kind: (typeof DATABASE_KINDS)[number]) {
  const world = await startServer(await freshDatabase(kind));
  const { clock, url, server } = world;
  const old = testIdentity(clock.now, makeKey(clock.now() - HUNDRED_DAYS_MS));
  const revocation = await server.terminals.register(server.database.db, {
    id: 'LF-9',
    station: 'LF',
    ...old.enrolled,
  });
  let ring: KeyRing | null = { current: old.key, next: null };
  let cut = 'never';
  let writes = 0;
  const at = (place: string) => {
    if (place === cut) throw new Error('power cut');
  };
  const keys: KeyStore = {
    kind: 'file',
    read: () => ring,
    write(next) {
      writes += 1;
      at(`before write ${writes}`);
      ring = next;
      at(`after write ${writes}`);
    },
    clear: () => {},
  };
  const cutFetch: Fetch = async (address, init) => {
    const rotating = address.endsWith(IDENTITY_PATHS.rotate);
    if (rotating) at('before send');
    const response = await fetch(address, init);
    if (rotating) at('after send');
    return response;
  };
  return {
    ...world,
    old,
    ring: () => ring,
    /** The terminal's process, begun anew with what is on its disk. */
    start: (where = 'never') => {
      cut = where;
      writes = 0;
      const identity = createIdentity({
        keys,
        serverUrl: url,
        revocation,
        fetch: cutFetch,
        now: clock.now,
        newNonce,
        onRevoked: () => {},
        log: silent,
      });
      return {
        changeKey: () => identity.keepFresh(),
        mayPull: async () => (await identity.fetch(url + SYNC_PATHS.snapshot, {})).status === 200,
      };
    },
  };
}

describe.each(DATABASE_KINDS)('changing a key on %s', (kind) => {
  test('an old key is changed; from the new one’s first use on it is the only one', async () => {
    const { old, ring, start, url } = await oldTerminal(kind);
    const terminal = start();
    expect(await terminal.mayPull()).toBe(true);
    await terminal.changeKey();
    expect(ring()).toMatchObject({ next: null });
    expect(ring()?.current).not.toEqual(old.key);
    // Not used yet: the old one still counts.
    expect((await old.fetch(url + SYNC_PATHS.snapshot, {})).status).toBe(200);
    expect(await terminal.mayPull()).toBe(true);
    const refused = await old.fetch(url + SYNC_PATHS.snapshot, {});
    expect(errorResponseSchema.parse(await refused.json()).error.code).toBe('unknown-terminal');
  });

  test('a young key is left alone', async () => {
    const { ring, start } = await oldTerminal(kind);
    const terminal = start();
    await terminal.changeKey();
    const young = ring();
    await terminal.changeKey();
    await start().changeKey();
    expect(ring()).toEqual(young);
  });

  const pairs = CUTS.flatMap((first) => (kind === 'sqlite' ? CUTS : ['never']).map((second) => [first, second]));
  test.each(pairs)(
    'cut off %s, then %s: there is a key that works at each moment, and in the end the new one',
    async (first = '', second = '') => {
      const { old, ring, start } = await oldTerminal(kind);
      for (const where of [first, second]) {
        await start(where).changeKey();
        const again = start();
        // What is heard with the next request must not depend on whether one came in between.
        const between = where === second ? await again.mayPull() : true;
        expect(between).toBe(true);
      }
      const last = start();
      await last.changeKey();
      expect(await last.mayPull()).toBe(true);
      expect(ring()).toMatchObject({ next: null });
      expect(ring()?.current).not.toEqual(old.key);
    },
  );

  test('without the new key’s own proof nothing is changed', async () => {
    const { old, url, server } = await oldTerminal(kind);
    const response = await old.fetch(url + IDENTITY_PATHS.rotate, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ publicKey: makeKey(0).x, proof: 'A'.repeat(86) }),
    });
    expect(errorResponseSchema.parse(await response.json()).error.code).toBe('bad-signature');
    expect(
      await server.database.db.selectFrom('terminal_keys').where('terminal', '=', 'LF-9').selectAll().execute(),
    ).toHaveLength(1);
  });
});

describe.each(DATABASE_KINDS)('revoking a terminal on %s', (kind) => {
  test('revoked-terminal: its next request is refused, and proves that it was the server', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { terminals } = world.server;
    expect((await world.get('LD-1', SYNC_PATHS.snapshot)).status).toBe(200);
    expect(await terminals.revoke('LD-1')).toBe(true);
    const response = await world.get('LD-1', SYNC_PATHS.snapshot);
    const { error } = errorResponseSchema.parse(await response.json());
    expect([response.status, error.code]).toEqual([403, 'revoked-terminal']);
    expect(sha256Text(String(error['revocation']))).toBe(world.identityOf('LD-1').revocation);
    expect((await world.get('LD-2', SYNC_PATHS.snapshot)).status).toBe(200);
  });

  test('only who has the key is told the word', async () => {
    const world = await startServer(await freshDatabase(kind));
    await world.server.terminals.revoke('LD-1');
    const stranger = testIdentity(world.clock.now);
    const signed = stranger.sign({ method: 'GET', target: SYNC_PATHS.snapshot, body: null });
    const input = (signed['signature-input'] ?? '').replace(stranger.keyid, world.identityOf('LD-1').keyid);
    const response = await fetch(world.url + SYNC_PATHS.snapshot, { headers: { ...signed, 'signature-input': input } });
    const text = await response.text();
    expect(text).toContain('bad-signature');
    expect(text).not.toContain('revocation');
  });

  test('its open poke stream ends at once, and others’ do not', async () => {
    const world = await startServer(await freshDatabase(kind));
    const open = async (id: 'LD-1' | 'LD-2') => {
      const leaving = new AbortController();
      onTestFinished(() => leaving.abort());
      const response = await world.get(id, SYNC_PATHS.poke, { signal: leaving.signal });
      let ended = false;
      void response.text().then(
        () => (ended = true),
        () => null,
      );
      return () => ended;
    };
    const [revoked, other] = [await open('LD-1'), await open('LD-2')];
    await world.server.terminals.revoke('LD-1');
    while (!revoked()) await sleep(5);
    expect(other()).toBe(false);
    expect((await world.get('LD-1', SYNC_PATHS.poke)).status).toBe(403);
  });

  test('what is not in service can’t be revoked; a code for it is void', async () => {
    const world = await startServer(await freshDatabase(kind));
    const { terminals, enrolment } = world.server;
    const { code } = await enrolment.issue({ station: 'LD', terminal: 'LD-1' });
    expect(await terminals.revoke('LD-1')).toBe(true);
    expect(await terminals.revoke('LD-1')).toBe(false);
    expect(await terminals.revoke('XX-1')).toBe(false);
    expect(await terminals.isActive('LD-1')).toBe(false);
    const { enrolled } = testIdentity(world.clock.now);
    expect(await enrolment.enrol({ ...enrolled, code }, '127.0.0.1')).toEqual({ ok: false, error: 'wrong-code' });
  });
});
