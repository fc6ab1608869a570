import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { type LeafletFile, leafletIdSchema } from '#shared/content/leaflet.ts';
import { type BlobHash, blobHashSchema } from '#shared/contract/blobs.ts';
import { refusalOfReleaseSchema } from '#shared/contract/content.ts';

/** Why a set can't be shown. */
const setRefusalSchema = z.object({
  why: refusalOfReleaseSchema,
  leaflet: leafletIdSchema.nullable(),
  detail: z.string(),
});
export type SetRefusal = z.infer<typeof setRefusalSchema>;

/** A release as it is for this station. */
export interface StoredSet {
  /** SHA-256 of the manifest, which names the set. */
  readonly manifest: string;
  readonly release: number;
  readonly state: 'fetching' | 'proved' | 'refused';
  /** Of one that was refused, and when, milliseconds since 1970. */
  readonly refusal: SetRefusal | null;
  readonly refusedMs: number | null;
}

/** A file of a set. */
export type SetFile = Readonly<z.infer<typeof fileRow>>;

export interface ContentHead {
  /** What is shown, what was shown before it, and what the server wants to be shown; manifests. */
  readonly active: string | null;
  readonly previous: string | null;
  readonly wanted: string | null;
  readonly painted: { readonly release: number; readonly manifest: string } | null;
}

const headRow = z.object({
  active: z.string().nullable(),
  previous: z.string().nullable(),
  wanted: z.string().nullable(),
  painted_release: z.int().nullable(),
  painted_manifest: z.string().nullable(),
});
const setRow = z.object({
  manifest: z.string(),
  release: z.int(),
  state: z.enum(['fetching', 'proved', 'refused']),
  refusal: z.string().nullable(),
  refused_ms: z.int().nullable(),
});
const jsonRow = z.object({ json: z.string() });
const fileRow = z.object({
  hash: blobHashSchema,
  bytes: z.int(),
  type: z.enum(['image/jpeg', 'image/png', 'image/webp', 'application/pdf', 'video/mp4', 'video/webm']),
});
const hashRow = z.object({ hash: blobHashSchema });
const metadataRow = z.object({ role: z.string(), bytes: z.instanceof(Buffer) });
const loadsRow = z.object({ loads: z.int() });

/** A set that came for the first time. */
export interface NewSet {
  readonly manifest: string;
  readonly release: number;
  /** The manifest, as it was signed. */
  readonly json: string;
  readonly files: readonly LeafletFile[];
}

