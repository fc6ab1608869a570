import type { BlobFiles } from '#electron/store/blob-files.ts';
import type { ContentReadings } from '#electron/store/content-readings.ts';
import type { ContentSets } from '#electron/store/content-sets.ts';
import type { BlobHash } from '#shared/contract/blobs.ts';
import type { ContentProgress } from '#shared/contract/content.ts';
import type { Log } from '../log.ts';
import type { Line, Sleep } from '../sync/blob-line.ts';
import type { Believer, RepositoryPlace } from './believer.ts';
import type { FileSource } from './fetch-file.ts';
import { localDay } from './local-day.ts';
import { createPageSource } from './page-source.ts';
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

function refusalOf(fault: AskFault | null): ContentProgress | null {
  if (fault?.kind !== 'refused') return null;
  const { release, why, detail } = fault;
  return { state: 'refused', release, why, leaflet: null, detail: detail.slice(0, 300) };
}

/** The terminal's leaflets: asks, fetches, lets the page prove, shows, reports. Nothing else of the terminal waits for it. */
export function createContent(deps: ContentDeps) {
  const { sets, believer, now, log } = deps;
  /** What is wrong with the server's word, and with a stick's: that one says nothing of what is shown. */
  let fault: AskFault | null = null;
  let stickFault: AskFault | null = null;
  let stick: FileSource | null = null;
  let haveCome = 0;

  const isStale = () => fault?.kind === 'refused' || believer.isExpired();

  const stage = createStage({
    ...deps,
    screen: () => page.screen(),
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

  const page = createPageSource({
    ...deps,
    stage,
    isStale,
    load: (manifest) => preparer.load(manifest),
    onChange: () => reporter.changed(),
    onConfirmed: () => reporting.wake(),
  });

  function situation(): Situation {
    return {
      showing: sets.head().painted,
      progress: refusalOf(fault) ?? refusalOf(stickFault) ?? preparer.progress(),
      screen: page.screen(),
      stale: isStale(),
    };
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

  function changed(): void {
    reporter.changed();
    page.publish();
  }

  /** What came of asking anybody. */
  function heard(before: string | null, next: AskFault | null): void {
    log.debug({ fault: next }, 'somebody was asked for leaflets');
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
    if (asked.ok || asked.error.kind !== 'unreachable') fault = asked.ok ? null : asked.error;
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

  return {
    source: page.source,

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
      stickFault = asked.ok ? null : asked.error;
      if (asked.ok) fault = null;
      heard(wanted, asked.ok ? null : asked.error);
    },

    stickGone(): void {
      stick = null;
      stickFault = null;
      changed();
    },

    async stop(): Promise<void> {
      preparer.callOff();
      stage.close();
      await Promise.all([asking.stop(), preparing.stop(), reporting.stop()]);
    },
  };
}
