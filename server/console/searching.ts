import { type RawBuilder, sql } from 'kysely';
import { withoutNul } from '../store/projection.ts';

/** Characters with a meaning in LIKE mean themselves in a search. */
export function likeText(search: string): string {
  const plain = withoutNul(search).trim().toLowerCase();
  return `%${plain.replaceAll(/[!%_]/g, '!$&')}%`;
}

/** The place of a value in a list, as SQL; what is not in it comes first. */
export function rankOf(value: RawBuilder<unknown>, list: readonly string[]): RawBuilder<number> {
  if (list.length === 0) return sql<number>`0`;
  const places = list.map((entry, place) => sql`when ${value} = ${entry} then ${sql.lit(place)}`);
  return sql<number>`case ${sql.join(places, sql` `)} else -1 end`;
}
