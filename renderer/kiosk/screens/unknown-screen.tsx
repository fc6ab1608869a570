import { IdCard, ScanSearch, TriangleAlert } from 'lucide-react';
import type { Notice, Sheet } from '#shared/contract/kiosk.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { useSecondsLeft, useServices, useSpeech } from '../kiosk-context.tsx';
import { noticeWords } from '../notice-words.ts';

function pictureOf(kind: Notice['kind'] | undefined) {
  if (kind === 'card-unreadable') return IdCard;
  return kind === 'not-recorded' ? TriangleAlert : ScanSearch;
}

/** A scan or a card that led to nothing: what it was, what to do. */
export function UnknownScreen({ sheet }: { readonly sheet: Extract<Sheet, { kind: 'unknown' }> }) {
  const { t } = useSpeech();
  const { kiosk } = useServices();
  const seconds = useSecondsLeft(sheet.endsInMs);
  const { notice } = sheet;
  const words = notice === null ? null : noticeWords(notice, t);
  const Picture = pictureOf(notice?.kind);
  return (
    <main className="sheet sheet--single">
      <section className="message panel" aria-live="polite">
        <span className="message__picture" aria-hidden="true">
          <Picture />
        </span>
        <h1 className="message__title">{words?.title ?? t('unknown.header')}</h1>
        <p className="message__help">{words?.help ?? t('notice.unknownCodeHelp')}</p>
        {notice === null || notice.text === '' ? null : (
          <p className="message__read">
            <span>{t('unknown.read')}</span>
            <bdi className="message__code">{notice.text}</bdi>
          </p>
        )}
      </section>
      <div className="sheet__action">
        <BigButton
          look="primary"
          label={t('unknown.done')}
          detail={t('endsIn', { seconds })}
          onPress={() => kiosk.leave('leave')}
        />
      </div>
    </main>
  );
}
