import { IdCard, type LucideIcon, PackageX, ScanSearch, TriangleAlert } from 'lucide-react';
import type { Notice, Sheet } from '#shared/contract/kiosk.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useServices, useSpeech } from '../kiosk-context.tsx';
import { useEndsIn } from '../ends-in.ts';
import { noticeWords } from '../notice-words.ts';

const PICTURES: Readonly<Record<Notice['kind'], LucideIcon>> = {
  'unknown-code': ScanSearch,
  'unknown-item': ScanSearch,
  'not-for-loan': PackageX,
  'already-waiting': ScanSearch,
  'already-lent': ScanSearch,
  'already-returned': ScanSearch,
  'card-unreadable': IdCard,
  'other-card': IdCard,
  'not-recorded': TriangleAlert,
};

/** A scan or a card that led to nothing: what it was, what to do. */
export function UnknownScreen({ sheet }: { readonly sheet: Extract<Sheet, { kind: 'unknown' }> }) {
  const { t, say } = useSpeech();
  const { kiosk } = useServices();
  const endsIn = useEndsIn(sheet.endsInMs, 'endsIn');
  const { notice } = sheet;
  const words = notice === null ? null : noticeWords(notice, sheet.lines, t, say);
  const Picture = PICTURES[notice?.kind ?? 'unknown-code'];
  return (
    <main className="sheet sheet--single">
      <section className="message panel" aria-live="polite">
        <span className="message__picture" aria-hidden="true">
          <Picture />
        </span>
        <h1 className="message__title">
          <Unbroken text={words?.title ?? t('unknown.header')} />
        </h1>
        <p className="message__help">
          <Unbroken text={words?.help ?? t('notice.unknownCodeHelp')} />
        </p>
        {notice === null || notice.text === '' ? null : (
          <p className="message__read">
            <span>{t('unknown.read')}</span>
            <bdi className="message__code">{notice.text}</bdi>
          </p>
        )}
      </section>
      <div className="sheet__action">
        <BigButton look="primary" label={t('unknown.done')} detail={endsIn} onPress={() => kiosk.leave('leave')} />
      </div>
    </main>
  );
}
