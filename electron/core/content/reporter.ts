import type { ContentReadings } from '#electron/store/content-readings.ts';
import { type ContentReport, REPORT_EVERY_MS } from '#shared/contract/content.ts';
import type { Log } from '../log.ts';
import type { SendReport } from './report-link.ts';

/** What there is to say, but for the counts. */
export type Situation = Pick<ContentReport, 'showing' | 'progress' | 'screen' | 'stale'>;

export interface ReporterDeps {
  readonly readings: ContentReadings;
  readonly situation: () => Situation;
  readonly send: SendReport;
  /** Corrected clock, milliseconds since 1970. */
  readonly now: () => number;
  /** The local date of so many days ago. */
  readonly dayAgo: (days: number) => string;
  /** Another report is due. */
  readonly wake: () => void;
  readonly log: Log;
}

/** Counts that the server has are kept so many days more: a clock may be put back. */
const KEPT_DAYS = 3;
/** Bytes that come are news at most every so often, milliseconds. */
const DOWNLOAD_NEWS_MS = 2000;

/** What would be a change to somebody at the console; how many bytes have come is not, at each of them. */
function essence({ showing, progress, screen, stale }: Situation): string {
  const { state } = progress;
  const rest = state === 'downloading' || state === 'proving' ? { state, release: progress.release } : progress;
  return JSON.stringify([showing, rest, screen, stale]);
}

/** Says what this terminal shows: every half minute, and at once when it changes. Nothing else tells the server. */
export function createReporter(deps: ReporterDeps) {
  const { readings: counts, situation, send, now, dayAgo, wake, log } = deps;
  let told = '';
  let toldMs = 0;

  return {
    /** Something may have changed. */
    changed(): void {
      const now_ = situation();
      const isMoving = now_.progress.state === 'downloading' || now_.progress.state === 'proving';
      if (essence(now_) !== told || (isMoving && Math.abs(now() - toldMs) >= DOWNLOAD_NEWS_MS)) wake();
    },

    /** One report; milliseconds until the next. */
    async turn(signal: AbortSignal): Promise<number> {
      const { seq, acknowledge, readings, receipts } = counts.toReport(dayAgo(KEPT_DAYS));
      const said = situation();
      told = essence(said);
      toldMs = now();
      const answer = await send({ seq, atMs: Math.round(now()), ...said, readings, receipts }, signal);
      if (!answer.ok) {
        log.debug({ fault: answer.error }, 'the server did not take a report');
        return REPORT_EVERY_MS;
      }
      // An answer to another report says nothing of these counts.
      return answer.value.seq === seq && acknowledge() ? 0 : REPORT_EVERY_MS;
    },
  };
}
