import type { Notice } from '#shared/contract/kiosk.ts';
import { unreachable } from '#shared/result.ts';
import type { Words } from './kiosk-context.tsx';

export interface NoticeWords {
  readonly title: string;
  /** What to do. */
  readonly help: string;
  /** Whether something needs the person's attention, or is merely good to know. */
  readonly tone: 'calm' | 'careful';
}

/** What a notice means in plain words. */
export function noticeWords({ kind }: Notice, t: Words): NoticeWords {
  switch (kind) {
    case 'unknown-code':
      return { title: t('notice.unknownCode'), help: t('notice.unknownCodeHelp'), tone: 'careful' };
    case 'unknown-item':
      return { title: t('notice.unknownItem'), help: t('notice.unknownItemHelp'), tone: 'careful' };
    case 'already-waiting':
      return { title: t('notice.alreadyWaiting'), help: t('notice.alreadyWaitingHelp'), tone: 'calm' };
    case 'already-lent':
      return { title: t('notice.alreadyLent'), help: t('notice.alreadyLentHelp'), tone: 'calm' };
    case 'already-returned':
      return { title: t('notice.alreadyReturned'), help: t('notice.alreadyReturnedHelp'), tone: 'calm' };
    case 'card-unreadable':
      return { title: t('notice.cardUnreadable'), help: t('notice.cardUnreadableHelp'), tone: 'careful' };
    case 'not-recorded':
      return { title: t('notice.notRecorded'), help: t('notice.notRecordedHelp'), tone: 'careful' };
    default:
      return unreachable(kind);
  }
}
