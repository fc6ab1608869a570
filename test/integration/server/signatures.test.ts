import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { makeKey, signText } from '#electron/core/identity/keys.ts';
import { createNonces } from '#server/identity/nonces.ts';
import { SIGNATURE_LIFE_S, signatureField, toSign } from '#shared/identity/message-signature.ts';
import { NDJSON } from '#shared/contract/ndjson.ts';
import { errorResponseSchema, SYNC_PATHS } from '#shared/contract/sync.ts';
import { eventWriter } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf, pushBody, startServer } from './server-world.ts';

const freshDatabase = useDatabases();
const PULL = `${SYNC_PATHS.pull}?writer=LD-1&epoch=&acked=0&unsent=0&cursor=`;

async function world(kind: (typeof DATABASE_KINDS)[number]) {
  const logged: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const server = await startServer(await freshDatabase(kind), { logger });
  const ld = server.identityOf('LD-1');
  const call = (target: string, headers: Record<string, string>, init: RequestInit = {}) =>
    fetch(server.url + target, { ...init, headers });
  return {
    ...server,
    ld,
    call,
    get: (headers: Record<string, string>) => call(PULL, headers),
    /** LD-1's fields for a pull, signed with other parameters. */
    signed: (parameters: { created: number; expires?: number; nonce?: string }) => {
      const { created, expires = created + SIGNATURE_LIFE_S, nonce = 'A'.repeat(22) } = parameters;
      const stated = { created, expires, nonce, keyid: ld.keyid };
      const { base, input } = toSign({ method: 'GET', target: PULL, digest: null }, stated);
      return { 'signature-input': input, signature: signatureField(signText(ld.key, base).toString('base64')) };
    },
    /** What was answered, and what the log says of it. */
    outcome: async (answer: Promise<Response>) => {
      logged.length = 0;
      const response = await answer;
      if (response.ok) return 'let in';
      const { error } = errorResponseSchema.parse(await response.json());
      expect(error.message).not.toBe('');
      const refusals = logged.map((line) => JSON.parse(line) as { refused?: string }).filter(({ refused }) => refused);
      expect(refusals).toMatchObject([{ refused: error.code }]);
      return `${response.status} ${error.code}`;
    },
  };
}

