import type { StorageReport } from '#electron/store/storage-report.ts';
import type { Repair } from '#shared/contract/kiosk.ts';

/** What the screen says of what was done when the database was opened; null where there is nothing to say. */
export function repairOf(report: StorageReport): Repair | null {
  if (report.what === 'fine') return null;
  const { what, backupMs, rolledBack } = report;
  return { what, backupMs, mayLack: rolledBack, filledIn: false };
}

/** Damage that was found while the terminal works. Nothing has to come from the server for it to be read. */
export const DOUBTED: Repair = { what: 'doubted', backupMs: null, mayLack: false, filledIn: true };
