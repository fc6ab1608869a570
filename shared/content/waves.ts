import type { ContentProgress, RefusalOfRelease } from '../contract/content.ts';

/**
 * How a release goes from one station to all: in waves, each begun when the one before is healthy. Pure: what terminals have
 * reported goes in, what to do comes out.
 */
export const WAVE_STATES = ['waiting', 'running', 'healthy', 'failed', 'stopped'] as const;
export type WaveState = (typeof WAVE_STATES)[number];

export interface Wave {
  readonly stations: string[];
  readonly state: WaveState;
  /** Milliseconds since 1970; null: not begun. */
  readonly startedMs: number | null;
}

/** What is known of a terminal in service. */
export interface WaveTerminal {
  readonly terminal: string;
  readonly station: string;
  /** It has reported within the last `OFFLINE_AFTER_MS`. */
  readonly online: boolean;
  /** Since when without a break, milliseconds since 1970; null where it never reported. */
  readonly onlineSinceMs: number | null;
  /** The release that its page has painted. */
  readonly showing: number | null;
  readonly progress: ContentProgress | null;
}

/** Why a release went back. `why` is null where a terminal did not come to an end in time. */
export interface WaveFault {
  readonly terminal: string;
  readonly why: RefusalOfRelease | null;
  readonly detail: string;
}

/** A terminal that is online, and is not downloading, has so long to show what it should. */
const WAVE_GRACE_MS = 30 * 60_000;

/** Refusals that say something of the machine and nothing of the release: it counts as if it were not there. */
const OF_THE_MACHINE: ReadonlySet<RefusalOfRelease> = new Set(['no-room', 'frozen']);

/** Stations in waves of these sizes, the rest in the last one. In the order given: those that can prove it first should come first. */
export function splitIntoWaves(stations: readonly string[], sizes: readonly number[]): Wave[] {
  const waves: string[][] = [];
  let from = 0;
  for (const size of sizes) {
    if (from < stations.length) waves.push(stations.slice(from, from + size));
    from += size;
  }
  if (from < stations.length) waves.push(stations.slice(from));
  return waves.map((part) => ({ stations: part, state: 'waiting', startedMs: null }));
}

export interface WaveNews {
  readonly release: number;
  readonly waves: readonly Wave[];
  readonly terminals: readonly WaveTerminal[];
  readonly nowMs: number;
}

export type WaveStep =
  | { readonly kind: 'wait' }
  /** The waves as they are now: the next one has begun, or all are healthy. */
  | { readonly kind: 'on'; readonly waves: Wave[]; readonly done: boolean }
  | { readonly kind: 'back'; readonly waves: Wave[]; readonly fault: WaveFault };

function faultIn(
  release: number,
  begunMs: number,
  terminals: readonly WaveTerminal[],
  nowMs: number,
): WaveFault | null {
  for (const { terminal, online, onlineSinceMs, showing, progress } of terminals) {
    if (progress?.state === 'refused' && progress.release === release && !OF_THE_MACHINE.has(progress.why)) {
      return { terminal, why: progress.why, detail: progress.detail };
    }
    const takesItsTime = progress?.state === 'refused' || progress?.state === 'downloading';
    const sinceMs = Math.max(begunMs, onlineSinceMs ?? nowMs);
    if (online && !takesItsTime && showing !== release && nowMs - sinceMs > WAVE_GRACE_MS) {
      return { terminal, why: null, detail: `${progress?.state ?? 'nothing'} after ${WAVE_GRACE_MS / 60_000} min` };
    }
  }
  return null;
}

/** Whether all that can be asked show it; `some`: one at least has to. */
function isHealthy(release: number, terminals: readonly WaveTerminal[], some: boolean): boolean {
  const asked = terminals.filter(({ online, progress }) => online && progress?.state !== 'refused');
  if (!asked.every(({ showing }) => showing === release)) return false;
  return !some || terminals.some(({ showing }) => showing === release);
}

function begin(waves: readonly Wave[], place: number, nowMs: number): Wave[] {
  return waves.map((wave, each) => (each === place ? { ...wave, state: 'running', startedMs: nowMs } : wave));
}

/** The first wave begins. */
export function beginWaves(waves: readonly Wave[], nowMs: number): Wave[] {
  return begin(waves, 0, nowMs);
}

/** No further wave begins; what runs is left alone. */
export function stopWaves(waves: readonly Wave[]): Wave[] {
  return waves.map((wave) =>
    wave.state === 'waiting' || wave.state === 'running' ? { ...wave, state: 'stopped' } : wave,
  );
}

/**
 * What to do now. A terminal that is offline holds nobody up, but at least one must show the release before anything goes on. A station that
 * refuses it, in this wave or in one before, sends all back.
 */
export function stepWaves({ release, waves, terminals, nowMs }: WaveNews): WaveStep {
  const place = waves.findIndex(({ state }) => state === 'running');
  const wave = waves[place];
  if (wave === undefined) return { kind: 'wait' };
  const begun = new Set(waves.slice(0, place + 1).flatMap(({ stations }) => stations));
  const fault = faultIn(
    release,
    wave.startedMs ?? nowMs,
    terminals.filter(({ station }) => begun.has(station)),
    nowMs,
  );
  if (fault !== null) {
    const failed = waves.map((each, at) => (at === place ? { ...each, state: 'failed' as const } : each));
    return { kind: 'back', waves: stopWaves(failed), fault };
  }
  const own = new Set(wave.stations);
  if (
    !isHealthy(
      release,
      terminals.filter(({ station }) => own.has(station)),
      place === 0,
    )
  ) {
    return { kind: 'wait' };
  }
  const healthy = waves.map((each, at) => (at === place ? { ...each, state: 'healthy' as const } : each));
  const done = place + 1 === waves.length;
  return { kind: 'on', waves: done ? healthy : begin(healthy, place + 1, nowMs), done };
}
