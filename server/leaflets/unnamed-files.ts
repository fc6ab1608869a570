import { type BlobHash, blobHashSchema } from '#shared/contract/blobs.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Intake } from './intake/intake.ts';

/** Somebody may be writing the leaflet that will name it. */
const KEPT_MS = 7 * 86_400_000;
const HASHES = /[0-9a-f]{64}/g;

export interface TidyDeps {
  readonly database: ServerDatabase;
  readonly intake: Pick<Intake, 'between'>;
  readonly blobs: Pick<BlobStore, 'forget'>;
  readonly now: () => number;
}

/**
 * Forgets uploaded files that no version of any leaflet names, a week after they were last sent: their hashes. Whoever saves a leaflet
 * that names one does so before, or is told that it is not here.
 */
function forgetUnnamed({ exclusive }: ServerDatabase, now: () => number): Promise<BlobHash[]> {
  return exclusive(async (transaction) => {
    const old = await transaction
      .selectFrom('content_files')
      .select('hash')
      .where('uploaded_ms', '<', now() - KEPT_MS)
      .execute();
    if (old.length === 0) return [];
    const named = new Set<string>();
    for (const { content } of await transaction.selectFrom('leaflet_versions').select('content').execute()) {
      for (const [hash] of content.matchAll(HASHES)) named.add(hash);
    }
    const unnamed = old.map(({ hash }) => blobHashSchema.parse(hash)).filter((hash) => !named.has(hash));
    for (const hash of unnamed) await transaction.deleteFrom('content_files').where('hash', '=', hash).execute();
    return unnamed;
  });
}

/** Gives back what uploads took that came to nothing: a draft thrown away, a picture chosen twice. */
export function tidyFiles({ database, intake, blobs, now }: TidyDeps): Promise<void> {
  return intake.between(async () => {
    for (const hash of await forgetUnnamed(database, now)) await blobs.forget(hash);
  });
}
