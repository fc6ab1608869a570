import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { createLedger } from '#electron/core/ledger.ts';
import { draftReturned } from '#electron/core/lending/drafts.ts';
import { createEventStore } from '#electron/store/event-store.ts';
import { inspectDatabase } from '#electron/store/integrity.ts';
import { compareProjections } from '#electron/store/rebuild.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { DEVICE, type Files, filesAfterPowerCut, layOut, NIGHT, ownEvents, start } from './storage-world.ts';

/** `STORAGE_TIMES=10` looks at ten times as many seeds. */
const TIMES = Number(process.env['STORAGE_TIMES'] ?? 1);

let files: Files;
let withoutBackup: Files;

beforeAll(async () => {
  files = await filesAfterPowerCut({ before: 40, inFile: 30, inWal: 12 });
  withoutBackup = await filesAfterPowerCut({ before: 40, inFile: 30, inWal: 12, backup: false });
});

/** mulberry32: a small seeded generator. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}

function flip(bytes: Buffer, at: number, bit: number): Buffer {
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
  return flipped;
}

const FRAME = 24 + 4096;

/** A write-ahead log up to its last commit: behind it nothing was acknowledged. */
function committed(wal: Buffer): Buffer {
  let end = 0;
  for (let at = 32; at + FRAME <= wal.length; at += FRAME) if (wal.readUInt32BE(at + 4) !== 0) end = at + FRAME;
  return wal.subarray(0, end);
}

interface Damaged {
  readonly what: string;
  readonly db: Buffer;
  readonly wal: Buffer;
  /** Whether the write-ahead log may end in a commit that is none any more: as after a power cut, it never was one. */
  readonly lastInDoubt: boolean;
}

/** Own events that nobody may lose: their text is in the backup, or still in one piece in what is left. */
function mustSurvive(source: Files, { db, wal, lastInDoubt }: Damaged): string[] {
  const left = [db, committed(wal)];
  return source.own.flatMap((event, index) => {
    if (index < source.inBackup) return [event.id];
    if (lastInDoubt && index === source.own.length - 1) return [];
    return left.some((bytes) => bytes.includes(canonicalJson(event))) ? [event.id] : [];
  });
}

/** What was found, or a sentence about what is wrong. */
function survives(source: Files, damaged: Damaged): string {
  const path = layOut({ ...source, db: damaged.db, wal: damaged.wal });
  const { db, report } = start(path);
  try {
    const found = new Map(ownEvents(db).map((event) => [event.id, event]));
    for (const id of mustSurvive(source, damaged)) {
      const event = found.get(id);
      const was = source.own.find((own) => own.id === id);
      if (event === undefined) return `own event ${was?.n} of ${source.own.length} is lost`;
      if (canonicalJson(event.body) !== canonicalJson(was?.body)) return `own event ${was?.n} is another one now`;
    }
    if (report.what !== 'fine') {
      if (report.setAside === null) return 'the damaged file was not kept';
      const aside = path.replace(/[^/]*$/, report.setAside);
      if (!readFileSync(aside).equals(damaged.db)) return 'the damaged file was changed';
      const wal = existsSync(`${aside}-wal`) ? readFileSync(`${aside}-wal`) : Buffer.alloc(0);
      if (!wal.equals(damaged.wal)) return 'the damaged write-ahead log was changed';
      if (inspectDatabase(path, 'whole').kind !== 'sound') return 'what took its place is not sound';
      if (compareProjections(db).differing.length > 0) return 'the projection is not that of the log';
    }
    const store = createEventStore(db, DEVICE);
    const ledger = createLedger({ store, station: 'LD', now: () => NIGHT, monotonic: () => 0, newId: () => v7() });
    ledger.append([draftReturned('HF-000001', 'LD', null, null)]);
    return report.what;
  } finally {
    db.close();
  }
}

/** How many of each outcome; every other sentence is a failure with its seed. */
function survey(count: number, damage: (pick: (below: number) => number) => Damaged, source = files) {
  const outcomes: Record<string, number> = {};
  for (let seed = 1; seed <= count * TIMES; seed += 1) {
    const damaged = damage(seeded(seed));
    const outcome = survives(source, damaged);
    const known = ['fine', 'restored', 'started-empty'].includes(outcome);
    const name = known ? outcome : `seed ${seed}, ${damaged.what}: ${outcome}`;
    outcomes[name] = (outcomes[name] ?? 0) + 1;
  }
  return outcomes;
}

