import fc from 'fast-check';
import { expect, it } from 'vitest';
import { STOCKTAKE_UNKNOWN } from '#shared/ledger/fold-stocktake.ts';
import { ITEM_STATUSES, ITEM_UNKNOWN, type ItemState, type Loan } from '#shared/ledger/item-state.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { knownItemTypeSchema } from '#shared/lending/item-type.ts';
import { type KeyedItem, limitsPassed } from '#shared/lending/merged.ts';
import { transferList } from '#shared/lending/redistribution.ts';
import { stocktakeLists } from '#shared/lending/stocktake.ts';

const STATIONS = ['LD', 'LF', 'QH', 'DC'];
const station = fc.constantFrom(...STATIONS);

const loan: fc.Arbitrary<Loan> = fc.record({
  id: fc.uuid(),
  borrower: fc.constantFrom('a', 'b').map((letter) => letter.repeat(64)),
  name: fc.constant('王*春'),
  due: fc.constant('2026-11-26T23:59:00+08:00'),
  since: fc.nat(999).map((ms) => `${String(ms).padStart(15, '0')}.00000.LD-1`),
  station,
  renewals: fc.constant(0),
  missing: fc.constant([]),
  override: fc.constant(null),
});
const state: fc.Arbitrary<ItemState> = fc
  .record({
    type: fc.constantFrom('umbrella', 'book'),
    home: station,
    station,
    loan,
    status: fc.constantFrom(...ITEM_STATUSES),
  })
  .map(({ loan: open, ...rest }) => ({ ...ITEM_UNKNOWN, ...rest, loan: rest.status === 'on-loan' ? open : null }));
const items: fc.Arbitrary<KeyedItem[]> = fc
  .array(state, { maxLength: 25 })
  .map((states) => states.map((each, place) => ({ key: itemKey(place), state: each })));

function shortfall(list: readonly KeyedItem[], targets: ReadonlyMap<string, number>): number {
  return [...targets].reduce((sum, [code, target]) => {
    const here = list.filter((each) => each.state.status === 'in-stock' && each.state.station === code).length;
    return sum + Math.max(0, target - here);
  }, 0);
}

it('the transfer list carries each item once, leaves nobody short, and as few wants open as the stock allows', () => {
  fc.assert(
    fc.property(items, fc.array(fc.nat(5), { minLength: 4, maxLength: 4 }), (list, counts) => {
      const umbrellas = list.filter((each) => each.state.type === 'umbrella');
      const targets = new Map(STATIONS.map((code, place) => [code, counts[place] ?? 0]));
      const carries = transferList(list, new Map([...targets].map(([code, umbrella]) => [code, { umbrella }])));
      const moved = new Map(carries.flatMap(({ to, items: keys }) => keys.map((key) => [key, to] as const)));
      expect(moved.size).toBe(carries.reduce((sum, { items: keys }) => sum + keys.length, 0));
      const after = umbrellas.map(({ key, state: before }) => ({
        key,
        state: { ...before, station: moved.get(key) ?? before.station },
      }));
      const stock = umbrellas.filter((each) => each.state.status === 'in-stock').length;
      const wanted = [...targets.values()].reduce((sum, target) => sum + target, 0);
      expect(shortfall(after, targets)).toBe(Math.max(0, wanted - stock));
      // Nothing moves that would only be wanted back.
      expect(moved.size).toBe(shortfall(umbrellas, targets) - shortfall(after, targets));
    }),
  );
});

it('in a stocktake every scanned code is on one list, and nothing scanned is missing', () => {
  fc.assert(
    fc.property(items, fc.uniqueArray(fc.nat(30), { maxLength: 20 }), (list, scanned) => {
      const scans = scanned.map((n) => ({ code: itemKey(n), item: itemKey(n), was: 'in-stock', times: 1 }));
      const { missing, ...seen } = stocktakeLists({ ...STOCKTAKE_UNKNOWN, station: 'LD', scans }, list);
      expect(Object.values(seen).flat().sort()).toEqual(scans.map(({ code }) => code).sort());
      for (const key of missing) expect(scans.map(({ code }) => code)).not.toContain(key);
    }),
  );
});

it('a limit is passed exactly where somebody holds more than one may', () => {
  const definition = { name: { zh: '物品', en: 'Item' }, icon: 'x', period: 'P3D', limit: 2, rank: 1 };
  const types = new Map(['umbrella', 'book'].map((type) => [type, knownItemTypeSchema.parse(definition)]));
  fc.assert(
    fc.property(items, (list) => {
      const held = Map.groupBy(
        list.filter((each) => each.state.loan !== null),
        (each) => `${each.state.loan?.borrower} ${each.state.type}`,
      );
      const naive = [...held].filter(([, own]) => own.length > 2).map(([key]) => key);
      expect(limitsPassed(list, types).map((each) => `${each.borrower} ${each.type}`)).toEqual(naive.sort());
    }),
  );
});
