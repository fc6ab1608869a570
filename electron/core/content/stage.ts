import type { ContentSets, SetRefusal, StoredSet } from '#electron/store/content-sets.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import type { ContentProgress, ContentReport } from '#shared/contract/content.ts';
import type { Log } from '../log.ts';
import { bringsEmergency, switchInMs } from './switch-rule.ts';

/** A set and what is in it. */
export interface LoadedSet {
  readonly manifest: string;
  readonly release: number;
  readonly leaflets: ReleasedLeaflet[];
}

export interface StageDeps {
  readonly sets: ContentSets;
  readonly screen: () => ContentReport['screen'];
  /** Corrected clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number;
  /** Runs `task` after `ms`; returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
  /** Something that page or server see is another one. */
  readonly onChange: () => void;
  /** A set was shown, or can't be: there may be something to clear away or to fetch. */
  readonly onSettled: () => void;
  readonly log: Log;
}

/** A page that is there and says nothing of the set it should render has failed to, milliseconds. */
const PROOF_MS = 300_000;
/** Pages in a row that took the set up and did not paint it. */
const MOST_LOADS = 3;

type Waiting =
  | { readonly kind: 'proving'; readonly set: LoadedSet; readonly pages: number; readonly total: number }
  | { readonly kind: 'ready'; readonly set: LoadedSet; readonly since: number };

/**
 * What is shown, and what is about to be: a set that is whole is rendered off screen by the page, and shown when nobody is in
 * the middle of the one before. There is never anything but one whole set; the way back is always open.
 */
export function createStage({ sets, screen, now, monotonic, schedule, onChange, onSettled, log }: StageDeps) {
  let active: LoadedSet | null = null;
  let waiting: Waiting | null = null;
  let callOff = () => {};

  function wait(next: Waiting | null): void {
    callOff();
    callOff = () => {};
    waiting = next;
  }

  function show(set: LoadedSet): void {
    sets.switchTo(set.manifest);
    wait(null);
    active = set;
    log.info({ release: set.release }, 'another release is shown');
    onSettled();
    onChange();
  }

  function showIfNobodyReads(): void {
    if (waiting?.kind !== 'ready') return;
    const { set, since } = waiting;
    const ms = switchInMs({
      screen: screen(),
      readyForMs: monotonic() - since,
      isWayBack: set.manifest === sets.head().previous,
      isEmergency: bringsEmergency(set.leaflets, active?.leaflets ?? []),
    });
    callOff();
    if (ms === 0) show(set);
    else callOff = schedule(showIfNobodyReads, ms);
  }

  function refuse(set: LoadedSet, refusal: SetRefusal): void {
    log.error({ release: set.release, refusal }, 'a release can’t be shown here; the one before stays');
    sets.refuse(set.manifest, refusal, now());
    wait(null);
    onSettled();
    onChange();
  }

  function expectProof(): void {
    callOff();
    callOff = schedule(() => {
      if (waiting?.kind !== 'proving') return;
      if (screen() === 'none') expectProof();
      else refuse(waiting.set, { why: 'not-rendered', leaflet: null, detail: 'the page did not answer' });
    }, PROOF_MS);
  }

  return {
    active: (): LoadedSet | null => active,

    /** To be rendered off screen. */
    toProve: (): LoadedSet | null => (waiting?.kind === 'proving' ? waiting.set : null),

    /** Null where nothing waits. */
    progress(): ContentProgress | null {
      if (waiting === null) return null;
      const { release } = waiting.set;
      if (waiting.kind === 'ready') return { state: 'ready', release };
      return { state: 'proving', release, pages: waiting.pages, total: waiting.total };
    },

    /** At the start: what was shown last. */
    resume(set: LoadedSet): void {
      active = set;
      onChange();
    },

    /** A whole set; shown after it was proved, which the one before was already. */
    offer(set: LoadedSet, state: StoredSet['state']): void {
      if (waiting?.set.manifest === set.manifest) return;
      if (state === 'proved') {
        wait({ kind: 'ready', set, since: monotonic() });
        showIfNobodyReads();
      } else {
        wait({ kind: 'proving', set, pages: 0, total: 0 });
        expectProof();
      }
      onChange();
    },

    /** The server wants another one, or none any more. */
    withdraw(except: string | null): void {
      if (waiting === null || waiting.set.manifest === except) return;
      wait(null);
      onChange();
    },

    proving(release: number, pages: number, total: number): void {
      if (waiting?.kind !== 'proving' || waiting.set.release !== release) return;
      waiting = { ...waiting, pages, total };
      expectProof();
      onChange();
    },

    proved(release: number): void {
      if (waiting?.kind !== 'proving' || waiting.set.release !== release) return;
      const { set } = waiting;
      sets.proved(set.manifest);
      wait({ kind: 'ready', set, since: monotonic() });
      showIfNobodyReads();
      onChange();
    },

    /** The set that is being proved does not come out. */
    notRendered(release: number, refusal: SetRefusal): void {
      if (waiting?.kind === 'proving' && waiting.set.release === release) refuse(waiting.set, refusal);
    },

    /** The set that is shown can't be painted. The one before, to go back to, if it could be; else it stays. */
    giveUp(refusal: SetRefusal): string | null {
      const { previous } = sets.head();
      if (active === null || previous === null || sets.set(previous)?.state !== 'proved') return null;
      log.error(
        { release: active.release, refusal },
        'the release that is shown can’t be painted: back to the one before',
      );
      sets.refuse(active.manifest, refusal, now());
      return previous;
    },

    /** Back to a set that was shown before, if nothing else came in between. */
    goBack(from: LoadedSet | null, to: LoadedSet): void {
      if (active === from) show(to);
    },

    painted(release: number): void {
      if (active?.release !== release) return;
      sets.painted({ release, manifest: active.manifest });
      onChange();
    },

    /** A page has come, and takes up what is shown. True: too many have, and none has painted it. */
    isCrashLoop(): boolean {
      if (active === null || sets.head().painted?.manifest === active.manifest) return false;
      return sets.load(active.manifest) > MOST_LOADS;
    },

    /** The screen is another one. */
    screenChanged: showIfNobodyReads,

    close: () => callOff(),
  };
}

export type Stage = ReturnType<typeof createStage>;
