import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Kysely } from 'kysely';
import { filesOf } from '#shared/content/leaflet.ts';
import { channelPath, manifestPath, manifestSchema } from '#shared/content/release.ts';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { BlobStore } from '../blobs/blob-store.ts';
import type { Tables } from '../store/schema.ts';
import { readChannels } from './channels.ts';
import { noteOf, targetFile } from './metadata.ts';
import { metadataFile, newestRoot, onlineState, targetOf } from './repository.ts';

export type StickFault = 'nothing-released' | 'unknown-station' | 'files-gone';

/** The folder that terminals look for (electron/core/content/stick.ts). */
const FOLDER = 'red-sail-content';

/** Writes what a station shows to a stick: the same signatures as over the network. Returns how many files of leaflets it has. */
export async function writeStick(
  db: Kysely<Tables>,
  blobs: Pick<BlobStore, 'find'>,
  station: string,
  out: string,
): Promise<Result<{ readonly release: number; readonly files: number }, StickFault>> {
  const state = await onlineState(db);
  const root = await newestRoot(db);
  if (state === null || root === null) return err('nothing-released');
  const release = (await readChannels(db)).get(station) ?? null;
  if (release === null) return err('unknown-station');
  const folder = join(out, FOLDER);

  async function write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text, { flush: true });
  }

  async function target(path: string, text: string): Promise<void> {
    await write(`targets/${targetFile(path, noteOf(text))}`, text);
  }

  const { snapshot, targets, stations } = state.versions;
  const names = ['timestamp.json', `${snapshot}.snapshot.json`, `${targets}.targets.json`, `${stations}.stations.json`];
  // Every root: a terminal goes from the one that it knows to the newest, step by step.
  for (let version = 1; version <= root.root.signed.version; version += 1) names.push(`${version}.root.json`);
  for (const name of names) {
    const text = await metadataFile(db, name);
    if (text !== null) await write(`metadata/${name}`, text);
  }
  await target(channelPath(station), canonicalJson({ station, release }));
  const manifest = await manifestOf(db, release, station);
  if (manifest === null) return err('unknown-station');
  await target(manifestPath(release, station), manifest);

  const { leaflets } = manifestSchema.parse(JSON.parse(manifest));
  const files = new Map(leaflets.flatMap(({ body }) => filesOf(body)).map((file) => [file.hash, file]));
  await mkdir(join(folder, 'blobs'), { recursive: true });
  for (const hash of files.keys()) {
    const blob = await blobs.find(hash);
    if (blob === null) return err('files-gone');
    await copyFile(blob.path, join(folder, 'blobs', hash));
  }
  return ok({ release, files: files.size });
}

/** A release's manifest for a station, as it was signed. */
async function manifestOf(db: Kysely<Tables>, release: number, station: string): Promise<string | null> {
  const row = await db
    .selectFrom('content_targets')
    .select('file')
    .where('station', '=', station)
    .where('file', 'like', `releases/${release}/%`)
    .executeTakeFirst();
  return row === undefined ? null : targetOf(db, row.file, station);
}
