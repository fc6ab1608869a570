import { z } from 'zod';
import { readIfThere, removeDurably, writeDurably } from './durable-files.ts';

/**
 * What was done about a damaged database. It lies beside the database until a person has seen it, so that a restart
 * does not hide it.
 */
export const restoreReportSchema = z.object({
  /** From a backup, or from what SQLite still made of the damaged file; or from nothing. */
  what: z.enum(['restored', 'started-empty']),
  /** When it was noticed, milliseconds since 1970. */
  noticedMs: z.number(),
  /** What was wrong; for the log, not for the screen. */
  detail: z.string(),
  /** Name of the damaged file, which was kept; null where there was none. */
  setAside: z.string().nullable(),
  /** When the backup was made; null where none was used. */
  backupMs: z.number().nullable(),
  /** Own events that the backup did not have and that could still be read in the damaged file. */
  salvaged: z.int(),
  /** Own events may be missing behind the head: of what was not sent before, some may be lost. */
  rolledBack: z.boolean(),
});
export type RestoreReport = z.infer<typeof restoreReportSchema>;

export type StorageReport =
  | { readonly what: 'fine'; readonly rolledBack: false }
  /** A later look found damage; it is mended at the next start. */
  | RestoreReport;

export const FINE: StorageReport = { what: 'fine', rolledBack: false };

export function reportPath(databasePath: string): string {
  return `${databasePath}.report.json`;
}

/** The report that nobody has seen yet, or null. One that can't be read is none: it was only for reading. */
export function unseenReport(databasePath: string): RestoreReport | null {
  const text = readIfThere(reportPath(databasePath));
  if (text === null) return null;
  try {
    return restoreReportSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** A person has seen it. */
export function forgetReport(databasePath: string): void {
  removeDurably(reportPath(databasePath));
}

/** A file beside a database that is doubted: the next start looks at the whole of it before anything else. */
function doubtPath(databasePath: string): string {
  return `${databasePath}.doubted`;
}

export function doubt(databasePath: string, why: string): void {
  writeDurably(doubtPath(databasePath), why);
}

export function isDoubted(databasePath: string): boolean {
  return readIfThere(doubtPath(databasePath)) !== null;
}

export function believe(databasePath: string): void {
  removeDurably(doubtPath(databasePath));
}
