import type Sqlite from 'better-sqlite3';

/** The process dies here. Nothing may catch it but the world. */
export class Crash extends Error {}

/** Counts writes to a disk and lets the process die after so many. */
export function createFuse() {
  let left = Number.POSITIVE_INFINITY;
  return {
    light(writes: number): void {
      left = writes;
    },
    isLit: (): boolean => left !== Number.POSITIVE_INFINITY,
    out(): void {
      left = Number.POSITIVE_INFINITY;
    },
    /** Before each write. */
    burn(): void {
      if (left <= 0) {
        left = Number.POSITIVE_INFINITY;
        throw new Crash('the process dies');
      }
      left -= 1;
    },
  };
}

export type Fuse = ReturnType<typeof createFuse>;

const WRITES = /^\s*(INSERT|UPDATE|DELETE|REPLACE|COMMIT|BEGIN)/i;

/** Statements by their text: a world is short, and making them anew for each process would be most of it. */
const prepared = new WeakMap<Sqlite.Database, Map<string, Sqlite.Statement>>();

function prepare(db: Sqlite.Database, sql: string): Sqlite.Statement {
  const known = prepared.get(db) ?? new Map<string, Sqlite.Statement>();
  prepared.set(db, known);
  const statement = known.get(sql) ?? db.prepare(sql);
  known.set(sql, statement);
  return statement;
}

/**
 * A database on which the process can die before any statement that writes. What SQLite had committed by then is there
 * afterwards, and nothing else.
 */
export function withFuse(db: Sqlite.Database, fuse: Fuse): Sqlite.Database {
  const burning = (statement: Sqlite.Statement) => ({
    reader: statement.reader,
    run(...args: unknown[]) {
      fuse.burn();
      return statement.run(...args);
    },
    get(...args: unknown[]) {
      fuse.burn();
      return statement.get(...args);
    },
    all(...args: unknown[]) {
      fuse.burn();
      return statement.all(...args);
    },
  });
  const fused = {
    prepare: (sql: string) => (WRITES.test(sql) ? burning(prepare(db, sql)) : prepare(db, sql)),
    transaction: <T>(work: () => T) => db.transaction(work),
    close: () => db.close(),
  };
  // The stores and kysely use no more of a database than this.
  return fused as unknown as Sqlite.Database;
}
