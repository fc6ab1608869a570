import type { Kysely } from 'kysely';
import type { Bilingual } from '#shared/bilingual.ts';
import { subjectKey } from '#shared/ledger/event.ts';
import type { SupplyState } from '#shared/ledger/fold-supply.ts';
import type { Tables } from '../store/schema.ts';

/** What each supply is called, by its key `LD/cup`; one that nobody has named yet is left out. */
export async function supplyNames(db: Kysely<Tables>): Promise<{ supply: string; name: Bilingual }[]> {
  const rows = await db
    .selectFrom('subjects')
    .select(['subject', 'state'])
    .where('kind', '=', 'supply')
    .orderBy('subject')
    .execute();
  return rows.flatMap(({ subject, state }) => {
    // The projection was written from a SupplyState.
    const { name } = JSON.parse(state) as SupplyState;
    return name === null ? [] : [{ supply: subjectKey(subject), name }];
  });
}
