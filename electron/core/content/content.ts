import type { BlobFiles } from '#electron/store/blob-files.ts';
import type { ContentReadings } from '#electron/store/content-readings.ts';
import type { ContentSets, SetRefusal } from '#electron/store/content-sets.ts';
import type { BlobHash } from '#shared/contract/blobs.ts';
import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';
import type { ContentReport } from '#shared/contract/content.ts';
import { unreachable } from '#shared/result.ts';
import type { Log } from '../log.ts';
import type { Line, Sleep } from '../sync/blob-line.ts';
import type { Believer, RepositoryPlace } from './believer.ts';
import type { ContentSource, ServedFile } from './content-source.ts';
import type { FileSource } from './fetch-file.ts';
import { localDay } from './local-day.ts';
import { createPreparer } from './preparer.ts';
import type { SendReport } from './report-link.ts';
import { createReporter, type Situation } from './reporter.ts';
import type { AskFault } from './repository.ts';
import { createStage } from './stage.ts';
import { createWorkLoop } from './work-loop.ts';

export interface ContentDeps {
  readonly sets: ContentSets;
  readonly readings: ContentReadings;
  readonly believer: Believer;
  readonly server: RepositoryPlace;
  readonly serverFiles: FileSource;
  readonly files: BlobFiles;
  readonly isOnItsWay: (hash: BlobHash) => boolean;
  readonly line: Line;
  readonly send: SendReport;
  readonly station: string;
  /** IANA zone: days are counted in it. */
  readonly zone: string;
  /** What the kiosk has on its screen besides leaflets. */
  readonly kioskScreen: () => 'sheet' | 'fault' | null;
  /** Corrected clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number;
  readonly sleep: Sleep;
  /** Runs `task` after `ms`; returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
  /** 0 to 1. */
  readonly random: () => number;
  /** Lets others go first. */
  readonly pause: () => Promise<void>;
  readonly log: Log;
}

/** The server is asked at the latest after so long, whether it pokes or not, milliseconds. */
const ASK_EVERY_MS = 30_000;