describe('whatever happens to the file, no event that is in the backup or can still be read is lost', () => {
  it('a flipped bit anywhere in the database', () => {
    const outcomes = survey(40, (pick) => {
      const at = pick(files.db.length);
      return { what: `byte ${at}`, db: flip(files.db, at, pick(8)), wal: files.wal, lastInDoubt: false };
    });
    expect(Object.keys(outcomes).toSorted()).toEqual(['fine', 'restored']);
  });

  it('a page of rubbish, and nothing else to go by than the database and the write-ahead log', () => {
    const outcomes = survey(
      20,
      (pick) => {
        const page = pick(withoutBackup.db.length / 4096);
        const db = Buffer.from(withoutBackup.db);
        for (let at = page * 4096; at < (page + 1) * 4096; at += 1) db[at] = pick(256);
        return { what: `page ${page}`, db, wal: withoutBackup.wal, lastInDoubt: false };
      },
      withoutBackup,
    );
    expect(Object.keys(outcomes).filter((name) => name.startsWith('seed'))).toEqual([]);
    expect(outcomes['started-empty']).toBeGreaterThan(2);
  });

  it('a database cut off anywhere', () => {
    const outcomes = survey(15, (pick) => {
      const length = pick(files.db.length);
      return { what: `cut at ${length}`, db: files.db.subarray(0, length), wal: files.wal, lastInDoubt: false };
    });
    expect(Object.keys(outcomes).filter((name) => name.startsWith('seed'))).toEqual([]);
    expect(outcomes['restored']).toBeGreaterThan(2);
  });

  it('a flipped bit anywhere in the write-ahead log, where SQLite would forget all that came after', () => {
    const outcomes = survey(40, (pick) => {
      const at = pick(files.wal.length);
      return { what: `wal byte ${at}`, db: files.db, wal: flip(files.wal, at, pick(8)), lastInDoubt: true };
    });
    expect(Object.keys(outcomes).filter((name) => name.startsWith('seed'))).toEqual([]);
    expect(outcomes['restored']).toBeGreaterThan(5);
  });

  it('a write-ahead log cut off anywhere, as after a power cut: nothing to mend', () => {
    const outcomes = survey(10, (pick) => {
      const length = pick(files.wal.length);
      return { what: `wal cut at ${length}`, db: files.db, wal: files.wal.subarray(0, length), lastInDoubt: false };
    });
    expect(outcomes).toEqual({ fine: 10 * TIMES });
  });

  it('both at once', () => {
    const outcomes = survey(20, (pick) => {
      const at = pick(files.db.length);
      const inWal = pick(files.wal.length);
      const wal = flip(files.wal, inWal, pick(8));
      return { what: `byte ${at}, wal byte ${inWal}`, db: flip(files.db, at, pick(8)), wal, lastInDoubt: true };
    });
    expect(Object.keys(outcomes).filter((name) => name.startsWith('seed'))).toEqual([]);
  });
});

describe('what is said of it', () => {
  const noWal = Buffer.alloc(0);

  it.each([
    ['an empty file', () => Buffer.alloc(0)],
    ['something else altogether', () => Buffer.from('not a database at all')],
    ['half a file', () => files.db.subarray(0, files.db.length / 2)],
  ])('%s: the backup takes its place', (_what, db) => {
    const { report } = start(layOut({ ...files, db: db(), wal: noWal }));
    expect(report).toMatchObject({ what: 'restored', backupMs: NIGHT, rolledBack: true });
  });

  it('no backup, nothing to read: an empty one, and the damaged file beside it', () => {
    const path = layOut({ db: Buffer.alloc(5000, 7), wal: noWal, backup: null });
    const { report, db } = start(path);
    expect(report).toMatchObject({ what: 'started-empty', backupMs: null, salvaged: 0, rolledBack: true });
    expect(ownEvents(db)).toEqual([]);
    expect(readdirSync(dirname(path)).some((name) => name.startsWith('terminal.sqlite.damaged-'))).toBe(true);
  });

  it('a backup that is damaged itself is passed over for what can still be read', () => {
    const backup = { name: files.backup?.name ?? '', bytes: Buffer.alloc(9000, 1) };
    const { report, db } = start(layOut({ db: files.db.subarray(4096), wal: files.wal, backup }));
    expect(report).toMatchObject({ what: 'started-empty' });
    expect(ownEvents(db).length).toBeGreaterThan(files.own.length / 2);
  });

  it('a file that is gone is restored too; one that never was is simply made', () => {
    const lost = layOut({ ...files, wal: noWal });
    rmSync(lost);
    expect(start(lost).report.what).toBe('restored');
    const never = layOut({ db: noWal, wal: noWal, backup: null });
    rmSync(never);
    const { report, db } = start(never);
    expect(report).toEqual({ what: 'fine', rolledBack: false });
    expect(ownEvents(db)).toEqual([]);
  });

  it('a file without a byte, before there was a backup, was one once', () => {
    const { report, db } = start(layOut({ db: noWal, wal: noWal, backup: null }));
    expect(report).toMatchObject({ what: 'started-empty', backupMs: null, salvaged: 0, rolledBack: true });
    expect(ownEvents(db)).toEqual([]);
  });

  it('is said again after a restart, until somebody has seen it', () => {
    const path = layOut({ ...files, db: files.db.subarray(0, 9000), wal: noWal });
    const first = start(path);
    first.db.close();
    expect(start(path).report).toEqual(first.report);
  });
});
