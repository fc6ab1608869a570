import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256Text } from '#shared/ledger/chain.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { faultsOfLog, lostEvents, lostOutcomes } from '../../../scripts/kills/compare.ts';
import { planKills } from '../../../scripts/kills/plan.ts';
import { seeded } from '../../../scripts/kills/seeded.ts';

function event(n: number, type = 'item.lent', subject = 'item:HF-000001'): LedgerEvent {
  return {
    id: `0199aaaa-0000-7000-8000-${String(n).padStart(12, '0')}`,
    terminal: 'LF-1',
    n,
    prev: '0'.repeat(64),
    hlc: `001795400000000.${String(n).padStart(5, '0')}.LF-1`,
    wall: 1_795_400_000_000,
    clock: 'trusted',
    station: 'LF',
    subject,
    type,
    v: 1,
    actor: { kind: 'resident', id: 'somebody' },
    scope: 'community',
    body: {},
  };
}

const inLog = (events: readonly LedgerEvent[]) => events.map((each, index) => ({ seq: index + 1, event: each }));
const place = (each: LedgerEvent) => ({ writer: 'LF-1', n: each.n, hash: sha256Text(canonicalJson(each)) });

describe('acknowledged events', () => {
  const [one, two, three] = [event(1), event(2), event(3)];

  test('are there in the log, or in quarantine at their place', () => {
    expect(lostEvents([one, two], { events: inLog([two]), aside: [place(one)] })).toEqual([]);
  });

  test('are lost where they are in neither', () => {
    const lost = lostEvents([one, two, three], { events: inLog([one]), aside: [place(three)] });
    expect(lost).toEqual([{ what: 'not-on-server', about: 'LF-1 2' }]);
  });

  test('must not be in both', () => {
    const lost = lostEvents([one], { events: inLog([one]), aside: [place(one)] });
    expect(lost).toEqual([{ what: 'twice', about: 'LF-1 1' }]);
  });

  test('must be what was sent', () => {
    const lost = lostEvents([one], { events: inLog([{ ...one, body: { station: 'LD' } }]), aside: [] });
    expect(lost).toEqual([{ what: 'changed', about: 'LF-1 1' }]);
  });

  test('any one that is taken away is missed', () => {
    const all = [event(1), event(2), event(3), event(4), event(5)];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4 }), (gone) => {
        const left = all.filter((_, index) => index !== gone);
        const lost = lostEvents(all, { events: inLog(left), aside: [] });
        expect(lost).toEqual([{ what: 'not-on-server', about: `LF-1 ${gone + 1}` }]);
      }),
    );
  });
});

test('a log has each event once, and no gap in its order', () => {
  const [one, two] = [event(1), event(2)];
  expect(faultsOfLog({ events: inLog([one, two]) })).toEqual([]);
  expect(faultsOfLog({ events: inLog([one, two, one]) })).toEqual([{ what: 'twice', about: one.id }]);
  expect(faultsOfLog({ events: [{ seq: 2, event: one }] })).toEqual([{ what: 'seq', about: '2 at place 1' }]);
});

describe('what the kiosk has shown', () => {
  const recorded = [event(1), event(2, 'item.returned'), event(3)];
  const shown = (...types: ('item.lent' | 'item.returned')[]) => types.map((type) => ({ item: 'HF-000001', type }));

  test('is recorded in that order, with more beside it', () => {
    expect(lostOutcomes(shown('item.lent', 'item.lent'), recorded)).toEqual([]);
    expect(lostOutcomes(shown('item.lent', 'item.returned', 'item.lent'), recorded)).toEqual([]);
  });

  test('is lost where it is not, or only for another item', () => {
    const about = 'HF-000001 item.returned';
    expect(lostOutcomes(shown('item.returned', 'item.returned'), recorded)).toEqual([{ what: 'not-recorded', about }]);
    const elsewhere = [event(1, 'item.returned', 'item:HF-000002')];
    expect(lostOutcomes(shown('item.returned'), elsewhere)).toEqual([{ what: 'not-recorded', about }]);
  });
});

test('kills are spread evenly, and the seed decides their order', () => {
  const plan = () => planKills(100, ['terminal', 'server'], true, seeded(7));
  const killsOf = (who: string) => plan().filter(({ victim }) => victim === who).length;
  expect(['terminal', 'server', 'postmaster'].map(killsOf)).toEqual([50, 50, 5]);
  expect(plan()).toEqual(plan());
  expect(planKills(100, ['terminal', 'server'], true, seeded(8))).not.toEqual(plan());
});
