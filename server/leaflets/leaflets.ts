import type { Transaction } from 'kysely';
import { isInWork, isPublishable, live, mayApprove } from '#shared/content/life.ts';
import type { Audience, LeafletContent } from '#shared/content/leaflet.ts';
import type { ContentFault, LeafletVersion } from '#shared/contract/leaflets.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { Tables } from '../store/schema.ts';
import { checkContent, namedFiles } from './check-content.ts';
import { cleanText } from './clean-text.ts';
import { knownFiles } from './files.ts';
import { type LeafletQuery, listLeaflets } from './list.ts';
import { markPublished, publishable } from './publishing.ts';
import { readStations, resolveAudience, type StationGroup, type Stations } from './stations.ts';
import {
  allVersions,
  change,
  type Conflict,
  conflict,
  contentColumns,
  findVersion,
  replaceOlder,
  stateOf,
  type VersionKey,
  versionOf,
  type VersionRow,
  writersOf,
} from './versions.ts';

export interface LeafletsDeps {
  readonly database: ServerDatabase;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A fresh UUIDv7. */
  readonly newId: () => string;
}

/** A version as somebody has looked at it. */
export interface SeenVersion extends VersionKey {
  readonly revision: number;
}

export type LeafletFault =
  | { readonly code: 'not-found' }
  | Conflict
  | { readonly code: 'own-work' }
  | { readonly code: 'content'; readonly faults: readonly ContentFault[] };

type Outcome = Result<LeafletVersion, LeafletFault>;

const NOT_FOUND = err({ code: 'not-found' } as const);

