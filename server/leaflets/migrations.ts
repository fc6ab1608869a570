import type { Kysely, RawBuilder } from 'kysely';
import { z } from 'zod';
import { fileSchema, leafletContentSchema } from '#shared/content/leaflet.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import type { Tables } from '../store/schema.ts';
import { audienceColumn } from './stations.ts';
import { searchWords, titleOrder } from './words.ts';

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

/** Column types, which differ between the databases. */
interface ColumnTypes {
  readonly text: RawBuilder<unknown>;
  readonly whole: RawBuilder<unknown>;
}

async function makeTables(db: Kysely<unknown>, { text, whole }: ColumnTypes): Promise<void> {
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
    .addColumn('writers', text, (column) => column.notNull())
    .addPrimaryKeyConstraint('leaflet_versions_key', ['leaflet', 'version'])
    .execute();
  await db.schema.createIndex('leaflet_versions_by_state').on('leaflet_versions').column('state').execute();
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
}

const oldVersionSchema = z.object({
  leaflet: z.string(),
  version: z.int(),
  state: z.string(),
  content: z.string(),
  author: z.string(),
  changed_ms: z.int(),
  revision: z.int(),
  approver: z.string().nullable(),
  approved_ms: z.int().nullable(),
  remark: z.string().nullable(),
  writers: z.string(),
});
const oldFileSchema = z.object({ file: z.string(), added_ms: z.int() });

/**
 * From the tables of `0007-leaflets` to those with files by columns, groups, and what lists need. When a window is over is written
 * down at the next change of a version: the stations' zones are not known here.
 */
export const leafletLife =
  (types: ColumnTypes) =>
  async (db: Kysely<unknown>): Promise<void> => {
    const before = db.withTables<{
      leaflet_versions: Record<string, unknown>;
      content_files: Record<string, unknown>;
    }>();
    const versions = z.array(oldVersionSchema).parse(await before.selectFrom('leaflet_versions').selectAll().execute());
    const files = z.array(oldFileSchema).parse(await before.selectFrom('content_files').selectAll().execute());
    for (const table of ['leaflets', 'leaflet_versions', 'content_files']) await db.schema.dropTable(table).execute();
    await makeTables(db, types);
    const after = db.withTables<Pick<Tables, 'leaflet_versions' | 'content_files'>>();
    for (const version of versions) {
      const content = leafletContentSchema.parse(JSON.parse(version.content));
      const row = {
        ...version,
        content: canonicalJson(content),
        kind: content.body.kind,
        category: content.category,
        priority: content.priority,
        title: titleOrder(content),
        words: searchWords(content),
        audience: audienceColumn(content.audience),
        submitted_ms: version.state === 'draft' ? null : version.changed_ms,
        release: null,
        over_ms: null,
      };
      await after.insertInto('leaflet_versions').values(row).execute();
    }
    for (const { file, added_ms } of files) {
      const known = fileSchema.parse(JSON.parse(file));
      const row = {
        hash: known.hash,
        type: known.type,
        bytes: known.bytes,
        width: 'width' in known ? known.width : null,
        height: 'height' in known ? known.height : null,
        pages: 'pages' in known ? known.pages : null,
        name: '',
        account: '',
        uploaded_ms: added_ms,
      };
      await after.insertInto('content_files').values(row).execute();
    }
  };
