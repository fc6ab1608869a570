import { sql } from 'kysely';
import { z } from 'zod';
import type { consoleContract, QuarantineEntry, QuarantineRow } from '#shared/contract/console.ts';
import type { Refusal } from '#shared/contract/sync.ts';
import { eventSchema } from '#shared/ledger/event.ts';
import type { ServerDatabase } from '../store/database.ts';
import { letInEvent } from '../store/quarantine.ts';
import { parseLine } from '../store/read-event.ts';

type ListInput = z.output<NonNullable<(typeof consoleContract)['quarantine']['list']['~orpc']['inputSchema']>>;

/** Events are a few hundred characters; of what is longer than this a list does not look inside. */
const MOST_READ = 20_000;

/** Of what was sent again under another number there is nothing left to do: it is shown, but waits for nobody. */
const NOTHING_TO_DO: Refusal = 'known-elsewhere';

const readable = <T extends z.ZodType<string>>(schema: T) => schema.nullable().catch(null);

const aboutSchema = z
  .object({ type: readable(eventSchema.shape.type), subject: readable(eventSchema.shape.subject) })
  .catch({ type: null, subject: null });

/** What was sent and not taken, as people look at it. */
export function createQuarantineList({ db }: ServerDatabase) {
  const entries = () =>
    db
      .selectFrom('quarantine')
      .leftJoin('terminals', 'terminals.id', 'quarantine.terminal')
      .select([
        'quarantine.key',
        'quarantine.terminal',
        'quarantine.code',
        'quarantine.received_ms',
        'quarantine.settled_ms',
        'quarantine.settled_by',
        'terminals.station',
      ]);

  type Found = Awaited<ReturnType<ReturnType<typeof entries>['execute']>>[number];

  const rowOf = (found: Found, raw: string | null): QuarantineRow => ({
    key: found.key,
    receivedMs: found.received_ms,
    terminal: found.terminal,
    station: found.station,
    // Written by `quarantine` from a Refusal.
    code: found.code as Refusal,
    ...aboutSchema.parse(raw === null ? null : parseLine(raw)),
    settledMs: found.settled_ms,
    settledBy: found.settled_by,
  });

  const countOpen = async () => {
    const { count } = await db
      .selectFrom('quarantine')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('settled_ms', 'is', null)
      .where('code', '!=', NOTHING_TO_DO)
      .executeTakeFirstOrThrow();
    return count;
  };

  return {
    /** How many wait for a person. */
    countOpen,

    /** Newest first, and the senders of all there are. */
    async list({ code, terminal, settled, page, pageSize }: ListInput) {
      const filter = db
        .selectFrom('quarantine')
        .$if(code !== undefined, (query) => query.where('code', '=', code ?? ''))
        .$if(terminal !== undefined, (query) => query.where('terminal', '=', terminal ?? ''))
        .$if(!settled, (query) => query.where('settled_ms', 'is', null));
      const keys = filter
        .select('key')
        .orderBy('received_ms', 'desc')
        .orderBy('key')
        .limit(pageSize)
        .offset((page - 1) * pageSize);
      const rows = await entries()
        .select(sql<string | null>`case when length(raw) <= ${MOST_READ} then raw end`.as('raw'))
        .where('key', 'in', keys)
        .orderBy('received_ms', 'desc')
        .orderBy('key')
        .execute();
      const { total } = await filter.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const senders = await db.selectFrom('quarantine').select('terminal').distinct().orderBy('terminal').execute();
      return {
        rows: rows.map((row) => rowOf(row, row.raw)),
        total,
        terminals: senders.map((sender) => sender.terminal),
      };
    },

    /** One of them with its text as it came, or null where there is none under this key (any more). */
    async entry(key: string): Promise<QuarantineEntry | null> {
      const found = await entries().select('quarantine.raw').where('key', '=', key).executeTakeFirst();
      if (found === undefined) return null;
      return { ...rowOf(found, found.raw), raw: found.raw, mayLetIn: letInEvent(found) !== null };
    },
  };
}

export type QuarantineList = ReturnType<typeof createQuarantineList>;
