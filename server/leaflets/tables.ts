import type { Kysely, RawBuilder } from 'kysely';

/** Every version of every leaflet, with what lists filter and sort by. The highest version of a leaflet is its newest. */
interface LeafletVersionsTable {
  leaflet: string;
  version: number;
  /** One of LEAFLET_STATES. */
  state: string;
  /** As shared/content/leaflet.ts has it, JSON. */
  content: string;
  kind: string;
  category: string;
  priority: string;
  /** What it sorts by. */
  title: string;
  /** Small letters: what a search looks into. */
  words: string;
  /** `*`, or `|LD|LF|`, or `|#group|`: who it is for, to be looked into. */
  audience: string;
  /** Account of whoever made this version. */
  author: string;
  changed_ms: number;
  revision: number;
  submitted_ms: number | null;
  approver: string | null;
  approved_ms: number | null;
  remark: string | null;
  /** First release that has it. */
  release: number | null;
  /** When it is over at the last of all stations; null: never. */
  over_ms: number | null;
}

/** Who saved a version: none of them may approve it. */
interface LeafletEditorsTable {
  leaflet: string;
  version: number;
  account: string;
}

/** What an uploaded file is, by its content. The bytes are a blob of that hash. */
export interface ContentFilesTable {
  hash: string;
  type: string;
  bytes: number;
  width: number | null;
  height: number | null;
  pages: number | null;
  /** What whoever sent it first called it, cleaned. */
  name: string;
  account: string;
  uploaded_ms: number;
}

interface StationGroupsTable {
  name: string;
  zh: string;
  en: string;
  /** JSON array of codes. */
  stations: string;
}

export interface LeafletTables {
  leaflet_versions: LeafletVersionsTable;
  leaflet_editors: LeafletEditorsTable;
  content_files: ContentFilesTable;
  station_groups: StationGroupsTable;
}

/** Column types, which differ between the databases. */
interface ColumnTypes {
  readonly text: RawBuilder<unknown>;
  readonly whole: RawBuilder<unknown>;
}

/** The migration that makes the tables. */
export const makeLeafletTables =
  ({ text, whole }: ColumnTypes) =>
  async (db: Kysely<unknown>): Promise<void> => {
    await db.schema
      .createTable('leaflet_versions')
      .addColumn('leaflet', text, (column) => column.notNull())
      .addColumn('version', whole, (column) => column.notNull())
      .addColumn('state', text, (column) => column.notNull())
      .addColumn('content', text, (column) => column.notNull())
      .addColumn('kind', text, (column) => column.notNull())
      .addColumn('category', text, (column) => column.notNull())
      .addColumn('priority', text, (column) => column.notNull())
      .addColumn('title', text, (column) => column.notNull())
      .addColumn('words', text, (column) => column.notNull())
      .addColumn('audience', text, (column) => column.notNull())
      .addColumn('author', text, (column) => column.notNull())
      .addColumn('changed_ms', whole, (column) => column.notNull())
      .addColumn('revision', whole, (column) => column.notNull())
      .addColumn('submitted_ms', whole)
      .addColumn('approver', text)
      .addColumn('approved_ms', whole)
      .addColumn('remark', text)
      .addColumn('release', whole)
      .addColumn('over_ms', whole)
      .addPrimaryKeyConstraint('leaflet_versions_key', ['leaflet', 'version'])
      .execute();
    await db.schema.createIndex('leaflet_versions_by_state').on('leaflet_versions').column('state').execute();
    await db.schema
      .createTable('leaflet_editors')
      .addColumn('leaflet', text, (column) => column.notNull())
      .addColumn('version', whole, (column) => column.notNull())
      .addColumn('account', text, (column) => column.notNull())
      .addPrimaryKeyConstraint('leaflet_editors_key', ['leaflet', 'version', 'account'])
      .execute();
    await db.schema
      .createTable('content_files')
      .addColumn('hash', text, (column) => column.primaryKey())
      .addColumn('type', text, (column) => column.notNull())
      .addColumn('bytes', whole, (column) => column.notNull())
      .addColumn('width', whole)
      .addColumn('height', whole)
      .addColumn('pages', whole)
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('account', text, (column) => column.notNull())
      .addColumn('uploaded_ms', whole, (column) => column.notNull())
      .execute();
    await db.schema
      .createTable('station_groups')
      .addColumn('name', text, (column) => column.primaryKey())
      .addColumn('zh', text, (column) => column.notNull())
      .addColumn('en', text, (column) => column.notNull())
      .addColumn('stations', text, (column) => column.notNull())
      .execute();
  };
