import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { makePeopleTables } from '../people/tables.ts';
import { makeReleaseTables } from '../releases/tables.ts';
import { createLeafletTables, leafletLife } from '../leaflets/migrations.ts';

export type DatabaseKind = 'sqlite' | 'postgres';

/** 64 bits on both databases; SQLite calls every whole number integer. */
const whole = sql`bigint`;

/** Texts are compared by code point on both databases; PostgreSQL would take the machine's locale. */
const textOf = (kind: DatabaseKind) => (kind === 'postgres' ? sql`text collate "C"` : sql`text`);

const ledger = (kind: DatabaseKind) => async (db: Kysely<unknown>) => {
  const text = textOf(kind);
  await db.schema
    .createTable('events')
    .addColumn('seq', whole, (column) => column.primaryKey())
    .addColumn('id', text, (column) => column.notNull().unique())
    .addColumn('terminal', text, (column) => column.notNull())
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('hlc', text, (column) => column.notNull())
    .addColumn('subject', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('scope', text, (column) => column.notNull())
    .addColumn('station', text)
    .addColumn('received_ms', whole, (column) => column.notNull())
    .addColumn('json', text, (column) => column.notNull())
    .addUniqueConstraint('events_terminal_n', ['terminal', 'n'])
    .execute();
  await db.schema.createIndex('events_by_subject').on('events').column('subject').execute();
  await db.schema.createIndex('events_by_hlc').on('events').column('hlc').execute();
  await db.schema
    .createTable('subjects')
    .addColumn('subject', text, (column) => column.primaryKey())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('hlc', text, (column) => column.notNull())
    .addColumn('terminal', text, (column) => column.notNull())
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('words', text, (column) => column.notNull())
    .addColumn('type', text)
    .addColumn('station', text)
    .addColumn('status', text)
    .addColumn('lent_ms', whole)
    .addColumn('due_ms', whole)
    .addColumn('exceptions', whole, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('subjects_by_kind').on('subjects').columns(['kind', 'status', 'station']).execute();
};

const people = (kind: DatabaseKind) => async (db: Kysely<unknown>) => {
  const text = textOf(kind);
  await db.schema
    .createTable('terminals')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('station', text, (column) => column.notNull())
    .addColumn('token_hash', text, (column) => column.notNull().unique())
    .addColumn('acked', whole, (column) => column.notNull())
    .addColumn('head_hash', text, (column) => column.notNull())
    .addColumn('heard_ms', whole)
    .execute();
  await db.schema
    .createTable('quarantine')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('terminal', text, (column) => column.notNull())
    .addColumn('code', text, (column) => column.notNull())
    .addColumn('raw', text, (column) => column.notNull())
    .addColumn('received_ms', whole, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('accounts')
    .addColumn('account', text, (column) => column.primaryKey())
    .addColumn('name', text, (column) => column.notNull())
    .addColumn('roles', text, (column) => column.notNull())
    .addColumn('verifier', text, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('sessions')
    .addColumn('secret_hash', text, (column) => column.primaryKey())
    .addColumn('account', text, (column) => column.notNull())
    .addColumn('created_ms', whole, (column) => column.notNull())
    .addColumn('seen_ms', whole, (column) => column.notNull())
    .execute();
};

const sync = (kind: DatabaseKind) => async (db: Kysely<unknown>) => {
  const text = textOf(kind);
  await db.schema
    .alterTable('events')
    .addColumn('audience', text, (column) => column.notNull().defaultTo('-'))
    .execute();
  await sql`UPDATE events SET audience = CASE scope WHEN 'community' THEN '*' WHEN 'station' THEN coalesce(station, '-') ELSE '-' END`.execute(
    db,
  );
  await db.schema
    .createTable('writers')
    .addColumn('writer', text, (column) => column.primaryKey())
    .addColumn('acked', whole, (column) => column.notNull())
    .addColumn('head_hash', text, (column) => column.notNull())
    .execute();
  await sql`INSERT INTO writers (writer, acked, head_hash) SELECT id, acked, head_hash FROM terminals`.execute(db);
  await db.schema.alterTable('terminals').dropColumn('acked').execute();
  await db.schema.alterTable('terminals').dropColumn('head_hash').execute();
  await db.schema
    .createTable('log')
    .addColumn('one', whole, (column) => column.primaryKey())
    .addColumn('epoch', text, (column) => column.notNull())
    .addColumn('writer', text, (column) => column.notNull())
    .addColumn('fold', whole, (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('returned')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('owner', text, (column) => column.notNull())
    .addColumn('writer', text, (column) => column.notNull())
    .addColumn('n', whole, (column) => column.notNull())
    .addColumn('json', text, (column) => column.notNull())
    .addColumn('received_ms', whole, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('returned_by_owner').on('returned').columns(['owner', 'writer', 'n']).execute();
  for (const column of ['writer', 'hash', 'event_id'] as const) {
    await db.schema.alterTable('quarantine').addColumn(column, text).execute();
  }
  await db.schema.alterTable('quarantine').addColumn('n', whole).execute();
  await db.schema.createIndex('quarantine_by_place').on('quarantine').columns(['writer', 'n']).execute();
};

/** Tokens end here: terminals that had one are enrolled anew, under their old names. */
const identity = (kind: DatabaseKind) => async (db: Kysely<unknown>) => {
  const text = textOf(kind);
  await db.schema
    .createTable('terminals_2')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('station', text, (column) => column.notNull())
    .addColumn('device', text, (column) => column.notNull())
    .addColumn('key_store', text, (column) => column.notNull())
    .addColumn('enrolled_ms', whole)
    .addColumn('heard_ms', whole)
    .addColumn('revoked_ms', whole)
    .addColumn('revocation', text, (column) => column.notNull())
    .execute();
  await sql`INSERT INTO terminals_2 (id, station, device, key_store, heard_ms, revocation)
    SELECT id, station, '', 'file', heard_ms, '' FROM terminals`.execute(db);
  await db.schema.dropTable('terminals').execute();
  await sql`ALTER TABLE terminals_2 RENAME TO terminals`.execute(db);
  await db.schema
    .createTable('terminal_keys')
    .addColumn('keyid', text, (column) => column.primaryKey())
    .addColumn('terminal', text, (column) => column.notNull())
    .addColumn('public_key', text, (column) => column.notNull())
    .addColumn('made_ms', whole, (column) => column.notNull())
    .addColumn('next', whole, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('terminal_keys_by_terminal').on('terminal_keys').column('terminal').execute();
  await db.schema
    .createTable('enrolment_codes')
    .addColumn('code_hash', text, (column) => column.primaryKey())
    .addColumn('station', text, (column) => column.notNull())
    .addColumn('terminal', text)
    .addColumn('expires_ms', whole, (column) => column.notNull())
    .addColumn('used_ms', whole)
    .addColumn('keyid', text)
    .execute();
};

/** What a person has let in stays in quarantine, with a note of it. */
const settling = (kind: DatabaseKind) => async (db: Kysely<unknown>) => {
  await db.schema.alterTable('quarantine').addColumn('settled_ms', whole).execute();
  await db.schema.alterTable('quarantine').addColumn('settled_by', textOf(kind)).execute();
  await db.schema.createIndex('quarantine_by_time').on('quarantine').columns(['received_ms', 'key']).execute();
};

const audit = (kind: DatabaseKind) => async (db: Kysely<unknown>) => {
  const text = textOf(kind);
  await db.schema
    .createTable('audit')
    .addColumn('seq', whole, (column) => column.primaryKey())
    .addColumn('at_ms', whole, (column) => column.notNull())
    .addColumn('account', text, (column) => column.notNull())
    .addColumn('act', text, (column) => column.notNull())
    .addColumn('about', text, (column) => column.notNull())
    .addColumn('address', text, (column) => column.notNull())
    .addColumn('outcome', text, (column) => column.notNull())
    .addColumn('prev', text, (column) => column.notNull())
    .addColumn('hash', text, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('audit_by_account').on('audit').columns(['account', 'seq']).execute();
};

/** By name, run in the order of the names, each once. Never edit one that has landed: add another. */
export function migrations(kind: DatabaseKind): Readonly<Record<string, Migration>> {
  return {
    '0001-ledger': { up: ledger(kind) },
    '0002-people': { up: people(kind) },
    '0004-sync': { up: sync(kind) },
    '0005-identity': { up: identity(kind) },
    '0005-quarantine': { up: settling(kind) },
    '0006-audit': { up: audit(kind) },
    '0007-leaflets': { up: (db) => createLeafletTables(db, textOf(kind), whole) },
    '0008-leaflet-life': { up: leafletLife({ text: textOf(kind), whole }) },
    '0009-releases': { up: makeReleaseTables({ text: textOf(kind), whole }) },
    '0010-people': { up: makePeopleTables({ text: textOf(kind), whole }) },
  };
}
