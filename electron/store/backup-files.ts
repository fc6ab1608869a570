import { mkdirSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Why a backup was made: it is that day's, or a migration was about to run. */
export type BackupKind = 'daily' | 'migration';

export interface BackupFile {
  readonly path: string;
  readonly kind: BackupKind;
  /** When it was begun, milliseconds since 1970. */
  readonly ms: number;
  /** Schema version of what is in it. */
  readonly version: number;
}

/** How many of each kind are kept: a week of days, the last three migrations. */
const KEPT: Readonly<Record<BackupKind, number>> = { daily: 7, migration: 3 };

const NAME = /^(?<stem>.+)-(?<time>\d{8}T\d{9}Z)-v(?<version>\d+)-(?<kind>daily|migration)\.sqlite$/;

/** `20261123T190000000Z`: safe in every file name, and in the order of time. */
export function timeInName(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/[-:.]/g, '');
}

function timeOfName(text: string): number {
  const [, year, month, day, hour, minute, second, milli] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/.exec(text) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${milli}Z`);
}

/** Backups lie in a folder `backups` beside the database. */
export function backupFolder(databasePath: string): string {
  return join(dirname(databasePath), 'backups');
}

function stemOf(databasePath: string): string {
  return basename(databasePath).replace(/\.sqlite$/, '');
}

/** The name of a new backup; the folder is made. */
export function backupPath(databasePath: string, { kind, ms, version }: Omit<BackupFile, 'path'>): string {
  const folder = backupFolder(databasePath);
  mkdirSync(folder, { recursive: true });
  return join(folder, `${stemOf(databasePath)}-${timeInName(ms)}-v${version}-${kind}.sqlite`);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Files that were to become backups of a database. */
export function halfBackups(databasePath: string): string[] {
  const folder = backupFolder(databasePath);
  return namesIn(folder)
    .filter((name) => name.startsWith(`${stemOf(databasePath)}-`) && /\.sqlite\.tmp(-wal|-shm|-journal)?$/.test(name))
    .map((name) => join(folder, name));
}

/** The backups of a database, newest first. Half-written ones have other names and are not among them. */
export function listBackups(databasePath: string): BackupFile[] {
  const folder = backupFolder(databasePath);
  return namesIn(folder)
    .flatMap((name): BackupFile[] => {
      const found = NAME.exec(name)?.groups;
      if (found?.['stem'] !== stemOf(databasePath)) return [];
      const kind = found['kind'] === 'daily' ? 'daily' : 'migration';
      const ms = timeOfName(found['time'] ?? '');
      return [{ path: join(folder, name), kind, ms, version: Number(found['version']) }];
    })
    .sort((a, b) => b.ms - a.ms);
}

/** Which backups are no longer kept. */
export function outdated(backups: readonly BackupFile[]): BackupFile[] {
  const newestFirst = backups.toSorted((a, b) => b.ms - a.ms);
  return newestFirst.filter(
    (backup) => newestFirst.filter(({ kind }) => kind === backup.kind).indexOf(backup) >= KEPT[backup.kind],
  );
}