/** The terminal's leaflets: asks, fetches, lets the page prove, shows, reports. Nothing else of the terminal waits for it. */
export function createContent(deps: ContentDeps) {
  const { sets, readings, believer, files, now, log } = deps;
  const listeners = new Set<(content: KioskContent) => void>();
  let pageScreen: Extract<ContentAction, { kind: 'screen' }>['screen'] = 'idle';
  let fault: AskFault | null = null;
  let stick: FileSource | null = null;
  let haveCome = 0;
  let published = '';

  function screen(): ContentReport['screen'] {
    if (listeners.size === 0) return 'none';
    return deps.kioskScreen() ?? pageScreen;
  }

  const isStale = () => fault?.kind === 'refused' || believer.isExpired();

  const stage = createStage({
    ...deps,
    screen,
    onChange: changed,
    onSettled: () => preparing.wake(),
  });
  const preparer = createPreparer({
    ...deps,
    stage,
    haveCome: () => haveCome,
    onBytes(bytes) {
      haveCome += bytes;
    },
    sources: () => (stick === null ? [deps.serverFiles] : [stick, deps.serverFiles]),
    onChange: changed,
  });

  function situation(): Situation {
    const progress =
      fault?.kind === 'refused'
        ? { state: 'refused' as const, release: fault.release, why: fault.why, leaflet: null, detail: fault.detail }
        : preparer.progress();
    return { showing: sets.head().painted, progress, screen: screen(), stale: isStale() };
  }

  const reporter = createReporter({
    ...deps,
    situation,
    dayAgo: (days) => localDay(now() - days * 86_400_000, deps.zone),
    wake: () => reporting.wake(),
  });
  const asking = createWorkLoop('content: asking', askServer, deps);
  const preparing = createWorkLoop('content: preparing', (signal) => preparer.turn(signal), deps);
  const reporting = createWorkLoop('content: reporting', (signal) => reporter.turn(signal), deps);

  function view(): KioskContent {
    const active = stage.active();
    const toProve = stage.toProve();
    const leaflets = active?.leaflets ?? [];
    const shown = new Set(leaflets.map(({ id, version }) => `${id}/${version}`));
    return {
      release: active?.release ?? null,
      leaflets,
      stale: isStale(),
      confirmed: readings.confirmed().filter((each) => shown.has(each)),
      toProve: toProve === null ? null : { release: toProve.release, leaflets: toProve.leaflets },
    };
  }

  /** What the page sees, without the leaflets, which are named by their set. */
  function outline({ stale, confirmed }: KioskContent): string {
    return JSON.stringify([stage.active()?.manifest, stage.toProve()?.manifest, stale, confirmed]);
  }

  function changed(): void {
    reporter.changed();
    if (listeners.size === 0) return;
    const next = view();
    if (outline(next) === published) return;
    published = outline(next);
    for (const listener of listeners) listener(next);
  }

  /** What came of asking anybody. */
  function heard(before: string | null, next: AskFault | null): void {
    log.debug({ fault: next }, 'somebody was asked for leaflets');
    if (next?.kind !== 'unreachable') fault = next;
    if (next?.kind === 'refused')
      log.error({ fault: next }, 'what should be shown is not believed; what was shown stays');
    if (sets.head().wanted !== before) {
      preparer.callOff();
      preparing.wake();
    }
    changed();
  }

  async function askServer(stopping: AbortSignal): Promise<number> {
    const { wanted } = sets.head();
    const asked = await believer.ask(deps.server, stopping);
    heard(wanted, asked.ok ? null : asked.error);
    return ASK_EVERY_MS;
  }

  /** The set that was shown last, from the disk: no network is needed for it. */
  async function resume(): Promise<void> {
    const { active, previous } = sets.head();
    // Killed on the way back from a set that could not be painted.
    const isBad = active !== null && sets.set(active)?.state === 'refused';
    const back = isBad && previous !== null && sets.set(previous)?.state === 'proved';
    if (back) sets.switchTo(previous);
    const set = active === null ? null : await preparer.load(back ? previous : active);
    if (set !== null) stage.resume(set);
  }

  const isShown = (leaflet: string, version: number) =>
    stage.active()?.leaflets.some((each) => each.id === leaflet && each.version === version) === true;

  function count(action: Extract<ContentAction, { leaflet: string; version: number }>): void {
    const { leaflet, version } = action;
    // Whatever else a page says, it can't fill the disk.
    if (!isShown(leaflet, version)) return;
    const day = localDay(now(), deps.zone);
    switch (action.kind) {
      case 'shown':
        return readings.count(day, leaflet, version, { shown: 1 });
      case 'opened':
        return readings.count(day, leaflet, version, { opened: 1 });
      case 'read':
        return readings.count(day, leaflet, version, { seconds: action.seconds });
      case 'confirmed':
        readings.confirm(leaflet, version, now());
        reporting.wake();
        return changed();
      default:
        return unreachable(action);
    }
  }

  function goBack(refusal: SetRefusal): void {
    const from = stage.active();
    const previous = stage.giveUp(refusal);
    if (previous === null) return;
    const back = async () => {
      const to = await preparer.load(previous);
      if (to !== null) stage.goBack(from, to);
    };
    back().catch((error: unknown) => log.error({ err: error }, 'there is no way back'));
  }

  function proved({ release, fault: failed }: Extract<ContentAction, { kind: 'proved' }>): void {
    if (failed === null) return stage.proved(release);
    const refusal = { why: 'not-rendered' as const, ...failed };
    if (stage.toProve()?.release === release) stage.notRendered(release, refusal);
    // A page says the same of the set that it shows, where it can't paint that.
    else if (stage.active()?.release === release) goBack(refusal);
  }

  /** A full disk must not keep the page from what is there. */
  function pageCame(): void {
    try {
      if (!stage.isCrashLoop()) return;
      goBack({ why: 'not-rendered', leaflet: null, detail: 'the page went down again and again' });
    } catch (error) {
      log.error({ err: error }, 'it can’t be noted that a page came');
    }
  }

  const source: ContentSource = {
    view,

    subscribe(listener) {
      pageCame();
      listeners.add(listener);
      pageScreen = 'idle';
      published = '';
      changed();
      return () => {
        listeners.delete(listener);
        stage.screenChanged();
        changed();
      };
    },

    act(action) {
      switch (action.kind) {
        case 'painted':
          return stage.painted(action.release);
        case 'proving':
          return stage.proving(action.release, action.pages, action.total);
        case 'proved':
          return proved(action);
        case 'screen':
          pageScreen = action.screen;
          stage.screenChanged();
          return changed();
        default:
          return count(action);
      }
    },

    file(hash): ServedFile | null {
      const named = sets.file(
        hash,
        [stage.active(), stage.toProve()].flatMap((set) => set?.manifest ?? []),
      );
      const path = named === null ? null : files.path(hash);
      return named === null || path === null ? null : { path, type: named.type, bytes: named.bytes };
    },
  };

  return {
    source,

    start(): void {
      void resume()
        .catch((error: unknown) => log.error({ err: error }, 'the leaflets that were shown can’t be read'))
        .finally(() => {
          for (const loop of [preparing, asking, reporting]) loop.start();
        });
    },

    /** The server has something new, or is back. */
    poke: () => asking.wake(),

    /** The kiosk has something else on its screen. It does not wait for what that means here. */
    kioskChanged(): void {
      deps.schedule(() => {
        try {
          stage.screenChanged();
          reporter.changed();
        } catch (error) {
          log.error({ err: error }, 'a release that is ready can’t be shown');
        }
      }, 0);
    },

    /** Somebody has brought a repository; while it is here, files are looked for there first. */
    async askStick(place: RepositoryPlace, from: FileSource, stopping: AbortSignal): Promise<void> {
      const { wanted } = sets.head();
      const asked = await believer.ask(place, stopping);
      stick = from;
      heard(wanted, asked.ok ? null : asked.error);
    },

    stickGone(): void {
      stick = null;
    },

    async stop(): Promise<void> {
      preparer.callOff();
      stage.close();
      await Promise.all([asking.stop(), preparing.stop(), reporting.stop()]);
    },
  };
}
