import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { CHAIN_EMPTY } from '#shared/ledger/chain.ts';
import { HLC_ZERO, type Hlc } from '#shared/ledger/clock.ts';
import { FOLD_VERSION } from '#shared/ledger/fold.ts';
import { deviceOf } from '#shared/ledger/writer.ts';

/** Where this terminal's chain, clock and sync stand. */
export interface Head {
  /** The name under which this terminal writes: its own, or a renewed one (shared/ledger/writer.ts). */
  readonly writer: string;
  /** n and hash of the last own event. */
  readonly n: number;
  readonly hash: string;
  readonly hlc: Hlc;
  /** Server clock minus own wall clock, milliseconds. */
  readonly offsetMs: number;
  /** The highest own n that the server holds. */
  readonly acked: number;
  /** The server's log that `acked` and `cursor` are about; '' before the first contact. */
  readonly epoch: string;
  /** Counts the times that the server's log was gone through from its start. */
  readonly round: number;
  /** The last round after which everything that the server lacked was given back to it. */
  readonly gave: number;
  /** The server's cursor up to which its events are here. */
  readonly cursor: string;
  /** Whether everything before the cursor was pulled, rather than had from a snapshot. */
  readonly fromStart: boolean;
  /** While a snapshot is being taken in: where to pull from afterwards, and the last subject that is here; else null. */
  readonly snapshot: { readonly cursor: string; readonly last: string } | null;
}

const headRow = z.object({
  writer: z.string(),
  n: z.int(),
  hash: z.string(),
  hlc_ms: z.int(),
  hlc_count: z.int(),
  offset_ms: z.int(),
  acked: z.int(),
  epoch: z.string(),
  round: z.int(),
  gave: z.int(),
  cursor: z.string(),
  from_start: z.int(),
  snapshot: z.string().nullable(),
});
const snapshotSchema = z.object({ cursor: z.string(), last: z.string() });

/** The head of a terminal that has never written or heard anything. */
function headAtStart(device: string): Head {
  return {
    writer: device,
    ...CHAIN_EMPTY,
    hlc: HLC_ZERO,
    offsetMs: 0,
    acked: 0,
    epoch: '',
    round: 1,
    gave: 1,
    cursor: '',
    fromStart: true,
    snapshot: null,
  };
}

/** The one row that says where a terminal stands. */
export function createHeadStore(db: Database, device: string) {
  const read = db.prepare('SELECT * FROM head WHERE one = 1');
  const write = db.prepare(
    `INSERT OR REPLACE INTO head
       (one, writer, n, hash, hlc_ms, hlc_count, offset_ms, acked, epoch, round, gave, cursor, from_start, snapshot, fold)
     VALUES (1, @writer, @n, @hash, @hlcMs, @hlcCount, @offsetMs, @acked, @epoch, @round, @gave, @cursor, @fromStart, @snapshot, ${FOLD_VERSION})`,
  );
  const foldOf = db.prepare('SELECT fold FROM head WHERE one = 1').pluck();
  return {
    /** Whether the states were made by another fold than this version's. */
    isOfAnotherFold: (): boolean => (foldOf.get() ?? FOLD_VERSION) !== FOLD_VERSION,

    /** Throws where the database belongs to another terminal. */
    read(): Head {
      const row = read.get();
      if (row === undefined) return headAtStart(device);
      const { hlc_ms, hlc_count, offset_ms, from_start, snapshot, ...head } = headRow.parse(row);
      if (deviceOf(head.writer) !== device) {
        throw new Error(`the database belongs to terminal ${deviceOf(head.writer)}, not ${device}`);
      }
      return {
        ...head,
        hlc: { ms: hlc_ms, counter: hlc_count },
        offsetMs: offset_ms,
        fromStart: from_start === 1,
        snapshot: snapshot === null ? null : snapshotSchema.parse(JSON.parse(snapshot)),
      };
    },

    write({ hlc, snapshot, fromStart, ...head }: Head): void {
      write.run({
        ...head,
        hlcMs: hlc.ms,
        hlcCount: hlc.counter,
        fromStart: fromStart ? 1 : 0,
        snapshot: snapshot === null ? null : JSON.stringify(snapshot),
      });
    },
  };
}
