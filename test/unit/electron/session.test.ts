import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Session,
  SESSION_START,
  type SessionFacts,
  type SessionInput,
  SHEET_DELAYS,
} from '#electron/core/lending/session.ts';
import { sessionFacts } from '#electron/core/lending/facts.ts';
import { stepSession } from '#electron/core/lending/step.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { seededTerminalWorld } from '../../fixtures/ledger-world.ts';

const WANG = { id: 'aa'.repeat(32), name: '王*春' };
const LI = { id: 'bb'.repeat(32), name: '李*夏' };

/** A desk with a real ledger behind it and a monotonic clock moved by hand. */
function desk() {
  const world = { ...seededTerminalWorld(), online: true };
  let session: Session = SESSION_START;
  let monotonic = 0;
  const facts = (): SessionFacts =>
    sessionFacts({
      queries: world.queries,
      station: 'LD',
      zone: 'Asia/Shanghai',
      now: world.clock.now(),
      monotonic,
      online: world.online,
      delays: SHEET_DELAYS,
    });
  const send = (input: SessionInput) => {
    const step = stepSession(session, input, facts());
    world.ledger.append(step.drafts);
    session = step.session;
    return step;
  };
  return {
    world,
    send,
    scan: (number: number) => send({ kind: 'scan', text: itemLabel(`HF-00000${number}`) }),
    card: (holder: { id: string; name: string }) => send({ kind: 'card', holder }),
    wait(ms: number) {
      monotonic += ms;
      return send({ kind: 'time' });
    },
    session: () => session,
    outcomes: () => (session.phase === 'idle' ? [] : session.lines.map((line) => line.outcome.kind)),
    notice: () => (session.phase === 'idle' ? null : (session.notice?.kind ?? null)),
    status: (number: number) => world.queries.item(`HF-00000${number}`)?.status,
  };
}

describe('borrowing', () => {
  it('scan, card, lent: due at the end of the third day', () => {
    const d = desk();
    d.scan(1);
    expect(d.session().phase).toBe('card');
    expect(d.status(1)).toBe('in-stock');
    d.card(WANG);
    expect(d.session().phase).toBe('borrow');
    expect(d.status(1)).toBe('on-loan');
    expect(d.world.queries.item('HF-000001')?.loan).toMatchObject({ name: '王*春', due: '2026-11-26T23:59:00+08:00' });
  });

  it('card first, then every scan is lent at once; hours end to the minute', () => {
    const d = desk();
    d.card(WANG);
    d.scan(4);
    expect(d.world.queries.item('HF-000004')?.loan?.due).toBe('2026-11-23T14:00:00+08:00');
  });

  it('a second scan of the same item changes nothing and says so', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    const again = d.scan(1);
    expect(again.drafts).toEqual([]);
    expect(d.notice()).toBe('already-lent');
    expect(d.status(1)).toBe('on-loan');
  });

  it('stops at the limit of the type, with what is already on record and what is on the sheet', () => {
    const d = desk();
    d.scan(1);
    d.scan(2);
    d.scan(3);
    d.card(WANG);
    expect(d.outcomes()).toEqual(['lent', 'lent', 'refused']);
    expect(d.status(3)).toBe('in-stock');
  });

  it('a tap on a lent line gives the item back', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    const current = d.session();
    const line = current.phase === 'idle' ? '' : current.lines[0]!.id;
    const step = d.send({ kind: 'act', action: { kind: 'take-back', line } });
    expect(step.drafts[0]?.body).toMatchObject({ undone: true });
    expect(d.status(1)).toBe('in-stock');
    expect(d.outcomes()).toEqual(['taken-back']);
    d.scan(1);
    expect(d.status(1)).toBe('on-loan');
  });

  it('another card starts anew and shows nothing of the person before', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    d.card(LI);
    expect(d.outcomes()).toEqual([]);
    d.scan(2);
    expect(d.world.queries.item('HF-000002')?.loan?.name).toBe('李*夏');
    expect(d.world.queries.item('HF-000001')?.loan?.name).toBe('王*春');
  });

  it('walking away closes the sheet and keeps the loan; a tap keeps it open longer', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    d.wait(SHEET_DELAYS.borrow - 1);
    expect(d.session().phase).toBe('borrow');
    d.send({ kind: 'act', action: { kind: 'stay' } });
    d.wait(SHEET_DELAYS.borrow - 1);
    expect(d.session().phase).toBe('borrow');
    d.wait(1);
    expect(d.session()).toEqual({ phase: 'idle', serial: expect.any(Number) as number });
    expect(d.status(1)).toBe('on-loan');
  });

  it('without a card nothing is lent', () => {
    const d = desk();
    d.scan(1);
    d.wait(SHEET_DELAYS.card);
    expect(d.session().phase).toBe('idle');
    expect(d.world.ledger.head().n).toBe(0);
  });
});

