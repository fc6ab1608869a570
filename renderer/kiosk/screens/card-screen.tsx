import { ShieldCheck, TriangleAlert } from 'lucide-react';
import type { Sheet } from '#shared/contract/kiosk.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { CardPicture } from '../card-picture.tsx';
import { useServices, useSpeech, useView } from '../kiosk-context.tsx';
import { useEndsIn } from '../ends-in.ts';
import { ScrollArea } from '../scroll-area.tsx';
import { LineList } from '../line-list.tsx';
import { cardReaderWords, noticeWords } from '../notice-words.ts';

/** Items wait for a card. A notice takes the place of the hint; without a reader nobody is asked for a card. */
export function CardScreen({ sheet }: { readonly sheet: Extract<Sheet, { kind: 'card' }> }) {
  const { t, say } = useSpeech();
  const { kiosk } = useServices();
  const endsIn = useEndsIn(sheet.endsInMs, 'card.endsIn');
  const waiting = sheet.lines.filter((line) => line.outcome.kind === 'waiting').length;
  const returned = sheet.lines.filter((line) => line.outcome.kind === 'returned').length;
  const trouble = cardReaderWords(useView().devices, t);
  const words = sheet.notice === null ? null : noticeWords(sheet.notice, sheet.lines, t, say);
  return (
    <main className="sheet sheet--card">
      <section className={trouble === null ? 'ask-card' : 'ask-card ask-card--careful'}>
        {trouble === null ? (
          <CardPicture />
        ) : (
          <span className="ask-card__trouble" aria-hidden="true">
            <TriangleAlert />
          </span>
        )}
        <div className="ask-card__words" aria-live="polite">
          <h1 className="ask-card__title">
            <Unbroken text={trouble?.title ?? t('card.title')} />
          </h1>
          {trouble === null ? null : (
            <p className="ask-card__help">
              <Unbroken text={trouble.help} />
            </p>
          )}
          {trouble === null && words === null ? (
            <>
              <p className="ask-card__lead">{t('card.lead')}</p>
              <p className="ask-card__privacy">
                <ShieldCheck aria-hidden="true" />
                <span>{t('card.privacy')}</span>
              </p>
            </>
          ) : null}
          {words === null ? null : (
            <div key={sheet.notice?.seq} className="ask-card__notice">
              <p className="ask-card__notice-title">
                <Unbroken text={words.title} />
              </p>
              <p>
                <Unbroken text={words.help} />
              </p>
            </div>
          )}
        </div>
      </section>
      <section className="sheet__list panel">
        <h2 className="panel__title">
          {trouble === null
            ? t(returned === 0 ? 'card.waiting' : 'card.waitingReturned', { count: waiting, returned })
            : t('card.scanned')}
        </h2>
        <ScrollArea of="items">
          <LineList lines={sheet.lines} canGiveBack notice={sheet.notice} borrowerName={null} />
        </ScrollArea>
      </section>
      <div className="sheet__action">
        <BigButton look="quiet" label={t('card.cancel')} detail={endsIn} onPress={() => kiosk.leave('leave')} />
      </div>
    </main>
  );
}
