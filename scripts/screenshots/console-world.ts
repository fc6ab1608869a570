import { fillReleases } from './console-releases.ts';
import { keyidOf, makeKey } from '#electron/core/identity/keys.ts';
import type { Server } from '#server/create-server.ts';
import { prepareDemo } from '#server/seed/prepare-demo.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { eventWriter } from '../../test/fixtures/ledger-world.ts';
import { refusedDraft, refusedPages } from '../../test/fixtures/refused-events.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The server's clock: it can be set back, so that what is in the pictures was done over days, not all at once. */
export interface WorldClock {
  readonly now: () => number;
  /** From now on it runs so many milliseconds behind. */
  readonly setBack: (ms: number) => void;
}

export function createWorldClock(): WorldClock {
  let behind = 0;
  return {
    now: () => Date.now() - behind,
    setBack(ms) {
      behind = ms;
    },
  };
}

const system = { kind: 'system', id: 'screenshots' } as const;

function lent(station: string, item: number, name: string, dueInHours: number): EventDraft {
  return {
    subject: `item:${itemKey(item)}`,
    type: 'item.lent',
    v: 1,
    actor: system,
    scope: 'community',
    body: {
      borrower: String(item).padStart(64, '0'),
      name,
      due: new Date(Date.now() + dueInHours * HOUR).toISOString(),
      station,
    },
  };
}

function returned(station: string, item: number): EventDraft {
  return {
    subject: `item:${itemKey(item)}`,
    type: 'item.returned',
    v: 1,
    actor: system,
    scope: 'community',
    body: { station, loan: null },
  };
}

/** Loans of every kind: due in days, late by hours, late by days, one lent twice, one given back. */
function daysAgo(): EventDraft[] {
  return [
    lent('LD', 86, '王*春', 50),
    lent('LD', 87, '阿*江', -7),
    lent('LD', 90, '李*', -60),
    lent('LD', 94, '张*梅', 3),
    lent('LD', 94, '赵*平', 4),
    returned('LD', 86),
  ];
}

/** How long ago, in milliseconds, and what: a day at the stations as it goes on. */
const TODAY: readonly (readonly [number, EventDraft])[] = [
  [5 * HOUR, lent('LF', 10, '周*', 67)],
  [2 * HOUR, lent('DC', 42, '陈*英', 48)],
  [50 * MINUTE, lent('CH', 82, '孙*', 4)],
  [26 * MINUTE, returned('DC', 42)],
  [9 * MINUTE, lent('YR', 55, '吴*华', 72)],
  [2 * MINUTE, lent('LD', 97, '郑*', 50)],
];

/**
 * Terminals and how long ago each was heard: most just now, XY's for hours no more; QH's is put out of service and YJ has
 * none yet. LF's keeps its key in the system.
 */
const HEARD_AGO: readonly (readonly [string, number])[] = [
  ['QH-1', 4 * DAY],
  ['XY-1', 5 * HOUR],
  ['CH-1', 2 * MINUTE],
  ['DX-1', 2 * MINUTE],
  ['XG-1', 2 * MINUTE],
  ['LF-1', MINUTE],
  ['YR-1', MINUTE],
  ['MX-1', MINUTE],
  ['DC-1', 0],
  ['LD-1', 0],
  ['JL-1', 0],
];

async function enrolTerminals({ terminals, database }: Server): Promise<void> {
  for (const id of HEARD_AGO.map(([name]) => name).toSorted()) {
    const key = makeKey(Date.now());
    const keyStore = id === 'LF-1' ? 'os' : 'file';
    const named = { id, station: id.slice(0, 2), device: `kiosk-${id}`, keyStore } as const;
    await terminals.register(database.db, { ...named, publicKey: key.x, keyid: keyidOf(key) });
  }
}

/** One entry of every code, a long one of markup, and one that was let in. */
async function setAside({ log, database }: Server, now: () => number): Promise<void> {
  const known = eventWriter('LF-1', 'LF', now)(refusedDraft(120, 'LF'));
  const send = (writer: string, events: readonly unknown[]) =>
    log.take(
      writer,
      { writer, epoch: '', acked: 0 },
      events.map((event) => (typeof event === 'string' ? event : canonicalJson(event))),
    );
  await send('LF-1', [known]);
  for (const { events } of refusedPages('LD-1', known, now)) await send('LD-1', events);
  await send('LF-1', [`{"type":"<img src=x onerror=alert(1)>","note":"</textarea><b>${'雨伞 '.repeat(40_000)}</b>"}`]);
  const ahead = eventWriter('LF-2', 'LF', () => now() + 50 * HOUR);
  await send('LF-2', [ahead(refusedDraft(121, 'LF'))]);
  const { key } = await database.db
    .selectFrom('quarantine')
    .select('key')
    .where('terminal', '=', 'LF-2')
    .executeTakeFirstOrThrow();
  await log.letIn(key, 'admin');
}

/** The ledger and the terminals of a community that has worked for four days; the clock is right again afterwards. */
export async function fillConsoleWorld(server: Server, clock: WorldClock, adminPassword: string): Promise<void> {
  clock.setBack(4 * DAY);
  await prepareDemo(server, { communityKey: 'ab'.repeat(32), adminPassword }, clock.now);
  await server.log.append(daysAgo());
  await enrolTerminals(server);
  await setAside(server, clock.now);
  for (const [ago, draft] of TODAY) {
    clock.setBack(ago);
    await server.log.append([draft]);
  }
  for (const [id, ago] of HEARD_AGO) {
    clock.setBack(ago);
    await server.terminals.heard(id);
  }
  clock.setBack(4 * DAY);
  await server.terminals.revoke('QH-1');
  clock.setBack(0);
  await fillReleases(server, clock);
}