describe('returning', () => {
  it('needs no card and works from the idle screen', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    d.send({ kind: 'act', action: { kind: 'leave' } });
    d.scan(1);
    expect(d.session().phase).toBe('return');
    expect(d.outcomes()).toEqual(['returned']);
    expect(d.status(1)).toBe('in-stock');
  });

  it('says kindly that it was late', () => {
    const d = desk();
    d.card(WANG);
    d.scan(4);
    d.send({ kind: 'act', action: { kind: 'leave' } });
    d.world.clock.pass(5 * 3_600_000);
    d.scan(4);
    const current = d.session();
    expect(current.phase === 'idle' ? null : current.lines[0]!.outcome).toEqual({
      kind: 'returned',
      name: '王*春',
      late: true,
    });
  });

  it('a second scan on the same sheet does not lend it again', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    d.send({ kind: 'act', action: { kind: 'leave' } });
    d.scan(1);
    d.scan(1);
    expect(d.notice()).toBe('already-returned');
    expect(d.status(1)).toBe('in-stock');
  });

  it('a scan on the receipt of the same item does not return it by mistake', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    d.send({ kind: 'act', action: { kind: 'done' } });
    expect(d.session().phase).toBe('receipt');
    d.scan(1);
    expect(d.status(1)).toBe('on-loan');
    expect(d.notice()).toBe('already-lent');
  });
});

describe('the rules at the desk', () => {
  const TODAY = '2026-11-23';
  const umbrella = { name: { zh: '雨伞', en: 'Umbrella' }, icon: 'umbrella', period: 'P3D', limit: 2, rank: 1 };

  function fact(subject: string, type: string, body: Record<string, unknown>): EventDraft {
    return { subject, type, v: 1, actor: { kind: 'staff', id: 'gate-3' }, scope: 'community', body };
  }
  const reserved = (holder: typeof WANG) =>
    fact('reservations:LD/umbrella', 'reservations.made', {
      borrower: holder.id,
      name: holder.name,
      day: TODAY,
      part: 'day',
    });

  /** The outcome of Wang's borrowing of item 1, after these facts. */
  function borrowing(...facts: EventDraft[]) {
    const d = desk();
    d.world.ledger.append(facts);
    const borrow = () => {
      d.scan(1);
      d.card(WANG);
      const now = d.session();
      return now.phase === 'idle' ? null : now.lines.at(-1)!.outcome;
    };
    return { ...d, borrow };
  }

  it.each([
    ['blocked', fact(`borrower:${WANG.id}`, 'borrower.blocked', { until: null })],
    ['unattended', fact('type:umbrella', 'type.defined', { ...umbrella, unattended: false })],
  ])('%s: not lent, and the line says why', (reason, ...facts) => {
    const d = borrowing(...facts);
    expect(d.borrow()).toEqual({ kind: 'refused', reason });
    expect(d.status(1)).toBe('in-stock');
  });

  it('what is only taken back while offline is lent when the server is there', () => {
    const d = borrowing(fact('type:umbrella', 'type.defined', { ...umbrella, offline: 'return-only' }));
    d.world.online = false;
    expect(d.borrow()).toEqual({ kind: 'refused', reason: 'offline' });
    d.send({ kind: 'act', action: { kind: 'leave' } });
    d.world.online = true;
    expect(d.borrow()).toMatchObject({ kind: 'lent' });
  });

  it('something overdue comes back first', () => {
    const d = borrowing();
    d.card(WANG);
    d.scan(4);
    d.send({ kind: 'act', action: { kind: 'leave' } });
    d.world.clock.pass(5 * 3_600_000);
    expect(d.borrow()).toEqual({ kind: 'refused', reason: 'overdue', count: 1 });
    d.send({ kind: 'act', action: { kind: 'leave' } });
    d.scan(4);
    d.send({ kind: 'act', action: { kind: 'leave' } });
    expect(d.borrow()).toMatchObject({ kind: 'lent' });
  });

  it('of three umbrellas three are kept for others: none is left for somebody without a reservation', () => {
    const d = borrowing(
      reserved(LI),
      reserved({ ...LI, id: 'cc'.repeat(32) }),
      reserved({ ...LI, id: 'dd'.repeat(32) }),
    );
    expect(d.borrow()).toEqual({ kind: 'refused', reason: 'reserved' });
  });

  it('who reserved one gets it, and the reservation is over', () => {
    const d = borrowing(reserved(WANG));
    expect(d.borrow()).toMatchObject({ kind: 'lent' });
    expect(d.world.queries.reservations('LD', 'umbrella')).toEqual([]);
  });

  it.each(['damaged', 'set-aside', 'retired'])('a %s item is not for loan, said before a card is asked for', (as) => {
    const d = borrowing(fact('item:HF-000001', 'item.marked', { as }));
    d.scan(1);
    expect([d.session().phase, d.notice()]).toEqual(['unknown', 'not-for-loan']);
    expect(d.status(1)).toBe(as);
  });

  it('a lost item that is scanned is found', () => {
    const d = borrowing(fact('item:HF-000001', 'item.marked', { as: 'lost' }));
    d.scan(1);
    expect(d.outcomes()).toEqual(['returned']);
    expect(d.world.queries.item('HF-000001')).toMatchObject({ status: 'in-stock', exceptions: [] });
  });

  it('an item on its way is received where it is scanned, and can be lent there', () => {
    const d = borrowing(fact('item:HF-000001', 'item.transfer-opened', { from: 'LF', to: 'LD' }));
    d.scan(1);
    expect(d.world.queries.item('HF-000001')).toMatchObject({ status: 'in-stock', station: 'LD', transfer: null });
    d.card(WANG);
    expect(d.status(1)).toBe('on-loan');
  });

  it('a station that closes at night has its loans due in the morning', () => {
    const week = Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['07:00-22:00']]),
    );
    const name = { zh: '柳度园', en: 'Liudu' };
    const d = borrowing(fact('station:LD', 'station.defined', { name, zone: 'Asia/Shanghai', week }));
    expect(d.borrow()).toEqual({ kind: 'lent', due: '2026-11-27T07:00:00+08:00' });
  });
});

