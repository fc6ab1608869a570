import { closeSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import type { Tables } from './schema.ts';

/** Copies that are kept: files of SQLite, schemas of PostgreSQL. */
const KEPT_FILES = 3;
const KEPT_SCHEMAS = 2;

const PREFIX = 'before_';

function flush(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags);
  fsyncSync(file);
  closeSync(file);
}

/**
 * Copies a SQLite database into the folder `backups` beside it, under the name of the migration that is about to run. The
 * copy has its name only when it is whole and on the disk. Throws where it can't be made.
 */
export async function copyFileBefore(
  db: Kysely<Tables>,
  path: string,
  migration: string,
  nowMs: number,
): Promise<void> {
  const folder = join(dirname(path), 'backups');
  mkdirSync(folder, { recursive: true });
  const stem = basename(path).replace(/\.sqlite$/, '');
  const time = new Date(nowMs).toISOString().replaceAll(/[-:.]/g, '');
  const copy = join(folder, `${stem}-${time}-before-${migration}.sqlite`);
  rmSync(`${copy}.tmp`, { force: true });
  await sql`VACUUM INTO ${`${copy}.tmp`}`.execute(db);
  flush(`${copy}.tmp`, 'r+');
  renameSync(`${copy}.tmp`, copy);
  flush(folder, 'r');
  const copies = readdirSync(folder).filter((name) => name.startsWith(`${stem}-`) && name.includes('-before-'));
  for (const name of copies.toSorted().slice(0, -KEPT_FILES)) rmSync(join(folder, name));
}

/** `before_0005-identity`. The digits at the start of a migration's name put the schemas in order. */
function schemaBefore(migration: string): string {
  return `${PREFIX}${migration}`;
}

/**
 * Copies every table into a schema of its own, in the transaction in which the migration runs: either both are there
 * afterwards or neither. Needs the right to make schemas in the database. Rows only: indexes can be made again.
 */
export async function copyTablesBefore(transaction: Kysely<Tables>, migration: string): Promise<void> {
  const schema = sql.id(schemaBefore(migration));
  const { rows: tables } = await sql<{ name: string }>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`.execute(
    transaction,
  );
  await sql`DROP SCHEMA IF EXISTS ${schema} CASCADE`.execute(transaction);
  await sql`CREATE SCHEMA ${schema}`.execute(transaction);
  for (const { name } of tables) {
    await sql`CREATE TABLE ${schema}.${sql.id(name)} AS TABLE ${sql.id(name)}`.execute(transaction);
  }
  const { rows: schemas } = await sql<{ name: string }>`
    SELECT nspname AS name FROM pg_namespace WHERE starts_with(nspname, ${PREFIX}) ORDER BY nspname COLLATE "C"`.execute(
    transaction,
  );
  for (const { name } of schemas.slice(0, -KEPT_SCHEMAS)) {
    await sql`DROP SCHEMA ${sql.id(name)} CASCADE`.execute(transaction);
  }
}
