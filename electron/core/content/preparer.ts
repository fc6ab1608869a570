import type { BlobFiles } from '#electron/store/blob-files.ts';
import type { ContentSets, StoredSet } from '#electron/store/content-sets.ts';
import type { ContentProgress } from '#shared/contract/content.ts';
import type { BlobHash } from '#shared/contract/blobs.ts';
import type { Log } from '../log.ts';
import { backoffMs, type BackoffDelays } from '../sync/backoff.ts';
import { type FetchSetDeps, fetchSet, type SetFault } from './fetch-set.ts';
import { readManifest } from './read-manifest.ts';
import type { LoadedSet, Stage } from './stage.ts';

export interface PreparerDeps extends Omit<FetchSetDeps, 'onProgress' | 'verified'> {
  readonly sets: ContentSets;
  readonly files: BlobFiles;
  readonly stage: Stage;
  readonly station: string;
  /** Whether a blob is still to come or to go for somebody else. */
  readonly isOnItsWay: (hash: BlobHash) => boolean;
  /** Corrected clock, milliseconds since 1970. */
  readonly now: () => number;
  /** 0 to 1. */
  readonly random: () => number;
  /** Lets others go first. */
  readonly pause: () => Promise<void>;
  readonly onChange: () => void;
  readonly log: Log;
}

/** When nothing is to be done: then all files of what is shown are compared with their hashes again. */
const LOOK_AGAIN_MS = 86_400_000;
/** A set that the page could not render may have been a page's bad hour. */
const RETRY_REFUSED_MS = 3_600_000;
const LINE_DELAYS: BackoffDelays = { first: 500, longest: 30_000 };
const FILE_DELAYS: BackoffDelays = { first: 5000, longest: 600_000 };

/** Where the way to the wanted set stands, as far as it is this one's to say. */
type OnTheWay = Extract<ContentProgress, { state: 'waiting' | 'downloading' | 'refused' }> | null;

/** Brings what the server wants to be shown here, whole, and hands it to the stage; clears away what no set names any more. */
export function createPreparer(deps: PreparerDeps) {
  const { sets, files, stage, station, now, random, pause, onChange, log } = deps;
  const verified = new Set<string>();
  let onTheWay: OnTheWay = null;
  let failures = 0;
  let comparedMs = now();
  let calledOff = new AbortController();

  function tell(next: OnTheWay): void {
    onTheWay = next;
    onChange();
  }

  async function load(manifest: string): Promise<LoadedSet | null> {
    const set = sets.set(manifest);
    if (set === null) return null;
    const { release } = set;
    const read = await readManifest(sets.json(manifest), { release, station }, pause);
    // It was read before it was stored; a version that knows less may be at work now.
    return read.ok ? { manifest, release, leaflets: read.value.leaflets } : null;
  }

  /** Blobs of sets that are gone. Others may have come to need one: it is left to them. */
  async function clearAway(): Promise<void> {
    for (const hash of sets.garbage()) {
      if (!deps.isOnItsWay(hash)) files.delete(hash);
      verified.delete(hash);
      sets.forget(hash);
      await pause();
    }
  }

  async function fetchFiles(set: Pick<StoredSet, 'manifest' | 'release'>, signal: AbortSignal, isShown: boolean) {
    let moved = false;
    const { release, manifest } = set;
    const fault = await fetchSet(
      {
        ...deps,
        verified,
        onBytes(bytes) {
          moved = true;
          deps.onBytes(bytes);
        },
        onProgress(bytes, total) {
          if (!isShown) tell({ state: 'downloading', release, bytes, total });
        },
      },
      sets.files(manifest),
      signal,
    );
    // Who gets ahead a little each time has no reason to wait longer each time.
    if (moved) failures = 0;
    return fault;
  }

  function pauseAfter({ why, detail, wishMs }: SetFault, release: number): number {
    failures += 1;
    log.warn({ release, why, detail, failures }, 'the files of a release did not all come');
    if (why !== null) {
      tell({ state: 'refused', release, why, leaflet: null, detail: detail.slice(0, 300) });
    } else if (onTheWay?.state !== 'downloading') {
      tell({ state: 'waiting', release });
    }
    const delays = why === null ? LINE_DELAYS : FILE_DELAYS;
    return Math.min(3_600_000, Math.max(wishMs, backoffMs(failures, delays, random)));
  }

  /** What is shown is kept whole, and what is not needed any more goes. */
  async function keep(manifest: string | null, signal: AbortSignal): Promise<number> {
    const shown = manifest === null ? null : sets.set(manifest);
    if (Math.abs(now() - comparedMs) >= LOOK_AGAIN_MS) {
      verified.clear();
      comparedMs = now();
    }
    if (shown !== null) {
      const fault = await fetchFiles(shown, signal, true);
      if (fault !== null && !signal.aborted) {
        failures += 1;
        log.error({ fault, release: shown.release }, 'a file of the release that is shown is gone');
        return backoffMs(failures, FILE_DELAYS, random);
      }
    }
    failures = 0;
    await clearAway();
    return LOOK_AGAIN_MS;
  }

  async function prepare(set: StoredSet, signal: AbortSignal): Promise<number> {
    const { release, manifest } = set;
    if (onTheWay?.release !== release) tell({ state: 'waiting', release });
    const fault = await fetchFiles(set, signal, false);
    if (signal.aborted) return 0;
    if (fault !== null) return pauseAfter(fault, release);
    failures = 0;
    const loaded = await load(manifest);
    if (signal.aborted) return 0;
    if (loaded === null) {
      const refusal = { why: 'malformed' as const, leaflet: null, detail: 'this version can’t read it' };
      sets.refuse(manifest, refusal, now());
      tell({ state: 'refused', release, ...refusal });
      return RETRY_REFUSED_MS;
    }
    tell(null);
    stage.offer(loaded, set.state);
    return LOOK_AGAIN_MS;
  }

  function refused({ release, refusal, refusedMs, manifest }: StoredSet): number | null {
    const waited = now() - (refusedMs ?? 0);
    // A clock that was put back must not make it for ever.
    if (waited < 0 || waited >= RETRY_REFUSED_MS) {
      sets.fetchAgain(manifest);
      return null;
    }
    if (refusal !== null) tell({ state: 'refused', release, ...refusal });
    return RETRY_REFUSED_MS - waited;
  }

  return {
    load,

    progress(): ContentProgress {
      const known = onTheWay ?? stage.progress();
      if (known !== null) return known;
      const { wanted, active } = sets.head();
      const set = wanted === null || wanted === active ? null : sets.set(wanted);
      if (set === null) return { state: 'current' };
      const { release, refusal } = set;
      return refusal === null ? { state: 'waiting', release } : { state: 'refused', release, ...refusal };
    },

    /** There may be another set to be had: what is being fetched for one that is not wanted any more is left. */
    callOff(): void {
      calledOff.abort();
    },

    /** One turn; milliseconds until the next. */
    async turn(stopping: AbortSignal): Promise<number> {
      calledOff = new AbortController();
      const signal = AbortSignal.any([stopping, calledOff.signal]);
      const { wanted, active } = sets.head();
      stage.withdraw(wanted);
      const set = wanted === null || wanted === active ? null : sets.set(wanted);
      if (set === null) {
        if (onTheWay !== null) tell(null);
        return keep(active, signal);
      }
      if (set.state === 'refused') {
        const ms = refused(set);
        if (ms !== null) return ms;
        return prepare({ ...set, state: 'fetching' }, signal);
      }
      return prepare(set, signal);
    },
  };
}
