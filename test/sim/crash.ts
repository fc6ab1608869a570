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

/**
 * A database on which the process can die before any statement that writes. What SQLite had committed by then is there
 * afterwards, and nothing else.
 */
export function withFuse(db: Sqlite.Database, fuse: Fuse): Sqlite.Database {
  return new Proxy(db, {
    get(target, property) {
      if (property === 'prepare') {
        return (sql: string) => {
          const statement = target.prepare(sql);
          if (!WRITES.test(sql)) return statement;
          return new Proxy(statement, {
            get(inner, name) {
              const value: unknown = Reflect.get(inner, name);
              if (typeof value !== 'function') return value;
              return (...args: unknown[]): unknown => {
                if (name === 'run' || name === 'get' || name === 'all') fuse.burn();
                return Reflect.apply(value, inner, args);
              };
            },
          });
        };
      }
      const value: unknown = Reflect.get(target, property);
      return typeof value === 'function' ? (...args: unknown[]): unknown => Reflect.apply(value, target, args) : value;
    },
  });
}
