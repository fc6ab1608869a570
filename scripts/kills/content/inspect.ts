import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Shown } from './shown.ts';

const headRow = z.object({ manifest: z.string(), release: z.int(), json: z.string(), state: z.string() });
const fileRow = z.object({ hash: z.string(), bytes: z.int() });
const manifestSchema = z.object({ leaflets: z.array(z.object({ id: z.string(), version: z.int() })) });

/** What is on a terminal's disk to be shown, and what is wrong with it; null: nothing is to be shown. */
export interface OnDisk extends Shown {
  readonly faults: readonly string[];
}

function faultOf(blobs: string, { hash, bytes }: z.infer<typeof fileRow>): string[] {
  const path = join(blobs, hash);
  if (!existsSync(path)) return [`${hash} is missing`];
  const found = readFileSync(path);
  if (found.length !== bytes) return [`${hash} has ${found.length} bytes instead of ${bytes}`];
  return createHash('sha256').update(found).digest('hex') === hash ? [] : [`${hash} has other bytes`];
}

/** Looks at the folder of a terminal that was killed, as it lies there. */
export function inspect(folder: string): OnDisk | null {
  const path = join(folder, 'content.sqlite');
  if (!existsSync(path)) return null;
  const db = new Database(path, { readonly: true });
  try {
    if (db.pragma('user_version', { simple: true }) === 0) return null;
    const row = headRow
      .optional()
      .parse(
        db.prepare('SELECT s.manifest, s.release, s.json, s.state FROM head JOIN sets s ON s.manifest = active').get(),
      );
    if (row === undefined) return null;
    const { manifest, release, json, state } = row;
    const { leaflets } = manifestSchema.parse(JSON.parse(json));
    const files = z
      .array(fileRow)
      .parse(db.prepare('SELECT hash, bytes FROM set_files WHERE manifest = ?').all(manifest));
    const faults = files.flatMap((file) => faultOf(join(folder, 'blobs'), file));
    if (createHash('sha256').update(json).digest('hex') !== manifest)
      faults.push('another manifest than its name says');
    if (state !== 'proved') faults.push(`a set that is ${state} is shown`);
    return { release, leaflets: leaflets.map(({ id, version }) => `${id}/${version}`), faults };
  } finally {
    db.close();
  }
}
