import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createKiosk } from '#electron/core/kiosk.ts';
import { watchSource } from '#electron/core/kiosk-router.ts';
import { SHEET_DELAYS } from '#electron/core/lending/session.ts';
import { type KioskView, kioskViewSchema } from '#shared/contract/kiosk.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { COMMUNITY_KEY, seededTerminalWorld } from '../../fixtures/ledger-world.ts';

/** The example number of GB 11643-1999, and a synthetic name. */
const CARD = { type: 'citizen', number: '11010519491231002X', name: '测示员' } as const;

function kioskWorld() {
  const world = seededTerminalWorld();
  const written: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void written.push(line) });
  let monotonic = 0;
  let due: { task: () => void; at: number } | null = null;
  const kiosk = createKiosk({
    ledger: world.ledger,
    queries: world.queries,
    terminal: 'LD-1',
    station: 'LD',
    zone: 'Asia/Shanghai',
    communityKey: COMMUNITY_KEY,
    delays: SHEET_DELAYS,
    monotonic: () => monotonic,
    schedule(task, ms) {
      due = { task, at: monotonic + ms };
      return () => {
        due = null;
      };
    },
    log,
  });
  return {
    ...world,
    kiosk,
    written,
    pass(ms: number): void {
      monotonic += ms;
      if (due !== null && due.at <= monotonic) {
        const { task } = due;
        due = null;
        task();
      }
    },
  };
}

describe('the kiosk', () => {
  it('says so where the database fails while it is open', () => {
    const { kiosk, db } = kioskWorld();
    const views: KioskView[] = [];
    kiosk.subscribe((view) => views.push(kioskViewSchema.parse(view)));
    kiosk.scanned(itemLabel('HF-000001'));
    db.close();
    kiosk.scanned(itemLabel('HF-000002'));
    kiosk.cardShown(CARD);
    kiosk.devicesChanged({ scanner: 'ready', cardReader: 'ready', icCardReader: null });
    expect(views.map(({ fault }) => fault)).toEqual([null, 'database', 'database', 'database']);
  });

  it('shows a loan only when it is on the disk', () => {
    const { kiosk, queries } = kioskWorld();
    const statuses: unknown[] = [];
    kiosk.subscribe((view) => {
      if (view.sheet.kind === 'borrow') {
        statuses.push([view.sheet.lines[0]?.outcome.kind, queries.item('HF-000001')?.status]);
      }
    });
    kiosk.scanned(itemLabel('HF-000001'));
    kiosk.cardShown(CARD);
    expect(statuses).toEqual([['lent', 'on-loan']]);
  });

  it('every view is one that the contract allows', () => {
    const world = kioskWorld();
    const { kiosk } = world;
    const views: KioskView[] = [];
    kiosk.subscribe((view) => views.push(kioskViewSchema.parse(view)));
    kiosk.scanned('nonsense');
    kiosk.scanned(itemLabel('HF-000004'));
    kiosk.cardShown(CARD);
    kiosk.act({ kind: 'done' });
    kiosk.scanned(itemLabel('HF-000001'));
    world.pass(SHEET_DELAYS.card + 10);
    expect(views.map((view) => view.sheet.kind)).toEqual(['unknown', 'card', 'borrow', 'receipt', 'card', 'idle']);
  });

  it('lends to a foreign resident whose card of 2017 has 15 characters', () => {
    const { kiosk } = kioskWorld();
    kiosk.scanned(itemLabel('HF-000001'));
    kiosk.cardShown({ type: 'I', number: 'XXA110080010101', name: 'TESTER, ALICE' });
    expect(kiosk.view().sheet).toMatchObject({
      kind: 'borrow',
      borrower: { name: 'T* A*' },
      lines: [{ outcome: { kind: 'lent' } }],
    });
  });

  it('lets neither number nor full name out: not on the screen, in the database or in the log', () => {
    const { kiosk, db, written, path } = kioskWorld();
    const views: string[] = [];
    kiosk.subscribe((view) => views.push(JSON.stringify(view)));
    kiosk.scanned(itemLabel('HF-000001'));
    kiosk.cardShown(CARD);
    kiosk.cardShown({ ...CARD, number: '110105194912310021' });
    const rows = db.prepare('SELECT json FROM events UNION ALL SELECT state FROM subjects').all();
    const everything = [JSON.stringify(rows), ...views, ...written].join('\n');
    expect(everything).toContain('测*员');
    for (const secret of [CARD.number, CARD.name, '110105194912310021', COMMUNITY_KEY]) {
      expect(everything).not.toContain(secret);
    }
    expect(path).toContain('terminal.sqlite');
  });

  it('says that nothing was recorded when the disk refuses, and goes on when it works again', () => {
    const { kiosk, db, queries } = kioskWorld();
    kiosk.scanned(itemLabel('HF-000001'));
    db.exec("CREATE TRIGGER full BEFORE INSERT ON events BEGIN SELECT RAISE(ABORT, 'disk full'); END");
    kiosk.cardShown(CARD);
    const { sheet } = kiosk.view();
    expect(sheet).toMatchObject({ kind: 'card', notice: { kind: 'not-recorded' } });
    expect(queries.item('HF-000001')?.status).toBe('in-stock');
    db.exec('DROP TRIGGER full');
    kiosk.cardShown(CARD);
    expect(kiosk.view().sheet.kind).toBe('borrow');
    expect(queries.item('HF-000001')?.status).toBe('on-loan');
  });

  it('counts what can be borrowed here, and follows what other stations do', () => {
    const { kiosk, ledger } = kioskWorld();
    const stock = () => kiosk.view().stock.map(({ type, available }) => [type, available]);
    expect(stock()).toEqual([
      ['umbrella', 3],
      ['power-bank', 1],
    ]);
    kiosk.scanned(itemLabel('HF-000001'));
    kiosk.cardShown(CARD);
    expect(stock()[0]).toEqual(['umbrella', 2]);
    expect(ledger.head().n).toBe(1);
  });
});

describe('watching', () => {
  it('gives the view of now first, skips what was outdated before it was asked for, and ends when told to', async () => {
    const { kiosk } = kioskWorld();
    const leaving = new AbortController();
    const views = watchSource(kiosk, leaving.signal);
    expect((await views.next()).value?.sheet.kind).toBe('idle');
    kiosk.scanned(itemLabel('HF-000001'));
    kiosk.scanned(itemLabel('HF-000002'));
    const next = await views.next();
    expect(next.value?.sheet).toMatchObject({ kind: 'card', lines: [{ item: 'HF-000001' }, { item: 'HF-000002' }] });
    const ended = views.next();
    leaving.abort();
    expect((await ended).done).toBe(true);
  });
});
