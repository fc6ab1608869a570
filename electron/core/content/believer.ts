import { join } from 'node:path';
import type { ContentSets } from '#electron/store/content-sets.ts';
import type { BlobHash } from '#shared/contract/blobs.ts';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../log.ts';
import { createLimitedFetcher, type LimitedFetcherDeps, type OpenUrl } from './limited-fetcher.ts';
import { readManifest } from './read-manifest.ts';
import { type AskFault, askRepository, freshUntil } from './repository.ts';

/** Where a repository is: base addresses that end in a slash, http: or file:. */
export interface RepositoryPlace {
  readonly metadataUrl: string;
  readonly targetsUrl: string;
  readonly open: OpenUrl;
  /** A terminal that was told no root takes the first one that its server has; never one that somebody brings along. */
  readonly mayBringRoot: boolean;
}

export interface BelieverDeps extends Pick<LimitedFetcherDeps, 'sleep' | 'monotonic'> {
  readonly sets: ContentSets;
  readonly station: string;
  /** JSON text of the root metadata that came with the enrolment; null: none did. */
  readonly root: string | null;
  /** A folder of its own. */
  readonly scratch: string;
  /** Corrected clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Whether a blob is here, for whatever reason. */
  readonly isHere: (hash: BlobHash) => boolean;
  /** Lets others go first. */
  readonly pause: () => Promise<void>;
  readonly log: Log;
}

const MAX_ROOT_BYTES = 512_000;
/** Kept beside the metadata: the root that the enrolment brought. tuf-js does not see it. */
const PINNED = '@enrolled';

/** The one that believes: what a repository says, from wherever it comes, becomes what this station is to show, or is refused. */
export function createBeliever(deps: BelieverDeps) {
  const { sets, station, root, scratch, now, isHere, pause, log } = deps;
  /** Manifests that were signed and are none, and why: they are not fetched again and again. */
  const nonsense = new Map<string, AskFault>();
  let last: Promise<unknown> = Promise.resolve();
  let fresh: number | null = null;

  function stored(): Map<string, Buffer> {
    const metadata = new Map(sets.metadata());
    const pinned = metadata.get(PINNED)?.toString('utf8') ?? null;
    metadata.delete(PINNED);
    if (root === null || pinned === root) return metadata;
    // Enrolled anew, perhaps elsewhere: what another root vouched for is nothing to go on with.
    const own = new Map([
      ['root', Buffer.from(root)],
      [PINNED, Buffer.from(root)],
    ]);
    sets.believeAnew(own);
    own.delete(PINNED);
    return own;
  }

  async function firstRoot(source: ReturnType<typeof createLimitedFetcher>, place: RepositoryPlace) {
    try {
      return ok(await source.fetcher.downloadBytes(`${place.metadataUrl}1.root.json`, MAX_ROOT_BYTES));
    } catch {
      const fault = source.fault();
      if (fault === null || fault.kind === 'missing') return err<AskFault>({ kind: 'none-yet' });
      if (fault.kind === 'unreachable') return err<AskFault>(fault);
      return err<AskFault>({ kind: 'refused', release: null, why: fault.kind, detail: fault.detail });
    }
  }

  async function ask(place: RepositoryPlace, stopping: AbortSignal): Promise<Result<null, AskFault>> {
    const source = createLimitedFetcher({ ...deps, open: place.open, scratch: join(scratch, 'tuf'), stopping });
    const metadata = stored();
    if (!metadata.has('root')) {
      if (!place.mayBringRoot) return err({ kind: 'none-yet' });
      const first = await firstRoot(source, place);
      if (!first.ok) return first;
      log.warn('the first root of the leaflets’ keys is taken from the server: none came with the enrolment');
      metadata.set('root', first.value);
    }
    const asked = await askRepository({
      station,
      ...place,
      source,
      scratch: join(scratch, 'tuf'),
      stored: metadata,
      nowMs: now(),
      isKnown: (manifest) => nonsense.has(manifest) || sets.set(manifest) !== null,
    });
    if (stopping.aborted) return err({ kind: 'unreachable', detail: 'stopped' });
    const { result } = asked;
    if (!result.ok || result.value === null) {
      sets.believe(asked.metadata, null, isHere);
      return result.ok ? ok(null) : result;
    }
    const { release, manifest, json } = result.value;
    const known = nonsense.get(manifest);
    if (known !== undefined) {
      sets.believe(asked.metadata, null, isHere);
      return err(known);
    }
    if (json === null) {
      sets.believe(asked.metadata, manifest, isHere);
      return ok(null);
    }
    const read = await readManifest(json, { release, station }, pause);
    if (!read.ok) {
      sets.believe(asked.metadata, null, isHere);
      const fault: AskFault = { kind: 'refused', release, ...read.error };
      nonsense.set(manifest, fault);
      return err(fault);
    }
    sets.believe(asked.metadata, { release, manifest, json, files: read.value.files }, isHere);
    log.info({ release, files: read.value.files.length }, 'a release was announced');
    return ok(null);
  }

  return {
    /** One repository after the other: each goes on from what the one before has proved. */
    ask(place: RepositoryPlace, stopping: AbortSignal): Promise<Result<null, AskFault>> {
      const asked = last
        .then(() => ask(place, stopping))
        .finally(() => {
          fresh = null;
        });
      last = asked.catch(() => {});
      return asked;
    },

    /** Whether the server's word is older than it says that it may be. Without any word nothing is. */
    isExpired(): boolean {
      fresh ??= freshUntil(sets.metadata()) ?? Number.POSITIVE_INFINITY;
      return now() >= fresh;
    },
  };
}

export type Believer = ReturnType<typeof createBeliever>;
