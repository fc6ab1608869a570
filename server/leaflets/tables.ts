import type { Kysely, RawBuilder } from 'kysely';

/** A leaflet, with what its newest version says, to be listed by. */
export interface LeafletsTable {
  leaflet: string;
  version: number;
  state: string;
  approved_version: number | null;
  kind: string;
  category: string;
  priority: string;
  title_zh: string;
  title_en: string | null;
  /** Small letters: what a search looks into. */
  words: string;
  author: string;
  changed_ms: number;
}

export interface LeafletVersionsTable {
  leaflet: string;
  version: number;
  state: string;
  /** JSON, shared/content/leaflet.ts. */
  content: string;
  author: string;
  changed_ms: number;
  revision: number;
  approver: string | null;
  approved_ms: number | null;
  remark: string | null;
  /** JSON array of accounts. */
  writers: string;
}

/** Stored files that leaflets may name, as they were found to be by their content. */
export interface ContentFilesTable {
  hash: string;
  /** JSON, LeafletFile of shared/content/leaflet.ts. */
  file: string;
  added_ms: number;
}

/** `text` and `whole` are the types of columns on this database (server/store/migrations.ts). */
export async function createLeafletTables(
  db: Kysely<unknown>,
  text: RawBuilder<unknown>,
  whole: RawBuilder<unknown>,
): Promise<void> {
  await db.schema
    .createTable('leaflets')
    .addColumn('leaflet', text, (column) => column.primaryKey())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('approved_version', whole)
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('category', text, (column) => column.notNull())
    .addColumn('priority', text, (column) => column.notNull())
    .addColumn('title_zh', text, (column) => column.notNull())
    .addColumn('title_en', text)
    .addColumn('words', text, (column) => column.notNull())
    .addColumn('author', text, (column) => column.notNull())
    .addColumn('changed_ms', whole, (column) => column.notNull())
    .execute();
  await db.schema.createIndex('leaflets_by_change').on('leaflets').columns(['changed_ms', 'leaflet']).execute();
  await db.schema
    .createTable('leaflet_versions')
    .addColumn('leaflet', text, (column) => column.notNull())
    .addColumn('version', whole, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('content', text, (column) => column.notNull())
    .addColumn('author', text, (column) => column.notNull())
    .addColumn('changed_ms', whole, (column) => column.notNull())
    .addColumn('revision', whole, (column) => column.notNull())
    .addColumn('approver', text)
    .addColumn('approved_ms', whole)
    .addColumn('remark', text)
    .addColumn('writers', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('leaflet_versions_key', ['leaflet', 'version'])
    .execute();
  await db.schema
    .createTable('content_files')
    .addColumn('hash', text, (column) => column.primaryKey())
    .addColumn('file', text, (column) => column.notNull())
    .addColumn('added_ms', whole, (column) => column.notNull())
    .execute();
}
