import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { BlobScope } from '#shared/contract/blobs.ts';
import { isMissing, replaceText } from './durable-files.ts';

/** Beside each blob: who may read it, and who has proved to have it. */
const recordSchema = z.object({
  /** Audiences as of events (event-rules.ts): `*` or codes of stations. None: the server alone. */
  audiences: z.array(z.string()),
  /** Ids of the terminals that have sent it whole. */
  senders: z.array(z.string()),
});
export type BlobRecord = z.infer<typeof recordSchema>;

const NOBODY: BlobRecord = { audiences: [], senders: [] };

/** Who may read what is of a scope. */
export function audiencesOfScope(scope: BlobScope): string[] {
  if (scope === 'server') return [];
  return [scope === 'community' ? '*' : scope.slice('station:'.length)];
}

/** Whoever was let in by one of the two is let in by both together. */
export function joinRecords(one: BlobRecord, other: BlobRecord): BlobRecord {
  const audiences = new Set([...one.audiences, ...other.audiences]);
  return {
    audiences: audiences.has('*') ? ['*'] : [...audiences].sort(),
    senders: [...new Set([...one.senders, ...other.senders])].sort(),
  };
}

/** Whether a terminal of this station may read the blob. */
export function mayRead({ audiences }: BlobRecord, station: string): boolean {
  return audiences.includes('*') || audiences.includes(station);
}

/** A record that is not there, or can't be read, lets nobody in. */
export async function readRecord(path: string): Promise<BlobRecord> {
  try {
    const record = recordSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return record.success ? record.data : NOBODY;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return NOBODY;
    throw error;
  }
}

export async function widenRecord(path: string, more: BlobRecord): Promise<void> {
  const before = await readRecord(path);
  const after = joinRecords(before, more);
  if (JSON.stringify(after) !== JSON.stringify(before)) await replaceText(path, JSON.stringify(after));
}
