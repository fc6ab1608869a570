import type { Kysely, Transaction } from 'kysely';
import type { Tables } from '../store/schema.ts';

/** Which release each station is to show: what the server signs (`stations/LD.json`). */

export async function readChannels(db: Kysely<Tables>): Promise<Map<string, number | null>> {
  const rows = await db.selectFrom('station_channels').selectAll().orderBy('station').execute();
  return new Map(rows.map(({ station, release }) => [station, release]));
}

export async function setChannels(
  transaction: Transaction<Tables>,
  channels: ReadonlyMap<string, number | null>,
): Promise<void> {
  for (const [station, release] of channels) {
    await transaction
      .insertInto('station_channels')
      .values({ station, release })
      .onConflict((conflict) => conflict.column('station').doUpdateSet({ release }))
      .execute();
  }
}
