import { describe, expect, test } from 'vitest';
import { createLists } from '#server/console/lists.ts';
import type { EventDraft } from '#shared/ledger/event.ts';

import { eventWriter, seedDrafts } from '../../fixtures/ledger-world.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf, startServer } from './server-world.ts';

const freshDatabase = useDatabases();

const TOLD = '2026-11-26T23:59:00+08:00';
const HOLIDAY = '2026-11-27';

function serverDraft(subject: string, type: string, body: Record<string, unknown>): EventDraft {
  return { subject, type, v: 1, actor: { kind: 'system', id: 'server' }, scope: 'community', body };
}

function openFrom(span: string): EventDraft {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const week = Object.fromEntries(days.map((day) => [day, [span]]));
  const name = { zh: '柳度园', en: 'Liudu' };
  return serverDraft('station:LD', 'station.defined', { name, zone: 'Asia/Shanghai', week });
}

describe.each(DATABASE_KINDS)('changed hours on %s', (kind) => {
  test('re-date the open loans they touch, in lists and filters, and never to before what was told', async () => {
    const world = await startServer(await freshDatabase(kind));
    const lists = createLists(world.server.database, world.clock.now);
    const due = async (overdue?: boolean) => {
      const query = { page: 1, pageSize: 20, descending: false, sort: 'due', overdue } as const;
      return (await lists.loans(query)).rows.map((row) => [row.item, new Date(row.due).toISOString(), row.overdue]);
    };
    const { log } = world.server;
    await log.append(seedDrafts());
    await world.push('LD-1', [eventWriter('LD-1', 'LD')(draftsOf('LD').lent(1, TOLD))]);
    expect(await due()).toEqual([['HF-000001', '2026-11-26T15:59:00.000Z', false]]);

    await log.append([openFrom('07:00-22:00')]);
    expect(await due()).toEqual([['HF-000001', '2026-11-26T23:00:00.000Z', false]]);

    const holiday = (hours: string[] | null) =>
      serverDraft('calendar:community', 'calendar.day-set', { day: HOLIDAY, hours });
    await log.append([holiday([])]);
    world.clock.set(Date.parse('2026-11-27T12:00:00+08:00'));
    expect(await due(true)).toEqual([]);
    expect(await due(false)).toEqual([['HF-000001', '2026-11-27T23:00:00.000Z', false]]);

    await log.append([holiday(null), openFrom('00:00-24:00')]);
    expect(await due(true)).toEqual([['HF-000001', '2026-11-26T15:59:00.000Z', true]]);
  });
});
