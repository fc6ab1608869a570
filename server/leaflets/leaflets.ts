import type { Selectable, Transaction } from 'kysely';
import {
  filesOf,
  fileSchema,
  type LeafletContent,
  leafletContentSchema,
  type LeafletFile,
} from '#shared/content/leaflet.ts';
import { isOpen, LEAFLET_STATES, type LeafletStep, stepLeaflet } from '#shared/content/life.ts';
import { leafletFaults } from '#shared/content/markdown-rules.ts';
import type { BlobHash } from '#shared/contract/blobs.ts';
import { type LeafletVersion, leafletVersionSchema } from '#shared/contract/leaflets.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { ServerDatabase } from '../store/database.ts';
import { withoutNul } from '../store/projection.ts';
import type { Tables } from '../store/schema.ts';
import { listLeaflets, type LeafletQuery } from './list.ts';

export interface LeafletsDeps {
  readonly database: ServerDatabase;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A UUID of version 7. */
  readonly newId: () => string;
}

/** `conflict`: not in the state for it, or changed since it was looked at. */
export type LeafletFault = 'not-found' | 'conflict' | 'own-work' | 'unknown-file' | 'unsafe-text';

interface Change {
  readonly leaflet: string;
  readonly version: number;
  /** The one that was looked at. */
  readonly revision: number;
}

type Row = Selectable<Tables['leaflet_versions']>;

function versionOf(row: Row): LeafletVersion {
  return leafletVersionSchema.parse({
    leaflet: row.leaflet,
    version: row.version,
    state: row.state,
    content: JSON.parse(row.content),
    author: row.author,
    changedMs: row.changed_ms,
    revision: row.revision,
    approver: row.approver,
    approvedMs: row.approved_ms,
    remark: row.remark,
    writers: JSON.parse(row.writers),
  });
}

