import type { Kysely, Selectable, Transaction } from 'kysely';
import { z } from 'zod';
import { type LifeAct, live } from '#shared/content/life.ts';
import { type LeafletContent, leafletContentSchema } from '#shared/content/leaflet.ts';
import { LEAFLET_STATES, type LeafletState, type LeafletVersion } from '#shared/contract/leaflets.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Tables } from '../store/schema.ts';
import { overAt } from './check-content.ts';
import { audienceColumn, type Stations } from './stations.ts';
import { searchWords, titleOrder } from './words.ts';

export type VersionRow = Selectable<Tables['leaflet_versions']>;

/** Which version of which leaflet. */
export interface VersionKey {
  readonly leaflet: string;
  readonly version: number;
}

/** It is not in the state for it, or was changed meanwhile: what it is in. */
export interface Conflict {
  readonly code: 'conflict';
  readonly state: LeafletState;
  readonly revision: number;
}

/** States were written by this folder, hence the look-up and no more. */
export function stateOf({ state }: Pick<VersionRow, 'state'>): LeafletState {
  const known = LEAFLET_STATES.find((each) => each === state);
  if (known === undefined) throw new Error(`a leaflet is in state ${state}`);
  return known;
}

/** The accounts that have saved it. */
export function writersOf({ writers }: Pick<VersionRow, 'writers'>): string[] {
  return z.array(z.string()).parse(JSON.parse(writers));
}

export function contentOf({ content }: Pick<VersionRow, 'content'>): LeafletContent {
  return leafletContentSchema.parse(JSON.parse(content));
}

export function versionOf(row: VersionRow): LeafletVersion {
  return {
    leaflet: row.leaflet,
    version: row.version,
    state: stateOf(row),
    content: contentOf(row),
    author: row.author,
    changedMs: row.changed_ms,
    revision: row.revision,
    submittedMs: row.submitted_ms,
    approver: row.approver,
    approvedMs: row.approved_ms,
    remark: row.remark,
    release: row.release,
    writers: writersOf(row),
  };
}

/** Content and all columns that follow from it. */
export function contentColumns(content: LeafletContent, stations: Stations) {
  return {
    content: JSON.stringify(content),
    kind: content.body.kind,
    category: content.category,
    priority: content.priority,
    title: titleOrder(content),
    words: searchWords(content),
    audience: audienceColumn(content.audience),
    over_ms: overAt(content, stations),
  };
}

/** Newest first; none: there is no such leaflet. */
export function allVersions(db: Kysely<Tables>, leaflet: string): Promise<VersionRow[]> {
  return db
    .selectFrom('leaflet_versions')
    .selectAll()
    .where('leaflet', '=', leaflet)
    .orderBy('version', 'desc')
    .execute();
}

export async function findVersion(db: Kysely<Tables>, { leaflet, version }: VersionKey): Promise<VersionRow | null> {
  const row = await db
    .selectFrom('leaflet_versions')
    .selectAll()
    .where('leaflet', '=', leaflet)
    .where('version', '=', version)
    .executeTakeFirst();
  return row ?? null;
}

export function conflict(row: VersionRow): Conflict {
  return { code: 'conflict', state: stateOf(row), revision: row.revision };
}

/** Brings a version into the state after an act, with what else changes in its row. It is not for acts that end in nothing. */
export async function change(
  transaction: Transaction<Tables>,
  row: VersionRow,
  act: Exclude<LifeAct, 'discard'>,
  changed: Partial<VersionRow> = {},
): Promise<Result<VersionRow, Conflict>> {
  const after = live(stateOf(row), act);
  if (!after.ok) return err(conflict(row));
  const columns = { ...changed, state: after.value };
  await transaction
    .updateTable('leaflet_versions')
    .set(columns)
    .where('leaflet', '=', row.leaflet)
    .where('version', '=', row.version)
    .execute();
  return ok({ ...row, ...columns });
}

/** A version takes the place of those before it that are in a state. */
export async function replaceOlder(
  transaction: Transaction<Tables>,
  { leaflet, version }: VersionKey,
  states: readonly LeafletState[],
): Promise<void> {
  for (const row of await allVersions(transaction, leaflet)) {
    if (row.version < version && states.includes(stateOf(row))) await change(transaction, row, 'replace');
  }
}
