import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Updater } from 'tuf-js';
import { z } from 'zod';
import { channelPath, manifestPath, MAX_MANIFEST_BYTES, stationChannelSchema } from '#shared/content/release.ts';
import type { RefusalOfRelease } from '#shared/contract/content.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { createLimitedFetcher } from './limited-fetcher.ts';
import { refusalOf } from './refusal.ts';

export type AskFault =
  /** Nothing was heard; it says nothing about any release. */
  | { readonly kind: 'unreachable'; readonly detail: string }
  /** There is no repository yet: the root ceremony or the first release is to come. */
  | { readonly kind: 'none-yet' }
  | {
      readonly kind: 'refused';
      readonly release: number | null;
      readonly why: RefusalOfRelease;
      readonly detail: string;
    };

/** The set that the station is to show now. `json` is null where the manifest is known already. */
export interface NamedSet {
  readonly release: number;
  /** SHA-256 of the manifest. */
  readonly manifest: string;
  readonly json: string | null;
}

export interface Asked {
  /** By role: all that is believed now; after a fault only what stands for itself. */
  readonly metadata: ReadonlyMap<string, Buffer>;
  /** Null: the station shows no release yet. */
  readonly result: Result<NamedSet | null, AskFault>;
}

export interface AskOptions {
  readonly station: string;
  /** Base addresses, http: or file:. */
  readonly metadataUrl: string;
  readonly targetsUrl: string;
  readonly source: ReturnType<typeof createLimitedFetcher>;
  /** A folder for tuf-js. Whatever is in it is deleted. */
  readonly scratch: string;
  /** By role, as last believed; with at least a root. */
  readonly stored: ReadonlyMap<string, Buffer>;
  /** Corrected clock, milliseconds since 1970. */
  readonly nowMs: number;
  /** Whether the manifest is here. */
  readonly isKnown: (manifest: string) => boolean;
}

/** Bytes of a channel at most; it is a hundred. */
const MAX_CHANNEL_BYTES = 4096;

/** tuf-js's own, and lower where ours are known to be smaller. */
const LIMITS = {
  maxRootRotations: 64,
  maxDelegations: 8,
  rootMaxLength: 512_000,
  timestampMaxLength: 16_384,
  snapshotMaxLength: 262_144,
  targetsMaxLength: 5_000_000,
};

const expirySchema = z.object({ signed: z.object({ expires: z.iso.datetime({ offset: true }) }) });

/** When the first of the metadata expires, milliseconds since 1970; null where there are none. */
export function freshUntil(metadata: ReadonlyMap<string, Buffer>): number | null {
  const ends = [...metadata.values()].flatMap((bytes) => {
    const parsed = expirySchema.safeParse(parseJson(bytes.toString('utf8')));
    return parsed.success ? [Date.parse(parsed.data.signed.expires)] : [];
  });
  return ends.length === 0 ? null : Math.min(...ends);
}

/** tuf-js reckons with the machine's clock, which may be wrong: the terminal's corrected one takes its place. */
function setClock(updater: Updater, nowMs: number): void {
  const trusted: unknown = updater['trustedSet'];
  if (typeof trusted !== 'object' || trusted === null || !('referenceTime' in trusted)) {
    throw new Error('this tuf-js keeps its reference time somewhere else');
  }
  trusted.referenceTime = new Date(nowMs);
}

function fileOf(scratch: string, role: string): string {
  return join(scratch, `${encodeURIComponent(role)}.json`);
}

function layOut(scratch: string, stored: ReadonlyMap<string, Buffer>): void {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  for (const [role, bytes] of stored) writeFileSync(fileOf(scratch, role), bytes);
}

/** What tuf-js has written down: only what it has verified. */
function takeUp(scratch: string, isWanted: (role: string) => boolean): Map<string, Buffer> {
  const names = readdirSync(scratch).filter((name) => name.endsWith('.json'));
  const roles = names.map((name) => decodeURIComponent(name.slice(0, -'.json'.length))).filter(isWanted);
  return new Map(roles.map((role) => [role, readFileSync(fileOf(scratch, role))]));
}

/** A new root stands for itself, and so does a timestamp: they count though what should follow did not come. */
const STANDING_ALONE: ReadonlySet<string> = new Set(['root', 'timestamp']);

/** Thrown past tuf-js's own, and caught below. */
class Refused extends Error {
  readonly fault: AskFault;
  constructor(release: number | null, why: RefusalOfRelease, detail: string) {
    super(detail);
    this.fault = { kind: 'refused', release, why, detail };
  }
}

async function readChannel(updater: Updater, { station, scratch }: AskOptions): Promise<number | null> {
  const info = await updater.getTargetInfo(channelPath(station));
  if (info === undefined) return null;
  if (info.length > MAX_CHANNEL_BYTES) throw new Refused(null, 'oversized', `a channel of ${info.length} bytes`);
  const text = await readFile(await updater.downloadTarget(info, join(scratch, 'channel')), 'utf8');
  const channel = stationChannelSchema.safeParse(parseJson(text));
  if (!channel.success) throw new Refused(null, 'malformed', 'a channel that is none');
  if (channel.data.station !== station) throw new Refused(null, 'wrong-station', `that of ${channel.data.station}`);
  return channel.data.release;
}

async function readManifest(updater: Updater, release: number, options: AskOptions): Promise<NamedSet> {
  const { station, scratch, isKnown } = options;
  const info = await updater.getTargetInfo(manifestPath(release, station));
  if (info === undefined) throw new Refused(release, 'unsigned', `no approver has signed release ${release}`);
  if (info.length > MAX_MANIFEST_BYTES) throw new Refused(release, 'oversized', `a manifest of ${info.length} bytes`);
  const manifest = info.hashes['sha256'];
  if (manifest === undefined) throw new Refused(release, 'malformed', 'a manifest without a SHA-256');
  if (isKnown(manifest)) return { release, manifest, json: null };
  const path = await updater.downloadTarget(info, join(scratch, 'manifest'));
  return { release, manifest, json: await readFile(path, 'utf8') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function faultOf(error: unknown, release: number | null, { source, stored }: AskOptions): AskFault {
  if (error instanceof Refused) return error.fault;
  const fetched = source.fault();
  if (fetched === null) return { kind: 'refused', release, ...refusalOf(error) };
  if (fetched.kind === 'unreachable') return fetched;
  if (fetched.kind === 'missing' && !stored.has('timestamp')) return { kind: 'none-yet' };
  return { kind: 'refused', release, why: fetched.kind, detail: fetched.detail };
}

/**
 * Asks a repository, which may be anybody's, what this station is to show, and believes only what TUF verifies from the stored
 * metadata on. The folder is filled anew each time: whatever became of it does not matter.
 */
export async function askRepository(options: AskOptions): Promise<Asked> {
  const { metadataUrl, targetsUrl, source, scratch, stored, nowMs } = options;
  layOut(scratch, stored);
  let release: number | null = null;
  try {
    const updater = new Updater({
      metadataDir: scratch,
      metadataBaseUrl: metadataUrl,
      targetDir: scratch,
      targetBaseUrl: targetsUrl,
      fetcher: source.fetcher,
      config: LIMITS,
    });
    setClock(updater, nowMs);
    await updater.refresh();
    release = await readChannel(updater, options);
    const named = release === null ? null : await readManifest(updater, release, options);
    return { metadata: takeUp(scratch, () => true), result: ok(named) };
  } catch (error) {
    return {
      metadata: takeUp(scratch, (role) => STANDING_ALONE.has(role)),
      result: err(faultOf(error, release, options)),
    };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
