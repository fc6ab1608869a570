import { ORPCError } from '@orpc/client';
import type { ConsoleTranslate } from '../i18n.tsx';

/** Why a call on one's own account was refused, as a sentence. */
export function myFaultText(error: Error, t: ConsoleTranslate): string {
  const code: unknown = error instanceof ORPCError ? error.code : null;
  switch (code) {
    case 'WRONG_PASSWORD':
    case 'WRONG_CODE':
    case 'SAME_PASSWORD':
    case 'TOO_MANY_TRIES':
      return t(`my.fault.${code}`);
    default:
      return t('my.fault.other');
  }
}
