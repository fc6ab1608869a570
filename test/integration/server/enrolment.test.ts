import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { enrol } from '#electron/core/identity/enrol.ts';
import { sha256Text } from '#shared/ledger/chain.ts';
import { CODE_ALPHABET, IDENTITY_PATHS } from '#shared/contract/identity.ts';
import { SYNC_PATHS } from '#shared/contract/sync.ts';
import { COMMUNITY_KEY } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { startServer } from './server-world.ts';
import type { ServerOptions } from '#server/create-server.ts';

const freshDatabase = useDatabases();

async function world(kind: (typeof DATABASE_KINDS)[number], options: Partial<ServerOptions> = {}) {
  const logged: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
  const server = await startServer(await freshDatabase(kind), { logger, ...options });
  const { enrolment } = server.server;
  /** A machine that is no terminal yet, with its own idea of the time. */
  const machine = (now: () => number = server.clock.now) => {
    const identity = testIdentity(now);
    const keys = identity.store();
    return {
      ...identity,
      async enrol(code: string) {
        const deps = { keys, serverUrl: server.url, code, device: 'the machine', fetch, now };
        const answer = await enrol({ ...deps, log: pino({ level: 'silent' }) });
        if (answer.ok) return answer.value;
        return answer.error.kind === 'refused' ? answer.error.code : answer.error.detail;
      },
      mayPull: async () => (await identity.fetch(`${server.url}${SYNC_PATHS.snapshot}`, {})).status === 200,
    };
  };
  return { ...server, enrolment, machine, logged, issue: async () => (await enrolment.issue({ station: 'LF' })).code };
}

