import type { BlobFiles } from '#electron/store/blob-files.ts';
import type { ContentReadings } from '#electron/store/content-readings.ts';
import type { ContentSets, SetRefusal } from '#electron/store/content-sets.ts';
import type { ContentReport } from '#shared/contract/content.ts';
import type { ContentAction, KioskContent } from '#shared/contract/kiosk-content.ts';
import { unreachable } from '#shared/result.ts';
import type { Log } from '../log.ts';
import type { ContentSource, ServedFile } from './content-source.ts';
import { localDay } from './local-day.ts';
import type { LoadedSet, Stage } from './stage.ts';

export interface PageSourceDeps {
  readonly stage: Stage;
  readonly sets: ContentSets;
  readonly readings: ContentReadings;
  readonly files: BlobFiles;
  /** IANA zone: days are counted in it. */
  readonly zone: string;
  /** Whether the server's word is too old, or could not be believed. */
  readonly isStale: () => boolean;
  readonly load: (manifest: string) => Promise<LoadedSet | null>;
  /** What the kiosk has on its screen besides leaflets. */
  readonly kioskScreen: () => 'sheet' | 'fault' | null;
  /** Corrected clock, milliseconds since 1970. */
  readonly now: () => number;
  /** Something that the server should hear of is another one. */
  readonly onChange: () => void;
  /** Somebody has confirmed an emergency. */
  readonly onConfirmed: () => void;
  readonly log: Log;
}

/** The core's end of shared/contract/kiosk-content.ts: what the page is shown, and what it says. */
export function createPageSource(deps: PageSourceDeps) {
  const { stage, sets, readings, files, zone, now, log } = deps;
  const listeners = new Set<(content: KioskContent) => void>();
  let pageScreen: Extract<ContentAction, { kind: 'screen' }>['screen'] = 'idle';
  let published = '';
  let confirmations = 0;

  function view(): KioskContent {
    const active = stage.active();
    const toProve = stage.toProve();
    const leaflets = active?.leaflets ?? [];
    const shown = new Set(leaflets.map(({ id, version }) => `${id}/${version}`));
    return {
      release: active?.release ?? null,
      leaflets,
      stale: deps.isStale(),
      confirmed: readings.confirmed().filter((each) => shown.has(each)),
      toProve: toProve === null ? null : { release: toProve.release, leaflets: toProve.leaflets },
    };
  }

  /** What the page sees, in short: asked for at each piece of a file that comes. */
  function outline(): string {
    return JSON.stringify([stage.active()?.manifest, stage.toProve()?.manifest, deps.isStale(), confirmations]);
  }

  function publish(): void {
    if (listeners.size === 0 || outline() === published) return;
    published = outline();
    const next = view();
    for (const listener of listeners) listener(next);
  }

  function changed(): void {
    publish();
    deps.onChange();
  }

  const isShown = (leaflet: string, version: number) =>
    stage.active()?.leaflets.some((each) => each.id === leaflet && each.version === version) === true;

  function count(action: Extract<ContentAction, { leaflet: string; version: number }>): void {
    const { leaflet, version } = action;
    // Whatever else a page says, it can't fill the disk.
    if (!isShown(leaflet, version)) return;
    const day = localDay(now(), zone);
    switch (action.kind) {
      case 'shown':
        return readings.count(day, leaflet, version, { shown: 1 });
      case 'opened':
        return readings.count(day, leaflet, version, { opened: 1 });
      case 'read':
        return readings.count(day, leaflet, version, { seconds: action.seconds });
      case 'confirmed':
        readings.confirm(leaflet, version, now());
        confirmations += 1;
        deps.onConfirmed();
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
      const to = await deps.load(previous);
      if (to !== null) stage.goBack(from, to);
    };
    back().catch((error: unknown) => log.error({ err: error }, 'there is no way back'));
  }

  function proved({ release, fault }: Extract<ContentAction, { kind: 'proved' }>): void {
    if (fault === null) return stage.proved(release);
    const refusal = { why: 'not-rendered' as const, ...fault };
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
    publish,

    /** What the screen shows, as far as it is known. */
    screen: (): ContentReport['screen'] => (listeners.size === 0 ? 'none' : (deps.kioskScreen() ?? pageScreen)),
  };
}
