import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type Reading, type Receipt, readingSchema, receiptSchema } from '#shared/contract/content.ts';

/** What a report takes at most (reportSchema). */
const MOST_READINGS = 500;
const MOST_RECEIPTS = 100;

const readingRow = readingSchema.extend({ changed: z.int() });
const receiptRow = z.object({ leaflet: receiptSchema.shape.leaflet, version: z.int(), at_ms: z.int() });
const seqRow = z.object({ seq: z.int() });

/** What was counted of one leaflet. */
export type Counted = Partial<Pick<Reading, 'shown' | 'opened' | 'seconds'>>;

/** What is to be reported, and under which number; `acknowledge` says that the server has it. */
export interface ToReport {
  readonly seq: number;
  readonly readings: Reading[];
  readonly receipts: Receipt[];
  /** True: there is more for another report. */
  readonly acknowledge: () => boolean;
}

/** Readings and receipts until the server has them, on one open database. On the disk when a call returns. */
export function createContentReadings(db: Database) {
  const add = db.prepare(
    `INSERT INTO readings (day, leaflet, version, shown, opened, seconds, changed, acked) VALUES (?, ?, ?, ?, ?, ?, 1, 0)
     ON CONFLICT DO UPDATE SET shown = shown + excluded.shown, opened = opened + excluded.opened,
       seconds = seconds + excluded.seconds, changed = changed + 1`,
  );
  const confirm = db.prepare('INSERT OR IGNORE INTO receipts (leaflet, version, at_ms) VALUES (?, ?, ?)');
  const confirmed = db.prepare('SELECT leaflet, version, at_ms FROM receipts ORDER BY at_ms');
  const nextSeq = db.prepare('UPDATE head SET seq = seq + 1 RETURNING seq');
  const readings = db.prepare(
    `SELECT day, leaflet, version, shown, opened, seconds, changed FROM readings WHERE changed > acked
     ORDER BY day, leaflet, version LIMIT ${MOST_READINGS}`,
  );
  const receipts = db.prepare(
    `SELECT leaflet, version, at_ms FROM receipts WHERE acked = 0 ORDER BY at_ms LIMIT ${MOST_RECEIPTS}`,
  );
  const ackReading = db.prepare('UPDATE readings SET acked = ? WHERE day = ? AND leaflet = ? AND version = ?');
  const ackReceipt = db.prepare('UPDATE receipts SET acked = 1 WHERE leaflet = ? AND version = ?');
  // A clock that was put back a little must not begin a day's count anew: the last days stay.
  const sweep = db.prepare('DELETE FROM readings WHERE changed <= acked AND day < ?');
  const more = db.prepare(
    'SELECT EXISTS (SELECT 1 FROM readings WHERE changed > acked) OR EXISTS (SELECT 1 FROM receipts WHERE acked = 0)',
  );

  return {
    /** `day`: the local date. */
    count(day: string, leaflet: string, version: number, { shown = 0, opened = 0, seconds = 0 }: Counted): void {
      add.run(day, leaflet, version, shown, opened, seconds);
    },

    /** Somebody has read the emergency. The first tap counts. */
    confirm(leaflet: string, version: number, atMs: number): void {
      confirm.run(leaflet, version, atMs);
    },

    /** All that were confirmed here, as `id/version`. */
    confirmed: (): string[] =>
      z
        .array(receiptRow)
        .parse(confirmed.all())
        .map(({ leaflet, version }) => `${leaflet}/${version}`),

    /** What the server does not have yet, as far as one report takes it, oldest first; `keepFrom`: the first day that stays. */
    toReport(keepFrom: string): ToReport {
      return db
        .transaction((): ToReport => {
          const { seq } = seqRow.parse(nextSeq.get());
          const counted = z.array(readingRow).parse(readings.all());
          const read = z.array(receiptRow).parse(receipts.all());
          const acknowledge = db.transaction((): boolean => {
            for (const { changed, day, leaflet, version } of counted) ackReading.run(changed, day, leaflet, version);
            for (const { leaflet, version } of read) ackReceipt.run(leaflet, version);
            sweep.run(keepFrom);
            return more.pluck().get() === 1;
          });
          return {
            seq,
            readings: counted.map((row) => readingSchema.parse(row)),
            receipts: read.map(({ leaflet, version, at_ms: atMs }) => ({ leaflet, version, atMs })),
            acknowledge,
          };
        })
        .immediate();
    },
  };
}

export type ContentReadings = ReturnType<typeof createContentReadings>;