/** Leaflets from draft to withdrawn. Whether an account may do a thing at all is asked before; here it matters whose work it is. */
export function createLeaflets({ database, now, newId }: LeafletsDeps) {
  const { db, exclusive } = database;

  async function checked(
    transaction: Transaction<Tables>,
    content: LeafletContent,
  ): Promise<Result<{ content: LeafletContent; stations: Stations }, LeafletFault>> {
    const stations = await readStations(transaction);
    const files = await knownFiles(transaction, namedFiles(content));
    const result = checkContent(content, { stations, files });
    return result.ok ? ok({ content: result.value, stations }) : err({ code: 'content', faults: result.error });
  }

  /** Looks at a version and does something with it, while nobody else does anything. */
  function withVersion(
    key: VersionKey,
    work: (row: VersionRow, transaction: Transaction<Tables>) => Promise<Result<VersionRow, LeafletFault>>,
  ): Promise<Outcome> {
    return exclusive(async (transaction) => {
      const row = await findVersion(transaction, key);
      if (row === null) return NOT_FOUND;
      const after = await work(row, transaction);
      return after.ok ? ok(versionOf(after.value)) : after;
    });
  }

  return {
    list: (query: LeafletQuery) => listLeaflets(db, query, now()),

    /** Newest first; null: there is no such leaflet. */
    async versions(leaflet: string): Promise<LeafletVersion[] | null> {
      const rows = await allVersions(db, leaflet);
      return rows.length === 0 ? null : rows.map(versionOf);
    },

    /** A draft: of a new leaflet, which gets a new name, or the next version of one. One at a time is worked on. */
    create(
      account: string,
      content: LeafletContent,
      leaflet: string | null,
      newName: string = newId(),
    ): Promise<Outcome> {
      return exclusive(async (transaction) => {
        const [newest] = leaflet === null ? [] : await allVersions(transaction, leaflet);
        if (leaflet !== null && newest === undefined) return NOT_FOUND;
        if (newest !== undefined && isInWork(stateOf(newest))) return err(conflict(newest));
        const check = await checked(transaction, content);
        if (!check.ok) return check;
        const row: VersionRow = {
          leaflet: leaflet ?? newName,
          version: (newest?.version ?? 0) + 1,
          state: 'draft',
          ...contentColumns(check.value.content, check.value.stations),
          author: account,
          changed_ms: now(),
          revision: 1,
          submitted_ms: null,
          approver: null,
          approved_ms: null,
          remark: null,
          release: null,
          writers: JSON.stringify([account]),
        };
        await transaction.insertInto('leaflet_versions').values(row).execute();
        return ok(versionOf(row));
      });
    },

    save(account: string, seen: SeenVersion, content: LeafletContent): Promise<Outcome> {
      return withVersion(seen, async (row, transaction) => {
        if (row.revision !== seen.revision || !live(stateOf(row), 'save').ok) return err(conflict(row));
        const check = await checked(transaction, content);
        if (!check.ok) return check;
        return change(transaction, row, 'save', {
          writers: JSON.stringify([...new Set([...writersOf(row), account])]),
          ...contentColumns(check.value.content, check.value.stations),
          changed_ms: now(),
          revision: row.revision + 1,
        });
      });
    },

    /** Throws a draft away. */
    discard({ leaflet, version }: VersionKey): Promise<Result<null, LeafletFault>> {
      return exclusive(async (transaction) => {
        const row = await findVersion(transaction, { leaflet, version });
        if (row === null) return NOT_FOUND;
        if (!live(stateOf(row), 'discard').ok) return err(conflict(row));
        await transaction
          .deleteFrom('leaflet_versions')
          .where('leaflet', '=', leaflet)
          .where('version', '=', version)
          .execute();
        return ok(null);
      });
    },

    submit(seen: SeenVersion): Promise<Outcome> {
      return withVersion(seen, async (row, transaction) => {
        if (row.revision !== seen.revision) return err(conflict(row));
        return change(transaction, row, 'submit', { submitted_ms: now(), changed_ms: now(), remark: null });
      });
    },

    sendBack(key: VersionKey, remark: string): Promise<Outcome> {
      return withVersion(key, (row, transaction) =>
        change(transaction, row, 'send-back', {
          remark: cleanText(remark),
          submitted_ms: null,
          approver: null,
          approved_ms: null,
          changed_ms: now(),
        }),
      );
    },

    /** Of what the approver has looked at, and of nobody's own work. */
    approve(account: string, seen: SeenVersion): Promise<Outcome> {
      return withVersion(seen, async (row, transaction) => {
        if (row.revision !== seen.revision || !live(stateOf(row), 'approve').ok) return err(conflict(row));
        if (!mayApprove(account, writersOf(row))) return err({ code: 'own-work' });
        // One that is published stays so until a release has this one.
        await replaceOlder(transaction, row, ['approved']);
        return change(transaction, row, 'approve', { approver: account, approved_ms: now(), changed_ms: now() });
      });
    },

    /** The whole leaflet out of the next release: all of its versions that are approved or published. */
    withdraw(leaflet: string, remark: string): Promise<Outcome> {
      return exclusive(async (transaction) => {
        const rows = await allVersions(transaction, leaflet);
        const [newest] = rows;
        if (newest === undefined) return NOT_FOUND;
        const shown = rows.filter((row) => isPublishable(stateOf(row)));
        let first: VersionRow | null = null;
        for (const row of shown) {
          const after = await change(transaction, row, 'withdraw', { remark: cleanText(remark), changed_ms: now() });
          if (!after.ok) return after;
          first ??= after.value;
        }
        return first === null ? err(conflict(newest)) : ok(versionOf(first));
      });
    },

    /** Which stations an audience is now. */
    async resolve(audience: Audience): Promise<string[]> {
      return resolveAudience(audience, await readStations(db));
    },

    async groups(): Promise<StationGroup[]> {
      return [...(await readStations(db)).groups.values()];
    },

    /** False where one of its stations is not there. */
    saveGroup({ group, name, stations }: StationGroup): Promise<boolean> {
      return exclusive(async (transaction) => {
        const { zones } = await readStations(transaction);
        if (!stations.every((code) => zones.has(code))) return false;
        const columns = { ...name, stations: JSON.stringify([...new Set(stations)].sort()) };
        await transaction
          .insertInto('station_groups')
          .values({ name: group, ...columns })
          .onConflict((conflicting) => conflicting.column('name').doUpdateSet(columns))
          .execute();
        return true;
      });
    },

    /** What the next release has (publishing.ts); in a transaction, as it is there. */
    publishable: (transaction?: Transaction<Tables>) => publishable(transaction ?? db, now()),
    markPublished,
  };
}

export type Leaflets = ReturnType<typeof createLeaflets>;
