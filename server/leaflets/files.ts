import type { Kysely, Selectable } from 'kysely';
import { fileSchema, type LeafletFile } from '#shared/content/leaflet.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import type { ContentFilesTable } from './tables.ts';

function fileOf(row: Selectable<ContentFilesTable>): LeafletFile {
  const { type, hash, bytes, width, height, pages } = row;
  return fileSchema.parse({
    type,
    hash,
    bytes,
    ...(width === null || height === null ? {} : { width, height }),
    ...(pages === null ? {} : { pages }),
  });
}

/** What is known of uploaded files with these hashes. */
export async function knownFiles(
  db: Kysely<Tables>,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, LeafletFile>> {
  if (hashes.length === 0) return new Map();
  const rows = await db.selectFrom('content_files').selectAll().where('hash', 'in', hashes).execute();
  return new Map(rows.map((row) => [row.hash, fileOf(row)]));
}

/** The uploaded files of leaflets: what each is. Their bytes are blobs. */
export function createContentFiles({ db }: ServerDatabase, now: () => number) {
  return {
    async find(hash: string): Promise<{ readonly file: LeafletFile; readonly name: string } | null> {
      const row = await db.selectFrom('content_files').selectAll().where('hash', '=', hash).executeTakeFirst();
      return row === undefined ? null : { file: fileOf(row), name: row.name };
    },

    /** Notes what a blob is; that of a file that was sent before stays as it is, and so does its name, but it was sent now. */
    async record(file: LeafletFile, name: string, account: string): Promise<void> {
      await db
        .insertInto('content_files')
        .values({
          hash: file.hash,
          type: file.type,
          bytes: file.bytes,
          width: 'width' in file ? file.width : null,
          height: 'height' in file ? file.height : null,
          pages: 'pages' in file ? file.pages : null,
          name,
          account,
          uploaded_ms: now(),
        })
        .onConflict((conflict) => conflict.column('hash').doUpdateSet({ uploaded_ms: now() }))
        .execute();
    },
  };
}

export type ContentFiles = ReturnType<typeof createContentFiles>;