/** Metadata and sets, on one open database. Each call is one transaction; when it returns, it is on the disk. */
export function createContentSets(db: Database) {
  const selectMetadata = db.prepare('SELECT role, bytes FROM metadata');
  const saveMetadata = db.prepare('INSERT OR REPLACE INTO metadata (role, bytes) VALUES (?, ?)');
  const clearMetadata = db.prepare('DELETE FROM metadata');
  const selectHead = db.prepare(
    'SELECT active, previous, wanted, painted_release, painted_manifest FROM head WHERE one = 1',
  );
  const selectSet = db.prepare('SELECT manifest, release, state, refusal, refused_ms FROM sets WHERE manifest = ?');
  const selectJson = db.prepare('SELECT json FROM sets WHERE manifest = ?');
  const insertSet = db.prepare("INSERT INTO sets (manifest, release, json, state) VALUES (?, ?, ?, 'fetching')");
  const insertFile = db.prepare('INSERT INTO set_files (manifest, hash, bytes, type) VALUES (?, ?, ?, ?)');
  const insertFetched = db.prepare('INSERT OR IGNORE INTO fetched (hash) VALUES (?)');
  const setState = db.prepare('UPDATE sets SET state = ?, refusal = ?, refused_ms = ? WHERE manifest = ?');
  const setWanted = db.prepare('UPDATE head SET wanted = ?');
  const setActive = db.prepare('UPDATE head SET previous = active, active = ? WHERE active IS NOT ?');
  const clearLoads = db.prepare('UPDATE sets SET loads = 0 WHERE manifest = ?');
  const addLoad = db.prepare('UPDATE sets SET loads = loads + 1 WHERE manifest = ? RETURNING loads');
  const setPainted = db.prepare('UPDATE head SET painted_release = ?, painted_manifest = ?');
  const prune = db.prepare(
    `DELETE FROM sets WHERE NOT EXISTS
       (SELECT 1 FROM head WHERE sets.manifest IN (head.active, head.previous, head.wanted))`,
  );
  const selectFiles = db.prepare('SELECT hash, bytes, type FROM set_files WHERE manifest = ? ORDER BY hash');
  const selectFile = db.prepare('SELECT hash, bytes, type FROM set_files WHERE manifest = ? AND hash = ?');
  const selectGarbage = db.prepare('SELECT hash FROM fetched WHERE hash NOT IN (SELECT hash FROM set_files)');
  const forget = db.prepare('DELETE FROM fetched WHERE hash = ?');

  function head(): ContentHead {
    const row = headRow.parse(selectHead.get());
    const { active, previous, wanted, painted_release: release, painted_manifest: manifest } = row;
    return {
      active,
      previous,
      wanted,
      painted: release === null || manifest === null ? null : { release, manifest },
    };
  }

  function set(manifest: string): StoredSet | null {
    const row = setRow.nullish().parse(selectSet.get(manifest));
    if (row === null || row === undefined) return null;
    const { refusal, refused_ms: refusedMs, ...rest } = row;
    return { ...rest, refusal: refusal === null ? null : setRefusalSchema.parse(JSON.parse(refusal)), refusedMs };
  }

  return {
    head,
    set,

    /** Role -> the file of it that was last believed. */
    metadata: (): ReadonlyMap<string, Buffer> =>
      new Map(
        z
          .array(metadataRow)
          .parse(selectMetadata.all())
          .map(({ role, bytes }) => [role, bytes]),
      ),

    /** Metadata of another beginning take the place of all that were believed; what is shown stays. */
    believeAnew(metadata: ReadonlyMap<string, Buffer>): void {
      db.transaction(() => {
        clearMetadata.run();
        for (const [role, bytes] of metadata) saveMetadata.run(role, bytes);
      }).immediate();
    },

    /**
     * What the server's signed word has come to: its metadata and, where it names one, the set to be shown, which is new or
     * known by its manifest. `isHere`: blobs that are here for other reasons are not to go with the set.
     */
    believe(
      metadata: ReadonlyMap<string, Buffer>,
      wanted: NewSet | string | null,
      isHere: (hash: BlobHash) => boolean,
    ): void {
      db.transaction(() => {
        for (const [role, bytes] of metadata) saveMetadata.run(role, bytes);
        if (wanted === null) return;
        if (typeof wanted !== 'string' && set(wanted.manifest) === null) {
          insertSet.run(wanted.manifest, wanted.release, wanted.json);
          for (const { hash, bytes, type } of wanted.files) {
            insertFile.run(wanted.manifest, hash, bytes, type);
            if (!isHere(hash)) insertFetched.run(hash);
          }
        }
        setWanted.run(typeof wanted === 'string' ? wanted : wanted.manifest);
        prune.run();
      }).immediate();
    },

    /** The manifest as it was signed. */
    json: (manifest: string): string => jsonRow.parse(selectJson.get(manifest)).json,

    files: (manifest: string): SetFile[] => z.array(fileRow).parse(selectFiles.all(manifest)),

    /** A file that one of these sets names, or the set that was shown before. */
    file(hash: BlobHash, manifests: readonly string[]): SetFile | null {
      for (const manifest of [...manifests, head().previous]) {
        const row = manifest === null ? undefined : selectFile.get(manifest, hash);
        if (row !== undefined) return fileRow.parse(row);
      }
      return null;
    },

    /** It is whole, and every page of it was rendered. */
    proved(manifest: string): void {
      setState.run('proved', null, null, manifest);
    },

    refuse(manifest: string, refusal: SetRefusal, atMs: number): void {
      setState.run('refused', JSON.stringify(refusal), atMs, manifest);
    },

    /** Something of it is missing, or it is to have another try. */
    fetchAgain(manifest: string): void {
      setState.run('fetching', null, null, manifest);
    },

    /** From now on this one is shown; the one shown until now is kept for the way back, and those before it go. */
    switchTo(manifest: string): void {
      db.transaction(() => {
        setActive.run(manifest, manifest);
        clearLoads.run(manifest);
        prune.run();
      }).immediate();
    },

    /** A page takes the set up; how often that has happened since one has painted it. */
    load: (manifest: string): number => loadsRow.parse(addLoad.get(manifest)).loads,

    painted({ release, manifest }: { readonly release: number; readonly manifest: string }): void {
      db.transaction(() => {
        setPainted.run(release, manifest);
        clearLoads.run(manifest);
      }).immediate();
    },

    /** Blobs that came for a set and that none names any more. */
    garbage: (): BlobHash[] =>
      z
        .array(hashRow)
        .parse(selectGarbage.all())
        .map(({ hash }) => hash),

    /** It is deleted. */
    forget: (hash: BlobHash): void => void forget.run(hash),
  };
}

export type ContentSets = ReturnType<typeof createContentSets>;
