import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { basename } from 'node:path';
import type Database from 'better-sqlite3';
import { err, ok, type Result } from '#shared/result.ts';
import { type BackupFile, listBackups, timeInName } from './backup-files.ts';
import { readIfThere, removeDurably, syncFile, syncFolderOf, writeDurably } from './durable-files.ts';
import { cannotOpen, describe, hasLostCommits, inspectDatabase, type OpenFault, sizeOf } from './integrity.ts';
import { rebuildProjections } from './rebuild.ts';
import { claimedHead, readableEvents, type Salvaged, salvageInto } from './salvage.ts';
import { reportPath, type RestoreReport, restoreReportSchema } from './storage-report.ts';

export interface RestoreDeps {
  readonly device: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Opens a database that is not in use yet, made or brought up to date. */
  readonly open: (path: string) => Result<Database.Database, OpenFault>;
  /** Called between any two steps that change the disk: a test ends the process there. */
  readonly onStep?: () => void;
}

export interface Damage {
  readonly detail: string;
  readonly rolledBack: boolean;
}

/** The files of a database. Its own comes last: while it is there, the others are looked for beside it. */
const PARTS = ['-wal', '-shm', ''] as const;

/**
 * Everything is made ready under this name while the damaged file lies where it was; then comes the plan, and only then
 * is anything moved. A power cut before the plan leaves things as they were, one after it is gone on with at the next start.
 */
function readyPath(path: string): string {
  return `${path}.restored`;
}

function planPath(path: string): string {
  return `${path}.restore-plan.json`;
}

function asidePath(path: string, noticedMs: number): string {
  return `${path}.damaged-${timeInName(noticedMs)}`;
}

function removeAll(path: string): void {
  for (const part of PARTS) rmSync(path + part, { force: true });
}

/** A plan that can't be read any more is still one: what was made ready before it is whole. */
function readPlan(text: string): RestoreReport {
  try {
    return restoreReportSchema.parse(JSON.parse(text));
  } catch {
    const unknown = { setAside: null, backupMs: null, salvaged: 0, rolledBack: true };
    return { what: 'restored', noticedMs: 0, detail: 'the plan of a restore was damaged', ...unknown };
  }
}

/** Goes on with a restore from where it is; null where none was begun. */
export function finishRestore(path: string, onStep = () => {}): RestoreReport | null {
  const text = readIfThere(planPath(path));
  if (text === null) return null;
  const report = readPlan(text);
  if (existsSync(readyPath(path))) {
    const aside = asidePath(path, report.noticedMs);
    for (const part of PARTS) {
      if (existsSync(path + part)) renameSync(path + part, aside + part);
      onStep();
    }
    syncFolderOf(path);
    onStep();
    renameSync(readyPath(path), path);
    syncFolderOf(path);
    onStep();
  }
  renameSync(planPath(path), reportPath(path));
  syncFolderOf(path);
  return report;
}

/** A backup, what SQLite makes of the damaged file itself, or nothing. */
type Base = BackupFile | 'itself' | null;

/** What can take the place of the damaged file, the best first, each made ready when it is asked for; an empty one last. */
function* bases(path: string, { rolledBack }: Damage, onStep: () => void): Generator<Base> {
  const ready = readyPath(path);
  const sources: readonly Exclude<Base, null>[] = rolledBack ? ['itself', ...listBackups(path)] : listBackups(path);
  for (const base of sources) {
    removeAll(ready);
    const from = base === 'itself' ? path : base.path;
    for (const part of base === 'itself' ? ['', '-wal'] : ['']) {
      if (existsSync(from + part)) copyFileSync(from + part, ready + part);
    }
    onStep();
    const inspection = inspectDatabase(ready, 'whole');
    const isCutShort = inspection.kind === 'damaged' && inspection.rolledBack && base === 'itself';
    if (inspection.kind === 'sound' || isCutShort) yield base;
  }
  removeAll(ready);
  yield null;
}

/**
 * Makes a sound database of what there is: the newest backup that passes the whole check, or an empty one, and every own
 * event that can still be read in the damaged file. That one is kept beside it under a new name, and never changed. What
 * others wrote, and what was acknowledged and can be read nowhere here, comes from the server.
 */
export function restoreDatabase(path: string, damage: Damage, deps: RestoreDeps): Result<RestoreReport, OpenFault> {
  const { now, onStep = () => {} } = deps;
  const noticedMs = now();
  try {
    for (const base of bases(path, damage, onStep)) {
      const filled = fill(path, base, deps);
      if (!filled.ok) {
        if (base === null || cannotOpen(filled.error) !== null) throw filled.error;
        continue;
      }
      const { count, complete } = filled.value;
      const report: RestoreReport = {
        what: base === null ? 'started-empty' : 'restored',
        noticedMs,
        detail: damage.detail,
        setAside: PARTS.some((part) => existsSync(path + part)) ? basename(asidePath(path, noticedMs)) : null,
        backupMs: base === null || base === 'itself' ? null : base.ms,
        salvaged: count,
        rolledBack: !complete,
      };
      onStep();
      writeDurably(planPath(path), JSON.stringify(report));
      onStep();
      finishRestore(path, onStep);
      return ok(report);
    }
    throw new Error('the empty one comes last, always');
  } catch (error) {
    return err(cannotOpen(error) ?? { kind: 'cannot-open', detail: describe(error) });
  }
}

/** Brings what was made ready up to date, and puts into it what can still be read. An error is whatever stood in the way. */
function fill(path: string, base: Base, { device, open, onStep = () => {} }: RestoreDeps): Result<Salvaged, unknown> {
  const ready = readyPath(path);
  let db: Database.Database | null = null;
  try {
    const opened = open(ready);
    if (!opened.ok) throw new Error(opened.error.detail);
    db = opened.value;
    onStep();
    // The claim of a log that lost commits is an old one.
    const claim = hasLostCommits(path) ? null : claimedHead(path);
    const newer = listBackups(path).filter(({ ms }) => base !== 'itself' && (base === null || ms > base.ms));
    const sources = [path, ...newer.map((backup) => backup.path)];
    const salvaged = salvageInto(db, device, claim, readableEvents(sources, device));
    // What looks sound may still have a flipped bit in a state.
    rebuildProjections(db);
    onStep();
    // The last connection to close brings everything into the one file.
    db.close();
    syncFile(ready);
    return ok(salvaged);
  } catch (error) {
    db?.close();
    return err(error);
  }
}

/** What an earlier try left behind that came to nothing. */
export function clearLeftovers(path: string): void {
  if (existsSync(planPath(path))) return;
  if (sizeOf(readyPath(path)) > 0 || existsSync(readyPath(path))) removeAll(readyPath(path));
  removeDurably(`${planPath(path)}.tmp`);
}
