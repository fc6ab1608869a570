import type { KioskView, Line, Notice } from '#shared/contract/kiosk.ts';
import { unreachable } from '#shared/result.ts';
import type { Speech, Words } from './kiosk-context.tsx';

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

export type Refused = Extract<Line['outcome'], { kind: 'refused' }>;

/** Why an item was not lent, and what helps. */
export function refusalWords(refused: Refused, t: Words): { readonly why: string; readonly help: string } {
  switch (refused.reason) {
    case 'limit':
      return { why: t('line.refusedLimit', { limit: refused.limit }), help: t('line.refusedHelp') };
    case 'overdue':
      return { why: t('line.refusedOverdue', { count: refused.count }), help: t('line.refusedOverdueHelp') };
    case 'blocked':
      return { why: t('line.refusedBlocked'), help: t('line.refusedBlockedHelp') };
    case 'reserved':
      return { why: t('line.refusedReserved'), help: t('line.refusedTakeAnother') };
    case 'unattended':
      return { why: t('line.refusedUnattended'), help: t('line.refusedUnattendedHelp') };
    case 'offline':
      return { why: t('line.refusedOffline'), help: t('line.refusedOfflineHelp') };
    case 'aside':
      return { why: t('line.refusedAside'), help: t('line.refusedTakeAnother') };
    default:
      return unreachable(refused);
  }
}

/** That the item scanned last was not lent: who is in a hurry does not read the line. Null where it was. */
export function refusedWords(lines: readonly Line[], t: Words, say: Speech['say']): NoticeWords | null {
  const last = lines.at(-1);
  if (last?.outcome.kind !== 'refused') return null;
  const { outcome } = last;
  return {
    title: t('notice.refused', { item: say(last.name) }),
    help:
      outcome.reason === 'limit' ? t('notice.refusedHelp', { limit: outcome.limit }) : refusalWords(outcome, t).help,
    tone: 'careful',
  };
}

/** The line that is spoken of beside the list: the notice's, or the last where that was refused. Null where there is none. */
export function lineSpokenOf(notice: Notice | null, lines: readonly Line[]): Line | null {
  if (notice !== null) return lines.findLast(({ item }) => item === notice.text) ?? null;
  const last = lines.at(-1);
  return last?.outcome.kind === 'refused' ? last : null;
}

/** What a notice means in plain words. */
export function noticeWords(notice: Notice, lines: readonly Line[], t: Words, say: Speech['say']): NoticeWords {
  const { kind, text } = notice;
  const line = lineSpokenOf(notice, lines);
  const item = line === null ? text : say(line.name);
  switch (kind) {
    case 'unknown-code':
      return { title: t('notice.unknownCode'), help: t('notice.unknownCodeHelp'), tone: 'careful' };
    case 'unknown-item':
      return { title: t('notice.unknownItem'), help: t('notice.unknownItemHelp'), tone: 'careful' };
    case 'not-for-loan':
      return { title: t('notice.notForLoan'), help: t('notice.notForLoanHelp'), tone: 'careful' };
    case 'already-waiting':
      return { title: t('notice.alreadyWaiting', { item }), help: t('notice.alreadyWaitingHelp'), tone: 'calm' };
    case 'already-lent':
      return { title: t('notice.alreadyLent', { item }), help: t('notice.alreadyLentHelp'), tone: 'calm' };
    case 'already-returned':
      return { title: t('notice.alreadyReturned', { item }), help: t('notice.alreadyReturnedHelp'), tone: 'calm' };
    case 'card-unreadable':
      return { title: t('notice.cardUnreadable'), help: t('notice.cardUnreadableHelp'), tone: 'careful' };
    case 'other-card':
      return { title: t('notice.otherCard'), help: t('notice.otherCardHelp'), tone: 'careful' };
    case 'not-recorded':
      return { title: t('notice.notRecorded'), help: t('notice.notRecordedHelp'), tone: 'careful' };
    default:
      return unreachable(kind);
  }
}
