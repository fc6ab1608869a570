import type { RefusalOfRelease } from '#shared/contract/content.ts';
import type { ConsoleTranslate } from '../i18n.tsx';

/** Why a terminal did not take a release, and what it says for technicians. */
export function refusalText(t: ConsoleTranslate, why: RefusalOfRelease | null, detail: string | null): string {
  const reason = t(why === null ? 'refusal.late' : `refusal.${why}`);
  return detail === null || detail === '' ? reason : `${reason} (${detail})`;
}
