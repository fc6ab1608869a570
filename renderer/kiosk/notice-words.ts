import type { KioskView, Line, Notice } from '#shared/contract/kiosk.ts';
import { unreachable } from '#shared/result.ts';
import type { Words } from './kiosk-context.tsx';

export interface NoticeWords {
  readonly title: string;
  /** What to do. */
  readonly help: string;
  /** Whether something needs the person's attention, or is merely good to know. */
  readonly tone: 'calm' | 'careful';
}

/** What is wrong with the scanner, for somebody who was about to scan; null where it works. */
export function scannerWords({ scanner }: KioskView['devices'], t: Words): NoticeWords | null {
  if (scanner === 'ready') return null;
  return { title: t('trouble.scanner'), help: t('trouble.scannerHelp'), tone: 'careful' };
}

/** What is wrong with the card reader, for somebody who was about to tap a card; null where it works. */
export function cardReaderWords({ cardReader }: KioskView['devices'], t: Words): NoticeWords | null {
  if (cardReader === 'ready') return null;
  return { title: t('trouble.cardReader'), help: t('trouble.cardReaderHelp'), tone: 'careful' };
}

/** That the item scanned last was not lent: who is in a hurry does not read the line. Null where it was. */
export function refusedWords(lines: readonly Line[], t: Words): NoticeWords | null {
  const outcome = lines.at(-1)?.outcome;
  if (outcome?.kind !== 'refused') return null;
  return {
    title: t('notice.refused'),
    help: t('notice.refusedHelp', { limit: outcome.limit }),
    tone: 'careful',
  };
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
