import type { BackupFault } from '#electron/store/backup.ts';
import type { BackupFile } from '#electron/store/backup-files.ts';
import type { Inspection } from '#electron/store/integrity.ts';
import type { Result } from '#shared/result.ts';
import type { Log } from '../log.ts';
import { nextBackupMs } from './next-backup.ts';

export interface CaretakerDeps {
  /** Looks at the whole database, apart from this thread. */
  readonly check: (signal: AbortSignal) => Promise<Inspection>;
  /** Notes that the next start must look at the whole database before it goes on. */
  readonly doubt: (why: string) => void;
  readonly backUp: (signal: AbortSignal) => Promise<Result<BackupFile, BackupFault>>;
  /** When the newest daily backup was begun, milliseconds since 1970. */
  readonly lastBackupMs: () => number | null;
  readonly zone: string;
  readonly now: () => number;
  /** Runs `task` after `ms`; returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
  /** The database is damaged; it goes on for now. */
  readonly onDoubt: () => void;
  readonly log: Log;
}

/** The page has been painted by then, milliseconds after the start. */
const CHECK_AFTER_MS = 20_000;

/** A backup that failed is tried again; timers beyond 24 days fire at once, and a clock may be set in between. */
const LOOK_AGAIN_MS = 3_600_000;

/** Keeps a database well while the terminal works: one look at the whole of it after each start, one backup a day. */
export function createCaretaker(deps: CaretakerDeps) {
  const { check, doubt, backUp, lastBackupMs, zone, now, schedule, onDoubt, log } = deps;
  let callOffLook = () => {};
  let callOffBackup = () => {};
  const stopping = new AbortController();
  let working: Promise<void> = Promise.resolve();
  let failedMs: number | null = null;

  function doubted(detail: string): void {
    log.error({ detail }, 'the database is damaged; it is mended at the next start');
    try {
      doubt(detail);
    } catch (error) {
      log.error({ err: error }, 'the next start could not be told');
    }
    onDoubt();
  }

  async function look(): Promise<void> {
    const inspection = await check(stopping.signal);
    if (stopping.signal.aborted || inspection.kind === 'sound' || inspection.kind === 'new') return;
    if (inspection.kind === 'damaged') doubted(inspection.detail);
    else log.warn({ inspection }, 'the database could not be looked at');
  }

  async function makeBackup(): Promise<void> {
    const made = await backUp(stopping.signal);
    failedMs = made.ok ? null : now();
    if (stopping.signal.aborted) return;
    if (made.ok) log.info({ backup: made.value.path }, 'backup made');
    else if (made.error.kind === 'not-sound') doubted(made.error.detail);
    else log.error({ fault: made.error }, 'no backup was made');
  }

  function planBackup(): void {
    if (stopping.signal.aborted) return;
    const due = Math.max(nextBackupMs(lastBackupMs(), now(), zone), failedMs === null ? 0 : failedMs + LOOK_AGAIN_MS);
    const wait = Math.min(due - now(), LOOK_AGAIN_MS);
    callOffBackup = schedule(() => {
      if (now() < due) return planBackup();
      working = makeBackup().finally(planBackup);
    }, wait);
  }

  return {
    start(): void {
      callOffLook = schedule(() => void look(), CHECK_AFTER_MS);
      planBackup();
    },

    /** Resolves when nothing of it touches the database any more. */
    async stop(): Promise<void> {
      stopping.abort();
      callOffLook();
      callOffBackup();
      await working;
    },
  };
}
