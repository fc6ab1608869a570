import type { Metadata, Root } from '@tufjs/models';
import { Metadata as MetadataFile, MetadataKind } from '@tufjs/models';
import type { Kysely, Transaction } from 'kysely';
import { channelPath } from '#shared/content/release.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import type { Tables } from '../store/schema.ts';
import { noteOf, readRoot, readTargets, signOnline, targetFile, type TargetNote } from './metadata.ts';
import type { OnlineKeys } from './online-keys.ts';

/** The TUF repository in the server's tables: which files there are, and the server's own metadata anew. */

export async function metadataFile(db: Kysely<Tables>, name: string): Promise<string | null> {
  const row = await db.selectFrom('content_metadata').select('json').where('name', '=', name).executeTakeFirst();
  return row?.json ?? null;
}

/** A target's file, if this station may read it. */
export async function targetOf(db: Kysely<Tables>, file: string, station: string): Promise<string | null> {
  const row = await db
    .selectFrom('content_targets')
    .select('json')
    .where('file', '=', file)
    .where('station', '=', station)
    .executeTakeFirst();
  return row?.json ?? null;
}

export async function putMetadata(transaction: Transaction<Tables>, files: Readonly<Record<string, string>>) {
  for (const [name, json] of Object.entries(files)) {
    await transaction
      .insertInto('content_metadata')
      .values({ name, json })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ json }))
      .execute();
  }
}

export async function putTarget(
  transaction: Transaction<Tables>,
  { path, station, json }: { readonly path: string; readonly station: string; readonly json: string },
): Promise<TargetNote> {
  const note = noteOf(json);
  await transaction
    .insertInto('content_targets')
    .values({ file: targetFile(path, note), station, json })
    .onConflict((conflict) => conflict.column('file').doNothing())
    .execute();
  return note;
}

/** The newest root; null: the ceremony was not held yet. */
export async function newestRoot(
  db: Kysely<Tables>,
): Promise<{ readonly text: string; readonly root: Metadata<Root> } | null> {
  const rows = await db.selectFrom('content_metadata').select('name').where('name', 'like', '%.root.json').execute();
  const versions = rows.map(({ name }) => Number.parseInt(name, 10));
  const text = versions.length === 0 ? null : await metadataFile(db, `${Math.max(...versions)}.root.json`);
  return text === null ? null : { text, root: readRoot(text) };
}

export interface OnlineState {
  readonly versions: {
    readonly snapshot: number;
    readonly timestamp: number;
    readonly stations: number;
    readonly targets: number;
  };
  /** When the first of the server's own metadata ends, milliseconds since 1970. */
  readonly freshUntilMs: number;
}

/** Which metadata are served now; null before the first release. */
export async function onlineState(db: Kysely<Tables>): Promise<OnlineState | null> {
  const timestampText = await metadataFile(db, 'timestamp.json');
  if (timestampText === null) return null;
  const timestamp = MetadataFile.fromJSON(MetadataKind.Timestamp, parse(timestampText)).signed;
  const snapshotVersion = timestamp.snapshotMeta.version;
  const snapshotText = await metadataFile(db, `${snapshotVersion}.snapshot.json`);
  if (snapshotText === null) throw new Error(`snapshot ${snapshotVersion} is named and not here`);
  const snapshot = MetadataFile.fromJSON(MetadataKind.Snapshot, parse(snapshotText)).signed;
  const versionOf = (name: string) => snapshot.meta[name]?.version ?? 0;
  return {
    versions: {
      timestamp: timestamp.version,
      snapshot: snapshotVersion,
      stations: versionOf('stations.json'),
      targets: versionOf('targets.json'),
    },
    freshUntilMs: Date.parse(timestamp.expires),
  };
}

/** Written by metadata.ts. */
function parse(text: string) {
  return JSON.parse(text) as Parameters<typeof MetadataFile.fromJSON>[1];
}

export async function servedTargets(db: Kysely<Tables>, version: number) {
  const text = await metadataFile(db, `${version}.targets.json`);
  return text === null ? null : readTargets(text);
}

export interface SignAnewOptions {
  readonly nowMs: number;
  readonly keys: OnlineKeys;
  /** Another than is served now, where a release is published. */
  readonly targets?: number;
}

/** Old versions of what the server signs that are still here for terminals that are in the middle of asking. */
const KEPT_VERSIONS = 20;

/** Signs what each station shows, the snapshot and the timestamp anew. */
export async function signAnew(
  transaction: Transaction<Tables>,
  { nowMs, keys, targets }: SignAnewOptions,
): Promise<void> {
  const before = (await onlineState(transaction))?.versions ?? { snapshot: 0, timestamp: 0, stations: 0, targets: 0 };
  const rows = await transaction.selectFrom('station_channels').selectAll().orderBy('station').execute();
  const channels: Record<string, TargetNote> = {};
  for (const { station, release } of rows) {
    const path = channelPath(station);
    channels[path] = await putTarget(transaction, { path, station, json: canonicalJson({ station, release }) });
  }
  const versions = {
    snapshot: before.snapshot + 1,
    timestamp: before.timestamp + 1,
    stations: before.stations + 1,
    targets: targets ?? before.targets,
  };
  await putMetadata(transaction, signOnline({ nowMs, versions, channels, keys }));
  const old = [`${before.snapshot - KEPT_VERSIONS}.snapshot.json`, `${before.stations - KEPT_VERSIONS}.stations.json`];
  await transaction.deleteFrom('content_metadata').where('name', 'in', old).execute();
}
