import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { scopeOfKind, stationOfSubject } from '#shared/ledger/event-rules.ts';
import { eventBodies, type EventType, writersOf } from '#shared/ledger/event-types.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import { applyEvent, exceptionsOf, fold, initialState } from '#shared/ledger/fold.ts';
import type { SupplyState } from '#shared/ledger/fold-supply.ts';
import type { ItemState } from '#shared/ledger/item-state.ts';
import { needsRefold } from '#shared/ledger/needs-refold.ts';
import { compareEvents } from '#shared/ledger/order.ts';
import { event, eventList, ITEM, SUPPLY } from '../../fixtures/arbitrary-events.ts';

const KINDS = ['item', 'type', 'station', 'calendar', 'reservations', 'stocktake', 'borrower', 'supply', 'person'];

/** The same list and a shuffled one. */
const shuffled = (list: fc.Arbitrary<LedgerEvent[]>) =>
  list.chain((events) => fc.tuple(fc.constant(events), fc.shuffledSubarray(events, { minLength: events.length })));

describe.each(KINDS)('the fold of %s', (kind) => {
  const subject = `${kind}:${kind === 'supply' || kind === 'reservations' ? 'LD/cup' : 'HF-000001'}`;

  it('does not depend on the order in which events arrive, to the byte', () => {
    fc.assert(
      fc.property(shuffled(eventList(subject)), ([events, arrived]) => {
        expect(JSON.stringify(fold(subject, arrived))).toBe(JSON.stringify(fold(subject, events)));
      }),
      { numRuns: 60 },
    );
  });

  it('goes on from a stored state as if from the start, unless an event needs all of its history', () => {
    fc.assert(
      fc.property(eventList(subject), (events) => {
        let stored = JSON.stringify(initialState(subject));
        const before: LedgerEvent[] = [];
        for (const next of events.toSorted(compareEvents)) {
          before.push(next);
          const state = needsRefold(next) ? fold(subject, before) : applyEvent(JSON.parse(stored), next);
          stored = JSON.stringify(state);
          expect(stored).toBe(JSON.stringify(fold(subject, before)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes whatever passed the event’s schema, and gives JSON with one spelling', () => {
    fc.assert(
      fc.property(fc.array(event(subject, fc.dictionary(fc.string(), fc.jsonValue())), { maxLength: 8 }), (events) => {
        for (const each of events) expect(eventSchema.safeParse(each).success).toBe(true);
        const state = fold(subject, events);
        expect(state).not.toBeNull();
        expect(JSON.parse(canonicalJson(state))).toEqual(state);
        expect(exceptionsOf(state!).every(({ event: id }) => events.some((each) => each.id === id))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('an item', () => {
  it('has one state: an open loan and on loan are the same, and nothing is in two places', () => {
    fc.assert(
      fc.property(eventList(ITEM), (events) => {
        const state = fold(ITEM, events) as ItemState;
        expect(state.status === 'on-loan').toBe(state.loan !== null);
        expect(state.status === 'in-transfer').toBe(state.transfer !== null);
        expect(state.loan !== null && state.transfer !== null).toBe(false);
        const resting = state.condition === 'good' ? 'in-stock' : state.condition;
        expect(state.loan !== null || state.transfer !== null || state.status === resting).toBe(true);
      }),
    );
  });

  it('stays small, however much happens to it', () => {
    fc.assert(
      fc.property(eventList(ITEM, 400), (events) => {
        expect(JSON.stringify(fold(ITEM, events)).length).toBeLessThan(16_000);
      }),
      { numRuns: 10 },
    );
  });

  it('after the undoing of an event is what it would be without it; undoing that brings it back', () => {
    fc.assert(
      fc.property(eventList(ITEM), fc.nat(), (list, pick) => {
        const events = list.filter((each) => !needsRefold(each)).toSorted(compareEvents);
        fc.pre(events.length > 0);
        const target = events[pick % events.length]!;
        const last = events.at(-1)!;
        const correction = (n: number, of: string): LedgerEvent => ({
          ...last,
          id: `${last.id.slice(0, -4)}fff${n}`,
          hlc: `9${last.hlc.slice(1)}`,
          n,
          type: 'item.undone',
          v: 1,
          body: { event: of, reason: '扫错了' },
        });
        const undo = correction(1, target.id);
        expect(fold(ITEM, [...events, undo])).toEqual(
          fold(
            ITEM,
            events.filter((each) => each !== target),
          ),
        );
        expect(fold(ITEM, [...events, undo, correction(2, undo.id)])).toEqual(fold(ITEM, events));
      }),
    );
  });
});

describe('a supply', () => {
  it('has the count of a naive model that goes through the events in order', () => {
    fc.assert(
      fc.property(shuffled(eventList(SUPPLY)), ([events, arrived]) => {
        const sorted = events.toSorted(compareEvents);
        const undone = new Set<string>();
        for (const [index, each] of [...sorted.entries()].toReversed()) {
          const before = sorted.slice(0, index).some(({ id }) => id === each.body['event']);
          if (each.type === 'supply.undone' && before && !undone.has(each.id)) undone.add(String(each.body['event']));
        }
        let count = 0;
        for (const { id, type, body } of sorted) {
          if (undone.has(id)) continue;
          const by = Number(body['count']);
          if (type === 'supply.counted') count = by;
          if (type === 'supply.taken') count -= by;
          if (type === 'supply.refilled') count += by;
        }
        expect((fold(SUPPLY, arrived) as SupplyState).count).toBe(count);
      }),
    );
  });
});

describe('rules about kinds and types', () => {
  it('every kind that is folded has a scope, and no other kind has one', () => {
    for (const kind of KINDS) expect(scopeOfKind(kind)).not.toBeNull();
    for (const kind of ['constructor', 'umbrella', '']) {
      expect(scopeOfKind(kind)).toBeNull();
      expect(initialState(`${kind}:x`)).toBeNull();
    }
    expect([scopeOfKind('item'), scopeOfKind('supply'), scopeOfKind('person')]).toEqual([
      'community',
      'station',
      'server',
    ]);
    expect(stationOfSubject('supply:LD/cup')).toBe('LD');
  });

  it('definitions, people and the calendar are written by the server, facts by anyone', () => {
    const types = Object.keys(eventBodies) as EventType[];
    expect(types.filter((type) => writersOf(type) === 'server').sort()).toEqual([
      'borrower.blocked',
      'borrower.unblocked',
      'calendar.day-set',
      'person.registered',
      'station.day-set',
      'station.defined',
      'type.defined',
    ]);
    expect(writersOf('umbrella.polished')).toBe('anyone');
  });
});