describe.each(DATABASE_KINDS)('signed requests on %s', (kind) => {
  test('a request signed by a known key is let in', async () => {
    const { outcome, get, ld } = await world(kind);
    expect(await outcome(get(ld.sign({ method: 'GET', target: PULL, body: null })))).toBe('let in');
  });

  test('bytes are signed like text, and a request for the head only like one for the whole', async () => {
    const { outcome, ld, url, stored } = await world(kind);
    const body = Buffer.from(pushBody('LD-1', [eventWriter('LD-1', 'LD')(draftsOf('LD').lent(1, undefined, '王*春'))]));
    const push = { method: 'POST', headers: { 'content-type': NDJSON }, body: new Uint8Array(body) };
    expect(await outcome(ld.fetch(url + SYNC_PATHS.push, push))).toBe('let in');
    expect(await stored()).toHaveLength(1);
    expect(await outcome(ld.fetch(url + PULL, { method: 'HEAD' }))).toBe('let in');
  });

  test('unknown-terminal: nobody has this key', async () => {
    const { outcome, get, clock } = await world(kind);
    const stranger = testIdentity(clock.now);
    expect(await outcome(get(stranger.sign({ method: 'GET', target: PULL, body: null })))).toBe('401 unknown-terminal');
  });

  test('bad-signature: none, or not of the profile', async () => {
    const { outcome, get, ld } = await world(kind);
    const good = ld.sign({ method: 'GET', target: PULL, body: null });
    const input = good['signature-input'] ?? '';
    for (const headers of [
      {},
      { authorization: 'Bearer token-of-LD-1-in-tests' },
      { 'signature-input': input },
      { signature: good['signature'] ?? '' },
      { ...good, signature: '' },
      { ...good, 'signature-input': input.replace('sig=', 'sig2=') },
      { ...good, 'signature-input': `${input}, other=()` },
    ]) {
      expect(await outcome(get(headers))).toBe('401 bad-signature');
    }
  });

  test('bad-signature: by another key under this one’s name', async () => {
    const { outcome, get, ld, signed, clock } = await world(kind);
    const other = makeKey(0);
    const created = clock.now() / 1000;
    const stated = { created, expires: created + 60, nonce: 'B'.repeat(22), keyid: ld.keyid };
    const { base } = toSign({ method: 'GET', target: PULL, digest: null }, stated);
    const forged = { ...signed({ created }), signature: signatureField(signText(other, base).toString('base64')) };
    expect(await outcome(get(forged))).toBe('401 bad-signature');
  });

  test('bad-signature: of another method, path, query or body', async () => {
    const { outcome, call, ld, stored } = await world(kind);
    const body = pushBody('LD-1', [eventWriter('LD-1', 'LD')(draftsOf('LD').lent(1))]);
    const headersFor = (method: string, target: string, signedBody: string | null) => ({
      ...ld.sign({ method, target, body: signedBody }),
      'content-type': NDJSON,
    });
    const post = { method: 'POST', body };
    const { push } = SYNC_PATHS;
    const wrong = [
      () => call(PULL, headersFor('POST', PULL, null)),
      () => call(PULL, headersFor('GET', SYNC_PATHS.pull, null)),
      () => call(PULL, headersFor('GET', `${PULL}1`, null)),
      () => call(push, headersFor('POST', SYNC_PATHS.giveBack, body), post),
      // Digest and signature fit each other, but not the body.
      () => call(push, headersFor('POST', push, `${body}\n`), post),
      // The digest fits the body, but is not the one that was signed.
      () =>
        call(
          push,
          { ...headersFor('POST', push, 'other'), ...digestOnly(ld.sign({ method: 'POST', target: push, body })) },
          post,
        ),
      // A body that was not signed at all.
      () => call(push, headersFor('POST', push, null), post),
    ];
    for (const answer of wrong) expect(await outcome(answer())).toBe('401 bad-signature');
    expect(await stored()).toEqual([]);
  });

  test('stale-request: too old, too new, or good for too long; the answer says what time it is', async () => {
    const { outcome, get, signed, clock, url } = await world(kind);
    clock.pass(600_000);
    const now = clock.now() / 1000;
    for (const parameters of [
      { created: now - 61 },
      { created: now + 31 },
      { created: now, expires: now + 61 },
      { created: now, expires: now },
      { created: now - 10, expires: now - 1 },
      { created: 0 },
      { created: 99_999_999_999 },
    ]) {
      expect([parameters, await outcome(get(signed(parameters)))]).toEqual([parameters, '401 stale-request']);
    }
    expect(await outcome(get(signed({ created: now - 60, nonce: 'C'.repeat(22) })))).toBe('let in');
    expect(await outcome(get(signed({ created: now + 30, nonce: 'D'.repeat(22) })))).toBe('let in');
    const { error } = errorResponseSchema.parse(
      await (await fetch(url + PULL, { headers: signed({ created: now - 61 }) })).json(),
    );
    expect(error.serverTime).toBe(clock.now());
  });

  test('stale-request: whatever was signed before the server started, for its nonces are not known', async () => {
    const { outcome, get, signed, clock } = await world(kind);
    const started = clock.now() / 1000;
    clock.pass(10_000);
    expect(await outcome(get(signed({ created: started - 2 })))).toBe('401 stale-request');
    expect(await outcome(get(signed({ created: started })))).toBe('let in');
  });

  test('a server whose clock was set back still listens', async () => {
    const { outcome, get, signed, clock } = await world(kind);
    clock.set(clock.now() - 3_600_000);
    expect(await outcome(get(signed({ created: clock.now() / 1000 })))).toBe('let in');
  });

  test('replayed-request: the same a second time, until it is stale', async () => {
    const { outcome, get, ld, clock } = await world(kind);
    const headers = ld.sign({ method: 'GET', target: PULL, body: null });
    expect(await outcome(get(headers))).toBe('let in');
    expect(await outcome(get(headers))).toBe('401 replayed-request');
    clock.pass(59_000);
    expect(await outcome(get(headers))).toBe('401 replayed-request');
    clock.pass(2_000);
    expect(await outcome(get(headers))).toBe('401 stale-request');
  });

  test('a push that is replayed is refused, and the log stays as it was', async () => {
    const { outcome, call, ld, stored } = await world(kind);
    const body = pushBody('LD-1', [eventWriter('LD-1', 'LD')(draftsOf('LD').lent(1))]);
    const signed = ld.sign({ method: 'POST', target: SYNC_PATHS.push, body });
    const again = () => call(SYNC_PATHS.push, { ...signed, 'content-type': NDJSON }, { method: 'POST', body });
    expect(await outcome(again())).toBe('let in');
    expect(await outcome(again())).toBe('401 replayed-request');
    expect(await stored()).toHaveLength(1);
  });
});

function digestOnly(headers: Record<string, string>): Record<string, string> {
  return { 'content-digest': headers['content-digest'] ?? '' };
}

describe('nonces', () => {
  test('are kept as long as they must be, each key has so many, and a clock set back forgets none', () => {
    let now = 1_000_000;
    const nonces = createNonces({ keptMs: 90_000, most: 3, now: () => now });
    expect(nonces.take('one', 'a')).toBe('new');
    now += 89_999;
    expect(nonces.take('one', 'a')).toBe('seen');
    expect(nonces.take('one', 'b')).toBe('new');
    expect(nonces.take('one', 'c')).toBe('new');
    expect(nonces.take('one', 'd')).toBe('too-many');
    expect(nonces.take('two', 'a')).toBe('new');
    now += 60_000;
    expect(nonces.take('one', 'b')).toBe('seen');
    expect(nonces.take('one', 'd')).toBe('new');
    now -= 500_000;
    expect(nonces.take('one', 'd')).toBe('seen');
    now += 1_000_000;
    expect(nonces.take('one', 'd')).toBe('new');
  });
});
