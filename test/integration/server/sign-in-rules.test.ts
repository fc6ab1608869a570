import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLockOut } from '#server/people/lock-out.ts';
import { createSecondFactor } from '#server/people/second-factor.ts';
import { openServerDatabase, type ServerDatabase } from '#server/store/database.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEP_MS = 30_000;

let database: ServerDatabase;
beforeAll(async () => {
  database = await openServerDatabase({ kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') });
});
afterAll(() => database.close());

/** Each run is of other accounts and addresses; time only goes on. */
let run = 0;
let nowMs = Date.parse('2026-11-24T08:00:00Z');
const names = () => {
  run += 1;
  return { account: `account-${run}`, address: `address-${run}` };
};

const lockOut = () => createLockOut(database, () => nowMs);
const gaps = fc.array(fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 2 * HOUR })), {
  minLength: 1,
  maxLength: 60,
});

test('however guesses are spread, few are heard in any day; and who waits an hour is always heard', async () => {
  await fc.assert(
    fc.asyncProperty(gaps, async (waits) => {
      const { account, address } = names();
      const heard: number[] = [];
      for (const wait of waits) {
        nowMs += wait;
        if (await lockOut().take(account, address)) heard.push(nowMs);
      }
      // Five at once, then pauses of 1, 2, 4 ... 60 minutes, less one try forgotten in six hours.
      for (const at of heard) {
        expect(heard.filter((other) => other >= at && other < at + DAY).length).toBeLessThanOrEqual(5 + 6 + 24 + 4);
        expect(heard.filter((other) => other >= at && other < at + MINUTE).length).toBeLessThanOrEqual(5);
      }
      nowMs += HOUR + 1;
      expect(await lockOut().take(account, address)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

test('guesses at one account never shut out another at another address; a right one clears the account', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 5, max: 40 }), async (guesses) => {
      const [bad, good] = [names(), names()];
      for (let guess = 0; guess < guesses; guess += 1) await lockOut().take(bad.account, bad.address);
      expect(await lockOut().take(bad.account, good.address)).toBe(false);
      expect(await lockOut().take(good.account, good.address)).toBe(true);
      await lockOut().forget(bad.account);
      expect(await lockOut().take(bad.account, good.address)).toBe(true);
    }),
    { numRuns: 15 },
  );
});

test('a code of the app counts one step to either side of now, and never again, nor an older one after it', async () => {
  const factor = createSecondFactor({
    database,
    now: () => nowMs,
    newSecret: () => randomBytes(32).toString('base64url'),
  });
  const drifts = fc.array(
    fc.record({ wait: fc.integer({ min: 0, max: 3 * STEP_MS }), drift: fc.integer({ min: -3, max: 3 }) }),
    {
      minLength: 1,
      maxLength: 25,
    },
  );
  await fc.assert(
    fc.asyncProperty(drifts, async (tries) => {
      const { account } = names();
      await database.db
        .insertInto('accounts')
        .values({ account, name: account, roles: '[]', verifier: '', must_change: 0 })
        .execute();
      const { secret } = await factor.begin(account);
      const codeOfStep = (step: number) =>
        new TOTP({ secret: Secret.fromBase32(secret), period: 30, digits: 6 }).generate({ timestamp: step * STEP_MS });
      let last = Math.floor(nowMs / STEP_MS);
      expect(await factor.confirm(account, codeOfStep(last))).toHaveLength(8);
      for (const { wait, drift } of tries) {
        nowMs += wait;
        const current = Math.floor(nowMs / STEP_MS);
        const code = codeOfStep(current + drift);
        // By its digits: two steps may have the same.
        const step = [current - 1, current, current + 1].find((near) => near > last && codeOfStep(near) === code);
        expect(await factor.use(account, code)).toBe(step !== undefined);
        if (step !== undefined) last = step;
      }
    }),
    { numRuns: 25 },
  );
});
