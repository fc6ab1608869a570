import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, CHAIN_EMPTY, chainFault, hashEvent } from '#shared/ledger/chain.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import { fold } from '#shared/ledger/fold.ts';
import { eventWriter, handClock, pulled, seededTerminalWorld, terminalWorld } from '../../fixtures/ledger-world.ts';

const BORROWER = 'ab'.repeat(32);

function lent(item: string): EventDraft {
  return {
    subject: `item:${item}`,
    type: 'item.lent',
    v: 1,
    actor: { kind: 'resident', id: BORROWER },
    scope: 'community',
    body: { borrower: BORROWER, name: '王*春', due: '2026-11-26T23:59:00+08:00', station: 'LD' },
  };
}

function returned(item: string, station = 'LD'): EventDraft {
  return {
    subject: `item:${item}`,
    type: 'item.returned',
    v: 1,
    actor: { kind: 'system', id: station },
    scope: 'community',
    body: { station, loan: null },
  };
}

describe('the ledger of a terminal', () => {
  it('chains its events without gaps, also over a restart', () => {
    const first = seededTerminalWorld();
    const events = first.ledger.append([lent('HF-000001'), lent('HF-000002')]);
    first.db.close();
    const second = terminalWorld({ path: first.path });
    events.push(...second.ledger.append([returned('HF-000001')]));

    let head = CHAIN_EMPTY;
    for (const event of events) {
      expect(chainFault(head, event)).toBeNull();
      head = { n: event.n, hash: hashEvent(event) };
    }
    expect(events.map((event) => event.n)).toEqual([1, 2, 3]);
  });

  it('lets nobody else write into its own chain', () => {
    const { ledger, queries } = seededTerminalWorld();
    const forged = eventWriter('LD-1', 'LD');
    ledger.takeIn(pulled([forged(lent('HF-000001')), forged(lent('HF-000002'))], 11));
    expect(queries.item('HF-000001')?.status).toBe('in-stock');
    expect(ledger.append([lent('HF-000003')]).map(({ n }) => n)).toEqual([1]);
    expect(ledger.unsent(10)).toHaveLength(1);
  });

  it('takes in events from the far future, and does not follow their clock', () => {
    const { ledger } = seededTerminalWorld();
    const write = eventWriter('LF-1', 'LF');
    const far = { ...write(lent('HF-000001')), hlc: '999999999999999.99999.LF-1' };
    ledger.takeIn(pulled([far], 10));
    const [own] = ledger.append([lent('HF-000003')]);
    expect(own?.hlc.slice(0, 13)).toBe(`00${handClock().now()}`.slice(0, 13));
    expect(ledger.unsent(10)).toEqual([canonicalJson(own)]);
  });

  it('never lets its clock go back, and doubts a wall clock that was set back', () => {
    const clock = handClock();
    const first = seededTerminalWorld({ clock });
    const [before] = first.ledger.append([lent('HF-000001')]);
    first.db.close();
    clock.pass(-3_600_000);
    const second = terminalWorld({ path: first.path, clock });
    const [after] = second.ledger.append([returned('HF-000001')]);
    expect(after!.hlc > before!.hlc).toBe(true);
    expect(before!.clock).toBe('trusted');
    expect(after!.clock).toBe('doubted');
    expect(after!.wall).toBe(before!.wall - 3_600_000);
  });

  it('writes all of a batch or nothing of it', () => {
    const { ledger, queries, db } = seededTerminalWorld();
    db.exec(
      "CREATE TRIGGER full BEFORE INSERT ON events WHEN NEW.subject = 'item:HF-000002' BEGIN SELECT RAISE(ABORT, 'disk full'); END",
    );
    expect(() => ledger.append([lent('HF-000001'), lent('HF-000002')])).toThrow('disk full');
    expect(queries.item('HF-000001')?.status).toBe('in-stock');
    expect(ledger.head().n).toBe(0);
    db.exec('DROP TRIGGER full');
    expect(ledger.append([lent('HF-000001')])[0]?.n).toBe(1);
  });

  it('tells listeners only after the commit', () => {
    const { ledger, db, queries } = seededTerminalWorld();
    const seen: (string | undefined)[] = [];
    ledger.onChange(() => seen.push(db.inTransaction ? 'inside' : queries.item('HF-000001')?.status));
    ledger.append([lent('HF-000001')]);
    expect(seen).toEqual(['on-loan']);
  });

  it('refuses to run on the database of another terminal', () => {
    const first = seededTerminalWorld();
    first.db.close();
    expect(() => terminalWorld({ path: first.path, terminal: 'LF-1' })).toThrow('belongs to terminal LD-1');
  });

  it('gives the same states whatever the order in which pages of others arrive', () => {
    const script = fc.array(
      fc.record({
        from: fc.constantFrom('LF-1', 'QH-1'),
        item: fc.constantFrom('HF-000001', 'HF-000002'),
        lends: fc.boolean(),
        gap: fc.integer({ min: 0, max: 5000 }),
      }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(script, fc.infiniteStream(fc.nat()), (steps, draws) => {
        const clock = handClock();
        const writers = { 'LF-1': eventWriter('LF-1', 'LF', clock.now), 'QH-1': eventWriter('QH-1', 'QH', clock.now) };
        const events = steps.map(({ from, item, lends, gap }) => {
          clock.pass(gap);
          return writers[from](lends ? lent(item) : returned(item, from.slice(0, 2)));
        });
        const shuffled = events.map((event) => ({ event, at: draws.next().value as number }));
        shuffled.sort((a, b) => a.at - b.at);
        const { ledger, store, db } = terminalWorld();
        for (const [index, { event }] of shuffled.entries()) ledger.takeIn(pulled([event, event], index + 1));
        for (const subject of new Set(events.map((event) => event.subject))) {
          const own = events.filter((event) => event.subject === subject);
          expect(store.subject(subject)?.state).toEqual(fold(subject, own));
        }
        db.close();
      }),
      { numRuns: 30 },
    );
  });
});