describe.each(DATABASE_KINDS)('enrolment on %s', (kind) => {
  test('a code makes a machine a terminal of the station, under the next free name', async () => {
    const { issue, machine, server, logged } = await world(kind);
    const code = await issue();
    expect(code).toMatch(new RegExp(`^[${CODE_ALPHABET}]{8}$`));
    const made = machine();
    expect(await made.mayPull()).toBe(false);
    const answer = await made.enrol(`${code.slice(0, 4)}-${code.slice(4).toLowerCase()}`);
    expect(answer).toMatchObject({ terminal: 'LF-2', station: 'LF', communityKey: COMMUNITY_KEY });
    expect(await made.mayPull()).toBe(true);
    expect((await server.terminals.list()).find(({ id }) => id === 'LF-2')).toMatchObject({
      device: 'the machine',
      keyStore: 'file',
      keyid: made.keyid,
      revokedMs: null,
    });
    expect(JSON.stringify(logged)).not.toContain(code);
  });

  test('only the hash of a code is kept', async () => {
    const { issue, server } = await world(kind);
    const code = await issue();
    const rows = await server.database.db.selectFrom('enrolment_codes').selectAll().execute();
    expect(rows).toMatchObject([{ code_hash: sha256Text(code), used_ms: null }]);
    expect(JSON.stringify(rows)).not.toContain(code);
  });

  test('a machine whose clock is years off is enrolled by the server’s clock', async () => {
    const { issue, machine } = await world(kind);
    expect(await machine(() => 0).enrol(await issue())).toMatchObject({ terminal: 'LF-2' });
  });

  test('an answer that was lost is given again, to the same key only', async () => {
    const { issue, machine } = await world(kind);
    const code = await issue();
    const made = machine();
    const answer = await made.enrol(code);
    expect(await made.enrol(code)).toEqual(answer);
    expect(await machine().enrol(code)).toBe('used-code');
  });

  test('two machines with the same code at once: one gets it', async () => {
    const { issue, machine } = await world(kind);
    const code = await issue();
    const answers = await Promise.all([machine().enrol(code), machine().enrol(code)]);
    expect(answers.map((answer) => (typeof answer === 'string' ? answer : 'enrolled')).sort()).toEqual([
      'enrolled',
      'used-code',
    ]);
  });

  test('wrong, used and expired codes are told apart, and a stranger stays one', async () => {
    const { issue, machine, clock, logged } = await world(kind);
    const late = machine();
    expect(await late.enrol('AAAA-AAAA')).toBe('wrong-code');
    expect(await late.enrol('no code')).toBe('wrong-code');
    const code = await issue();
    clock.pass(15 * 60_000);
    expect(await late.enrol(code)).toBe('expired-code');
    expect(await late.mayPull()).toBe(false);
    const used = await issue();
    await machine().enrol(used);
    expect(await late.enrol(used)).toBe('used-code');
    const refused = logged.flatMap((line) => /"refused":"([a-z-]+code)"/.exec(line)?.[1] ?? []);
    expect(refused).toEqual(['wrong-code', 'wrong-code', 'expired-code', 'used-code']);
  });

  test('who tries many codes has to wait, and then a right one is not listened to either', async () => {
    const { issue, machine, clock } = await world(kind);
    const guesser = machine();
    for (let guess = 0; guess < 10; guess += 1) expect(await guesser.enrol('AAAAAAAA')).toBe('wrong-code');
    expect(await guesser.enrol(await issue())).toBe('too-many-tries');
    clock.pass(16 * 60_000);
    expect(await guesser.enrol(await issue())).toMatchObject({ terminal: 'LF-2' });
  });

  test('from all addresses together there are so many tries', async () => {
    const { enrolment, machine } = await world(kind);
    const { enrolled } = machine();
    const tried = { ...enrolled, code: 'AAAAAAAA' };
    const answers: string[] = [];
    for (let guess = 0; guess < 201; guess += 1) {
      const answer = await enrolment.enrol(tried, `10.0.0.${guess}`);
      answers.push(answer.ok ? 'enrolled' : answer.error);
    }
    expect(answers.filter((answer) => answer === 'wrong-code')).toHaveLength(200);
    expect(answers.at(-1)).toBe('too-many-tries');
  });

  test('a key is enrolled only by who has it', async () => {
    const { issue, machine, url, logged } = await world(kind);
    const [thief, victim] = [machine(), machine()];
    const asked = { code: await issue(), publicKey: victim.key.x, device: '', keyStore: 'file' };
    const body = JSON.stringify(asked);
    const response = await thief.fetch(url + IDENTITY_PATHS.enrol, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([response.status, await response.text()]).toEqual([401, expect.stringContaining('bad-signature')]);
    expect(JSON.stringify(logged)).toContain('bad-signature');
    expect(await victim.enrol(asked.code)).toMatchObject({ terminal: 'LF-2' });
  });

  test('a terminal can be enrolled anew under its old name; its old key is nobody’s', async () => {
    const { enrolment, machine, get } = await world(kind);
    const { code } = await enrolment.issue({ station: 'LD', terminal: 'LD-1' });
    expect((await get('LD-1', SYNC_PATHS.snapshot)).status).toBe(200);
    expect(await machine().enrol(code)).toMatchObject({ terminal: 'LD-1', station: 'LD' });
    expect((await get('LD-1', SYNC_PATHS.snapshot)).status).toBe(401);
  });

  test('a server that was not given the community’s key enrols nobody, and the code stays good', async () => {
    const { issue, machine } = await world(kind, { communityKey: null });
    expect(await machine().enrol(await issue())).toBe('no-community-key');
  });

  test('what is no enrolment is refused', async () => {
    const { machine, url } = await world(kind);
    const made = machine();
    const post = async (body: string, type = 'application/json') => {
      const init = { method: 'POST', headers: { 'content-type': type }, body };
      return (await made.fetch(url + IDENTITY_PATHS.enrol, init)).status;
    };
    expect(await post('{')).toBe(400);
    expect(await post('{}')).toBe(400);
    expect(await post('{}', 'text/plain')).toBe(415);
    expect(await post(`"${'x'.repeat(5000)}"`)).toBe(413);
    const weird = { code: 'x', publicKey: 'A'.repeat(43), device: 'x', keyStore: 'file' };
    expect(await post(JSON.stringify(weird))).toBe(401);
  });

  test('names under which events were written are not given away', async () => {
    const { issue, machine, server } = await world(kind);
    await server.database.db
      .insertInto('writers')
      .values([
        { writer: 'LF-7-r3fa2c1', acked: 1, head_hash: 'ab'.repeat(32) },
        { writer: 'LD-9', acked: 1, head_hash: 'ab'.repeat(32) },
      ])
      .execute();
    expect(await machine().enrol(await issue())).toMatchObject({ terminal: 'LF-8' });
  });
});
