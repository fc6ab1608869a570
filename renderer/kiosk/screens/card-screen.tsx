import { ShieldCheck } from 'lucide-react';
import type { Sheet } from '#shared/contract/kiosk.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { CardPicture } from '../card-picture.tsx';
import { useServices, useSpeech } from '../kiosk-context.tsx';
import { useEndsIn } from '../ends-in.ts';
import { LineList } from '../line-list.tsx';
import { noticeWords } from '../notice-words.ts';

/** Items wait for a card. A notice takes the place of the hint. */
export function CardScreen({ sheet }: { readonly sheet: Extract<Sheet, { kind: 'card' }> }) {
  const { t } = useSpeech();
  const { kiosk } = useServices();
  const endsIn = useEndsIn(sheet.endsInMs, 'card.endsIn');
  const waiting = sheet.lines.filter((line) => line.outcome.kind === 'waiting').length;
  const words = sheet.notice === null ? null : noticeWords(sheet.notice, t);
  return (
    <main className="sheet sheet--card">
      <section className="ask-card">
        <CardPicture />
        <div className="ask-card__words" aria-live="polite">
          <h1 className="ask-card__title">{t('card.title')}</h1>
          {words === null ? (
            <>
              <p className="ask-card__lead">{t('card.lead')}</p>
              <p className="ask-card__privacy">
                <ShieldCheck aria-hidden="true" />
                <span>{t('card.privacy')}</span>
              </p>
            </>
          ) : (
            <div key={sheet.notice?.seq} className="ask-card__notice">
              <p className="ask-card__notice-title">{words.title}</p>
              <p>{words.help}</p>
            </div>
          )}
        </div>
      </section>
      <section className="sheet__list panel">
        <h2 className="panel__title">{t('card.waiting', { count: waiting })}</h2>
        <LineList lines={sheet.lines} canGiveBack />
      </section>
      <div className="sheet__action">
        <BigButton look="quiet" label={t('card.cancel')} detail={endsIn} onPress={() => kiosk.leave('leave')} />
      </div>
    </main>
  );
}