describe('what leads nowhere', () => {
  it.each([
    ['6901234567892', 'unknown-code'],
    ['HF-000001-00', 'unknown-code'],
    [itemLabel('HF-000099'), 'unknown-item'],
    ['<script>alert(1)</script>', 'unknown-code'],
  ] as const)('%s: %s, and nothing is recorded', (text, notice) => {
    const d = desk();
    const step = d.send({ kind: 'scan', text });
    expect(step.drafts).toEqual([]);
    expect(d.session().phase).toBe('unknown');
    expect(d.notice()).toBe(notice);
  });

  it('a scanned ID number is not repeated on the screen', () => {
    const d = desk();
    d.send({ kind: 'scan', text: '11010519491231002x' });
    expect(d.notice()).toBe('unknown-code');
    expect(JSON.stringify(d.session())).not.toContain('110105');
  });

  it('an unknown code does not close the sheet of who is borrowing', () => {
    const d = desk();
    d.card(WANG);
    d.scan(1);
    d.send({ kind: 'scan', text: 'nonsense' });
    expect(d.session().phase).toBe('borrow');
    expect(d.outcomes()).toEqual(['lent']);
  });
});

describe('whatever people do', () => {
  const input = fc.oneof(
    fc.record({
      kind: fc.constant('scan' as const),
      text: fc.constantFrom(1, 2, 3, 4, 5).map((n) => itemLabel(`HF-00000${n}`)),
    }),
    fc.record({ kind: fc.constant('scan' as const), text: fc.string() }),
    fc.record({ kind: fc.constant('card' as const), holder: fc.constantFrom(WANG, LI) }),
    fc.constantFrom<SessionInput>(
      { kind: 'card-unreadable' },
      { kind: 'other-card' },
      { kind: 'not-recorded' },
      { kind: 'time' },
    ),
    fc.record({
      kind: fc.constant('act' as const),
      action: fc.oneof(
        fc.constantFrom({ kind: 'done' as const }, { kind: 'leave' as const }, { kind: 'stay' as const }),
        fc.record({ kind: fc.constant('take-back' as const), line: fc.nat({ max: 12 }).map(String) }),
      ),
    }),
  );

  it('what the sheet says was recorded is what the ledger says, and idle remembers nobody', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(input, fc.constantFrom(0, 10, 40_000)), { maxLength: 25 }), (script) => {
        const d = desk();
        for (const [step, pause] of script) {
          d.wait(pause);
          d.send(step);
          const now = d.session();
          const open = now.phase === 'idle' ? null : now;
          expect(Object.keys(now).sort().slice(0, 2)).toEqual(
            open === null ? ['phase', 'serial'] : ['endsAt', 'holder'],
          );
          const last = new Map(open?.lines.map((line) => [line.item, line.outcome.kind]));
          const shown = [...last].map(([item, outcome]) => [item, outcome === 'lent' ? open?.holder?.id : null]);
          const recorded = [...last.keys()].map((item) => [item, d.world.queries.item(item)?.loan?.borrower ?? null]);
          expect(recorded).toEqual(shown);
          for (const holder of [WANG, LI]) {
            const umbrellas = d.world.queries.heldBy(holder.id).filter(({ state }) => state.type === 'umbrella');
            expect(umbrellas.length).toBeLessThanOrEqual(2);
          }
        }
        const exceptions = [1, 2, 3, 4, 5].flatMap((n) => d.world.queries.item(`HF-00000${n}`)!.exceptions);
        expect(exceptions).toEqual([]);
        d.world.db.close();
      }),
      { numRuns: 60 },
    );
  });
});