/** Leaflets and their versions, and the files that they may name. */
export function createLeaflets({ database, now, newId }: LeafletsDeps) {
  const { db, exclusive } = database;

  async function find(tx: Transaction<Tables>, leaflet: string, version: number): Promise<LeafletVersion | null> {
    const row = await tx
      .selectFrom('leaflet_versions')
      .selectAll()
      .where('leaflet', '=', leaflet)
      .where('version', '=', version)
      .executeTakeFirst();
    return row === undefined ? null : versionOf(row);
  }

  /** Whether every file it names is here, and is what it says. */
  async function knowsFiles(tx: Transaction<Tables>, content: LeafletContent): Promise<boolean> {
    for (const file of filesOf(content.body)) {
      const row = await tx.selectFrom('content_files').select('file').where('hash', '=', file.hash).executeTakeFirst();
      if (row?.file !== canonicalJson(file)) return false;
    }
    return true;
  }

  async function write(tx: Transaction<Tables>, version: LeafletVersion): Promise<void> {
    const { leaflet, content } = version;
    const row = {
      leaflet,
      version: version.version,
      state: version.state,
      content: canonicalJson(content),
      author: version.author,
      changed_ms: version.changedMs,
      revision: version.revision,
      approver: version.approver,
      approved_ms: version.approvedMs,
      remark: version.remark,
      writers: JSON.stringify(version.writers),
    };
    await tx
      .insertInto('leaflet_versions')
      .values(row)
      .onConflict((conflict) => conflict.columns(['leaflet', 'version']).doUpdateSet(row))
      .execute();
    await list(tx, leaflet);
  }

  /** Writes down anew how a leaflet is listed: as its newest version says. One without a version is gone. */
  async function list(tx: Transaction<Tables>, leaflet: string): Promise<void> {
    const rows = await tx
      .selectFrom('leaflet_versions')
      .selectAll()
      .where('leaflet', '=', leaflet)
      .orderBy('version', 'desc')
      .execute();
    const [newest] = rows;
    if (newest === undefined) {
      await tx.deleteFrom('leaflets').where('leaflet', '=', leaflet).execute();
      return;
    }
    const content = leafletContentSchema.parse(JSON.parse(newest.content));
    const { title, summary, tags } = content;
    const row = {
      leaflet,
      version: newest.version,
      state: newest.state,
      approved_version: rows.find(({ state }) => state === 'approved')?.version ?? null,
      kind: content.body.kind,
      category: content.category,
      priority: content.priority,
      title_zh: title.zh,
      title_en: title.en ?? null,
      words: [title.zh, title.en, summary.zh, summary.en, ...tags].join('\n').toLowerCase(),
      author: newest.author,
      changed_ms: newest.changed_ms,
    };
    await tx
      .insertInto('leaflets')
      .values(row)
      .onConflict((conflict) => conflict.column('leaflet').doUpdateSet(row))
      .execute();
  }

  /** One step of the life of a version that nobody has changed meanwhile. */
  function step(
    key: Change,
    what: LeafletStep,
    by: string,
    change: (version: LeafletVersion, atMs: number) => Partial<LeafletVersion>,
  ): Promise<Result<LeafletVersion, LeafletFault>> {
    return exclusive(async (tx) => {
      const before = await find(tx, key.leaflet, key.version);
      if (before === null) return err('not-found');
      if (before.revision !== key.revision) return err('conflict');
      const next = stepLeaflet(before.state, what, by, before.writers);
      if (!next.ok) return err(next.error === 'own-work' ? 'own-work' : 'conflict');
      if (next.value === null) {
        await tx
          .deleteFrom('leaflet_versions')
          .where('leaflet', '=', key.leaflet)
          .where('version', '=', key.version)
          .execute();
        await list(tx, key.leaflet);
        return ok(before);
      }
      const atMs = now();
      const after = {
        ...before,
        ...change(before, atMs),
        state: next.value,
        revision: before.revision + 1,
        changedMs: atMs,
      };
      if (what === 'save' && leafletFaults(after.content.body).length > 0) return err('unsafe-text');
      if (what === 'save' && !(await knowsFiles(tx, after.content))) return err('unknown-file');
      if (what === 'approve') await replaceEarlier(tx, key.leaflet);
      await write(tx, after);
      return ok(after);
    });
  }

  /** At most one version is approved. */
  async function replaceEarlier(tx: Transaction<Tables>, leaflet: string): Promise<void> {
    await tx
      .updateTable('leaflet_versions')
      .set((eb) => ({ state: 'replaced', revision: eb('revision', '+', 1) }))
      .where('leaflet', '=', leaflet)
      .where('state', '=', 'approved')
      .execute();
  }

  return {
    /** A file that leaflets may name from now on; its bytes are in the blob store. */
    async addFile(file: LeafletFile): Promise<void> {
      const row = { hash: file.hash, file: canonicalJson(fileSchema.parse(file)), added_ms: now() };
      await db
        .insertInto('content_files')
        .values(row)
        .onConflict((conflict) => conflict.column('hash').doNothing())
        .execute();
    },

    /** What is known of a stored file; null where leaflets may not name it. */
    async file(hash: BlobHash): Promise<LeafletFile | null> {
      const row = await db.selectFrom('content_files').select('file').where('hash', '=', hash).executeTakeFirst();
      return row === undefined ? null : fileSchema.parse(JSON.parse(row.file));
    },

    /** A draft: of a new leaflet, or the next version of one that has no open version. `id`: the name a new one gets. */
    create(
      by: string,
      content: LeafletContent,
      { leaflet, id = newId() }: { readonly leaflet?: string | undefined; readonly id?: string } = {},
    ): Promise<Result<LeafletVersion, LeafletFault>> {
      return exclusive(async (tx) => {
        const newest =
          leaflet === undefined
            ? null
            : await tx
                .selectFrom('leaflets')
                .select(['version', 'state'])
                .where('leaflet', '=', leaflet)
                .executeTakeFirst();
        if (newest === undefined) return err('not-found');
        const state = LEAFLET_STATES.find((each) => each === newest?.state);
        if (state !== undefined && isOpen(state)) return err('conflict');
        if (leafletFaults(content.body).length > 0) return err('unsafe-text');
        if (!(await knowsFiles(tx, content))) return err('unknown-file');
        const version: LeafletVersion = {
          leaflet: leaflet ?? id,
          version: (newest?.version ?? 0) + 1,
          state: 'draft',
          content,
          author: by,
          changedMs: now(),
          revision: 1,
          approver: null,
          approvedMs: null,
          remark: null,
          writers: [by],
        };
        await write(tx, version);
        return ok(version);
      });
    },

    save: (by: string, key: Change, content: LeafletContent) =>
      step(key, 'save', by, ({ writers }) => ({ content, writers: [...new Set([...writers, by])] })),
    discard: (by: string, key: Change) => step(key, 'discard', by, () => ({})),
    submit: (by: string, key: Change) => step(key, 'submit', by, () => ({ remark: null })),
    sendBack: (by: string, key: Change, remark: string) => step(key, 'send-back', by, () => ({ remark })),
    approve: (by: string, key: Change) =>
      step(key, 'approve', by, (_, atMs) => ({ approver: by, approvedMs: atMs, remark: null })),
    withdraw: (by: string, key: Change, remark: string) => step(key, 'withdraw', by, () => ({ remark })),

    /** All versions, newest first. */
    async versions(leaflet: string): Promise<LeafletVersion[]> {
      const rows = await db
        .selectFrom('leaflet_versions')
        .selectAll()
        .where('leaflet', '=', withoutNul(leaflet))
        .orderBy('version', 'desc')
        .execute();
      return rows.map(versionOf);
    },

    list: (query: LeafletQuery) => listLeaflets(db, query),
  };
}

export type Leaflets = ReturnType<typeof createLeaflets>;
