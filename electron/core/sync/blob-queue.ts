import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BlobHash, blobHashSchema } from '#shared/contract/blobs.ts';
import { replaceFile } from '../identity/key-store.ts';
import type { Log } from '../log.ts';

/** A blob that is to come from the server, or to go there. */
const entrySchema = z.object({
  way: z.enum(['in', 'out']),
  hash: blobHashSchema,
  /** Bytes of the whole blob. */
  length: z.int().min(0),
  /** With `out`: whether the terminal keeps it when the server has it. */
  keep: z.boolean(),
  /** Those that came first go first. */
  n: z.int(),
});
export type BlobEntry = Readonly<z.infer<typeof entrySchema>>;

/** What is to be transferred, a small file each, so that it outlives crashes. */
export function createBlobQueue(folder: string, log: Log) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const nameOf = ({ way, hash }: Pick<BlobEntry, 'way' | 'hash'>) => `${way}-${hash}.json`;
  const entries = new Map<string, BlobEntry>();

  function read(name: string): BlobEntry | null {
    try {
      const entry = entrySchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
      return nameOf(entry) === name ? entry : null;
    } catch {
      return null;
    }
  }

  for (const name of readdirSync(folder).filter((each) => each.endsWith('.json'))) {
    const entry = read(name);
    if (entry === null) log.error({ name }, 'a note of a blob to be transferred can’t be read; it is left as it is');
    else entries.set(name, entry);
  }
  let last = Math.max(0, ...[...entries.values()].map(({ n }) => n));

  function write(entry: BlobEntry): void {
    replaceFile(join(folder, nameOf(entry)), Buffer.from(JSON.stringify(entry)));
    entries.set(nameOf(entry), entry);
  }

  return {
    /** On the disk when it returns. Added twice it is kept if one of the two says so. */
    add(entry: Omit<BlobEntry, 'n'>): void {
      const before = entries.get(nameOf(entry));
      if (before === undefined) last += 1;
      write({ ...entry, keep: entry.keep || before?.keep === true, n: before?.n ?? last });
    },

    /** In the place of the one of the same way and hash. */
    replace: write,

    /** A crash before it is on the disk does no harm: what is done already is soon found done. */
    remove(entry: Pick<BlobEntry, 'way' | 'hash'>): void {
      rmSync(join(folder, nameOf(entry)), { force: true });
      entries.delete(nameOf(entry));
    },

    get: (way: BlobEntry['way'], hash: BlobHash): BlobEntry | null => entries.get(nameOf({ way, hash })) ?? null,

    /** In the order in which they came; what goes out before what comes in: it is nowhere else yet. */
    list(): BlobEntry[] {
      return [...entries.values()].sort((a, b) => (a.way === b.way ? a.n - b.n : a.way === 'out' ? -1 : 1));
    },
  };
}

export type BlobQueue = ReturnType<typeof createBlobQueue>;
