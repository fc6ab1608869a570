import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { v7 } from 'uuid';
import { openServerDatabase } from '#server/store/database.ts';
import { createEventLog } from '#server/store/event-log.ts';
import { createTerminals } from '#server/store/terminals.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { fold } from '#shared/ledger/fold.ts';
import { eventWriter, linesOf, TEN_O_CLOCK } from '../../fixtures/ledger-world.ts';
import { registerTerminal } from '../../fixtures/test-identity.ts';
import { DATABASE_KINDS, useDatabases } from './databases.ts';
import { draftsOf } from './server-world.ts';

const freshDatabase = useDatabases();
const WRITERS = [
  { id: 'LD-1', station: 'LD' },
  { id: 'LF-1', station: 'LF' },
] as const;

/** What happens at one of the two stations, some time after what happened last. */
const happening = fc.record({
  writer: fc.integer({ min: 0, max: 1 }),
  what: fc.constantFrom('registered', 'lent', 'returned', 'taken'),
  item: fc.integer({ min: 1, max: 3 }),
  /** Clocks differ and stand still. */
  pause: fc.integer({ min: 0, max: 3 }),
});

/** One push: whose, and which part of its log, as two places that may be anything. */
const delivery = fc.record({
  writer: fc.integer({ min: 0, max: 1 }),
  from: fc.nat({ max: 40 }),
  length: fc.integer({ min: 1, max: 12 }),
});

const world = fc.record({
  happenings: fc.array(happening, { minLength: 1, maxLength: 30 }),
  deliveries: fc.array(delivery, { maxLength: 12 }),
  /** How far the second station's clock is behind, milliseconds. */
  behind: fc.integer({ min: 0, max: 5 }),
});

function logsOf({
  happenings,
  behind,
}: {
  happenings: readonly (typeof happening extends fc.Arbitrary<infer T> ? T : never)[];
  behind: number;
}) {
  let ms = TEN_O_CLOCK;
  const writers = WRITERS.map(({ id, station }, place) => eventWriter(id, station, () => ms - place * behind));
  const logs: LedgerEvent[][] = [[], []];
  for (const { writer, what, item, pause } of happenings) {
    ms += pause;
    const drafts = draftsOf(WRITERS[writer]?.station ?? 'LD');
    const draft = what === 'taken' ? drafts.taken(item) : drafts[what](item);
    const event = writers[writer]?.(draft);
    if (event !== undefined) logs[writer]?.push(event);
  }
  return logs;
}

const header = (writer: string) => ({ writer, epoch: '', acked: 0 });

describe.each(DATABASE_KINDS)('delivery on %s', (kind) => {
  test('cut up, repeated and in any order, it ends in the fold of all events', async () => {
    const database = await openServerDatabase(await freshDatabase(kind));
    const log = createEventLog({ database, now: () => TEN_O_CLOCK, newId: () => v7() });
    const terminals = createTerminals(database, () => TEN_O_CLOCK);
    const { db } = database;

    await fc.assert(
      fc.asyncProperty(world, async ({ happenings, deliveries, behind }) => {
        for (const table of ['events', 'subjects', 'quarantine', 'terminals', 'writers'] as const)
          await db.deleteFrom(table).execute();
        for (const writer of WRITERS) await registerTerminal({ terminals, database }, writer, () => TEN_O_CLOCK);
        const logs = logsOf({ happenings, behind });
        for (const { writer, from, length } of deliveries) {
          const { id } = WRITERS[writer] ?? WRITERS[0];
          await log.take(id, header(id), linesOf((logs[writer] ?? []).slice(from, from + length)));
        }
        // In the end each terminal sends what is not acknowledged, as it would after any disturbance.
        for (const [place, { id }] of WRITERS.entries()) {
          const { n } = await log.head(id);
          expect(await log.take(id, header(id), linesOf((logs[place] ?? []).slice(n)))).toMatchObject({
            acked: logs[place]?.length,
            refused: [],
          });
        }

        const all = logs.flat();
        const bySubject = Map.groupBy(all, ({ subject }) => subject);
        const wanted = [...bySubject].map(
          ([subject, events]) => [subject, canonicalJson(fold(subject, events))] as const,
        );
        const rows = await db.selectFrom('subjects').select(['subject', 'state']).execute();
        const held = rows.map(({ subject, state }) => [subject, canonicalJson(JSON.parse(state))] as const);
        expect(new Map(held)).toEqual(new Map(wanted));
        const stored = await db.selectFrom('events').select(['id', 'seq']).orderBy('seq').execute();
        expect(stored.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted());
        expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, place) => place + 1));
        expect(await db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
      }),
      { numRuns: kind === 'sqlite' ? 60 : 15 },
    );
    await database.close();
  });
});
