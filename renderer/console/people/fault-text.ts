import { ORPCError } from '@orpc/client';
import type { ConsoleTranslate } from '../i18n.tsx';

/** Why a call on somebody's account was refused, as a sentence. */
export function peopleFaultText(error: Error, t: ConsoleTranslate): string {
  const code: unknown = error instanceof ORPCError ? error.code : null;
  switch (code) {
    case 'ACCOUNT_TAKEN':
    case 'LAST_ADMIN':
    case 'OWN_ACCOUNT':
    case 'UNKNOWN_ACCOUNT':
      return t(`people.fault.${code}`);
    default:
      return t('people.fault.other');
  }
}
