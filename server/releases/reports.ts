import type { Kysely, Transaction } from 'kysely';
import { type ContentReport, OFFLINE_AFTER_MS, reportSchema } from '#shared/contract/content.ts';
import type { TerminalContent } from '#shared/contract/releases.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import type { KnownTerminal } from '../store/terminals.ts';

const keptSchema = reportSchema.omit({ readings: true, receipts: true });

/** Terminals in service, by id, each with what it last signed. */
export async function readReports(
  db: Kysely<Tables>,
): Promise<(TerminalContent & { readonly onlineSinceMs: number | null })[]> {
  const rows = await db
    .selectFrom('terminals')
    .leftJoin('content_reports', 'content_reports.terminal', 'terminals.id')
    .leftJoin('station_channels', 'station_channels.station', 'terminals.station')
    .select(['terminals.id', 'terminals.station', 'content_reports.report', 'content_reports.received_ms'])
    .select('content_reports.online_since_ms')
    .select('station_channels.release as wanted')
    .where('terminals.revoked_ms', 'is', null)
    .orderBy('terminals.id')
    .execute();
  return rows.map(({ id, station, report, received_ms, online_since_ms, wanted }) => {
    const known = { terminal: id, station, wanted, onlineSinceMs: online_since_ms };
    if (report === null || received_ms === null) return { ...known, report: null };
    const { seq: _, ...said } = keptSchema.parse(JSON.parse(report));
    return { ...known, report: { receivedMs: received_ms, ...said } };
  });
}

async function keepReadings(
  transaction: Transaction<Tables>,
  { id: terminal, station }: KnownTerminal,
  readings: ContentReport['readings'],
): Promise<void> {
  for (const { day, leaflet, version, ...counts } of readings) {
    const before = await transaction
      .selectFrom('content_readings')
      .select(['shown', 'opened', 'seconds'])
      .where('terminal', '=', terminal)
      .where('day', '=', day)
      .where('leaflet', '=', leaflet)
      .where('version', '=', version)
      .executeTakeFirst();
    // Counted from the day's beginning: the same sent twice is the same.
    const now = {
      shown: Math.max(counts.shown, before?.shown ?? 0),
      opened: Math.max(counts.opened, before?.opened ?? 0),
      seconds: Math.max(counts.seconds, before?.seconds ?? 0),
    };
    await transaction
      .insertInto('content_readings')
      .values({ terminal, station, day, leaflet, version, ...now })
      .onConflict((conflict) => conflict.columns(['terminal', 'day', 'leaflet', 'version']).doUpdateSet(now))
      .execute();
  }
}

async function keepReceipts(
  transaction: Transaction<Tables>,
  { id: terminal, station }: KnownTerminal,
  receipts: ContentReport['receipts'],
): Promise<void> {
  for (const { leaflet, version, atMs } of receipts) {
    await transaction
      .insertInto('content_receipts')
      .values({ terminal, station, leaflet, version, at_ms: atMs })
      .onConflict((conflict) => conflict.columns(['terminal', 'leaflet', 'version']).doNothing())
      .execute();
  }
}

/** What terminals say of their leaflets. */
export function createReports({ db, exclusive }: ServerDatabase, now: () => number) {
  return {
    /** On the disk when this resolves. One that comes late does not take the place of a newer one; its counts count. */
    take(terminal: KnownTerminal, { readings, receipts, ...said }: ContentReport): Promise<void> {
      return exclusive(async (transaction) => {
        const before = await transaction
          .selectFrom('content_reports')
          .select(['seq', 'at_ms', 'received_ms', 'online_since_ms'])
          .where('terminal', '=', terminal.id)
          .executeTakeFirst();
        // A terminal that was set up anew counts from one again, but its clock goes on.
        const isNewer = before === undefined || said.seq > before.seq || said.atMs > before.at_ms;
        if (isNewer) {
          const isUnbroken = before !== undefined && now() - before.received_ms <= OFFLINE_AFTER_MS;
          const row = {
            station: terminal.station,
            seq: said.seq,
            at_ms: said.atMs,
            received_ms: now(),
            online_since_ms: isUnbroken ? before.online_since_ms : now(),
            report: JSON.stringify(said),
          };
          await transaction
            .insertInto('content_reports')
            .values({ terminal: terminal.id, ...row })
            .onConflict((conflict) => conflict.column('terminal').doUpdateSet(row))
            .execute();
        }
        await keepReadings(transaction, terminal, readings);
        await keepReceipts(transaction, terminal, receipts);
      });
    },

    async terminals(): Promise<TerminalContent[]> {
      const known = await readReports(db);
      return known.map(({ onlineSinceMs: _onlineSinceMs, ...terminal }) => terminal);
    },

    /** How a leaflet was read, by station, over all days; and who has confirmed an emergency. */
    async reading(leaflet: string) {
      const rows = await db
        .selectFrom('content_readings')
        .select((eb) => [
          'station',
          eb.fn.sum<number | string>('shown').as('shown'),
          eb.fn.sum<number | string>('opened').as('opened'),
          eb.fn.sum<number | string>('seconds').as('seconds'),
        ])
        .where('leaflet', '=', leaflet)
        .groupBy('station')
        .orderBy('station')
        .execute();
      const receipts = await db
        .selectFrom('content_receipts')
        .select(['station', 'terminal', 'version', 'at_ms as atMs'])
        .where('leaflet', '=', leaflet)
        .orderBy('at_ms')
        .orderBy('terminal')
        .execute();
      return {
        // PostgreSQL's sums of whole numbers are decimals, which come as texts.
        rows: rows.map(({ station, shown, opened, seconds }) => ({
          station,
          shown: Number(shown),
          opened: Number(opened),
          seconds: Number(seconds),
        })),
        receipts,
      };
    },
  };
}
