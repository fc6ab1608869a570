import { describe, expect, it, test } from 'vitest';
import { pino } from 'pino';
import { createCaretaker, type CaretakerDeps } from '#electron/core/storage/caretaker.ts';
import { nextBackupMs } from '#electron/core/storage/next-backup.ts';
import { hashOf, planSalvage } from '#electron/store/salvage-plan.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { ok } from '#shared/result.ts';
import { eventWriter, handClock, seedDrafts } from '../../fixtures/ledger-world.ts';

const at = (text: string) => Date.parse(text);

describe('the next daily backup', () => {
  test.each([
    [
      'in the night after the last',
      '2026-11-23T03:00:01+08:00',
      '2026-11-23T10:00:00+08:00',
      '2026-11-24T03:00:00+08:00',
    ],
    [
      'the same night for one made in the evening',
      '2026-11-22T22:00:00+08:00',
      '2026-11-22T23:00:00+08:00',
      '2026-11-23T03:00:00+08:00',
    ],
    [
      'soon, where the night was missed',
      '2026-11-20T03:00:00+08:00',
      '2026-11-23T08:00:00+08:00',
      '2026-11-23T08:02:00+08:00',
    ],
    ['soon, where there is none', null, '2026-11-23T08:00:00+08:00', '2026-11-23T08:02:00+08:00'],
    [
      'soon, where the last is of the future',
      '2031-01-01T00:00:00Z',
      '2026-11-23T08:00:00+08:00',
      '2026-11-23T08:02:00+08:00',
    ],
  ])('%s', (_what, last, now, due) => {
    expect(nextBackupMs(last === null ? null : at(last), at(now), 'Asia/Shanghai')).toBe(at(due));
  });
});

describe('the caretaker', () => {
  function world(change: Partial<CaretakerDeps> = {}) {
    const clock = handClock();
    const timers: { at: number; task: () => void }[] = [];
    const said: string[] = [];
    let last: number | null = null;
    const caretaker = createCaretaker({
      check: () => Promise.resolve({ kind: 'sound', version: 2 }),
      doubt: (why) => said.push(`doubt: ${why}`),
      backUp() {
        last = clock.now();
        said.push(`backup ${new Date(last).toISOString()}`);
        return Promise.resolve(ok({ path: 'x', kind: 'daily', ms: last, version: 2 } as const));
      },
      lastBackupMs: () => last,
      zone: 'Asia/Shanghai',
      now: clock.now,
      schedule(task, ms) {
        const timer = { at: clock.now() + ms, task };
        timers.push(timer);
        return () => void timers.splice(timers.indexOf(timer), 1);
      },
      onDoubt: () => said.push('said on the screen'),
      log: pino({ level: 'silent' }),
      ...change,
    });
    /** Lets time go by, timer after timer. */
    async function pass(ms: number): Promise<void> {
      const end = clock.now() + ms;
      for (;;) {
        const next = timers.toSorted((a, b) => a.at - b.at)[0];
        if (next === undefined || next.at > end) break;
        timers.splice(timers.indexOf(next), 1);
        clock.pass(Math.max(0, next.at - clock.now()));
        next.task();
        await new Promise((resolve) => setImmediate(resolve));
      }
      clock.pass(end - clock.now());
    }
    return { caretaker, said, pass, timers };
  }

  it('makes a backup soon after the first start, and then one a night', async () => {
    const { caretaker, said, pass } = world();
    caretaker.start();
    await pass(3 * 86_400_000);
    expect(said).toEqual([
      'backup 2026-11-23T02:02:00.000Z',
      'backup 2026-11-23T19:00:00.000Z',
      'backup 2026-11-24T19:00:00.000Z',
      'backup 2026-11-25T19:00:00.000Z',
    ]);
  });

  it('tries again after an hour where the disk was short', async () => {
    let tries = 0;
    const short = { ok: false, error: { kind: 'disk-short', freeBytes: 1, neededBytes: 2 } } as const;
    const { caretaker, pass } = world({
      backUp() {
        tries += 1;
        return Promise.resolve(short);
      },
    });
    caretaker.start();
    await pass(3 * 3_600_000 + 150_000);
    expect(tries).toBe(4);
  });

  it('says so, and tells the next start, where the whole look finds damage', async () => {
    const { caretaker, said, pass } = world({
      check: () => Promise.resolve({ kind: 'damaged', rolledBack: false, detail: 'page 7' }),
    });
    caretaker.start();
    await pass(30_000);
    expect(said).toEqual(['doubt: page 7', 'said on the screen']);
  });

  it('leaves no timer when it is stopped', async () => {
    const { caretaker, said, pass, timers } = world();
    caretaker.start();
    await caretaker.stop();
    await pass(86_400_000);
    expect([said, timers]).toEqual([[], []]);
  });
});

describe('what goes back into the log', () => {
  const write = eventWriter('LD-1', 'LD');
  const chain = seedDrafts().map(write);
  const hash = (n: number) => (n === 0 ? '0'.repeat(64) : hashOf(canonicalJson(chain[n - 1])));
  const head = (n: number) => ({ writer: 'LD-1', n, hash: hash(n) });
  const plan = (from: number, readable: typeof chain, claim: number | null = 9) =>
    planSalvage({
      head: head(from),
      claim: claim === null ? null : head(claim),
      has: (id) => chain.slice(0, from).some((event) => event.id === id),
      readable,
    });
  const ns = (events: readonly { n: number }[]) => events.map(({ n }) => n);

  it('the links behind the backup, in order, whatever order they are found in', () => {
    const { links, loose, complete } = plan(4, [...chain, ...chain].toReversed());
    expect([ns(links), ns(loose), complete]).toEqual([[5, 6, 7, 8, 9], [], true]);
  });

  it('what lies behind a gap is kept too, loose', () => {
    const { links, loose, complete } = plan(
      4,
      chain.filter(({ n }) => n !== 6),
    );
    expect([ns(links), ns(loose), complete]).toEqual([[5], [7, 8, 9], false]);
  });

  it('of two for one place the one that the next link names', () => {
    const forged = chain.map((event) => ({ ...event, body: { ...event.body, changed: true } }));
    const { links, loose } = plan(4, [...forged, ...chain]);
    expect(links).toEqual(chain.slice(4));
    expect(loose).toEqual([]);
  });

  it('nothing behind the head that the file itself names: that was never committed', () => {
    expect(ns(plan(4, chain, 6).links)).toEqual([5, 6]);
    expect(ns(plan(4, chain, null).links)).toEqual([5, 6, 7, 8, 9]);
  });
});
