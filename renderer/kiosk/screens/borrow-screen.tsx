import { UserRound } from 'lucide-react';
import type { Borrower, Sheet } from '#shared/contract/kiosk.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { ItemIcon } from '#renderer/ui/item-icon.tsx';
import { SailScene } from '#renderer/ui/sail-mark.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useDueText } from '../due-text.ts';
import { useServices, useSpeech } from '../kiosk-context.tsx';
import { useEndsIn } from '../ends-in.ts';
import { ScrollArea } from '../scroll-area.tsx';
import { LineList } from '../line-list.tsx';
import { Prompt } from '../prompt.tsx';

function BorrowerHead({ borrower }: { readonly borrower: Borrower }) {
  const { t } = useSpeech();
  const overdue = borrower.holding.filter((loan) => loan.overdue).length;
  return (
    <div className="borrower">
      <span className="borrower__picture" aria-hidden="true">
        <UserRound />
      </span>
      <div>
        <h1 className="borrower__name">{borrower.name}</h1>
        <p className="borrower__holding">{t('borrow.holding', { count: borrower.holding.length })}</p>
        {overdue === 0 ? null : <p className="borrower__overdue">{t('borrow.overdue', { count: overdue })}</p>}
      </div>
    </div>
  );
}

/** Where there is room for it (landscape): what the place is for while nothing is listed. */
function NothingYet() {
  const { t } = useSpeech();
  return (
    <div className="borrow-empty">
      <div className="borrow-empty__sea">
        <SailScene lies="middle" />
      </div>
      <p className="borrow-empty__title">
        <Unbroken text={t('borrow.empty')} />
      </p>
      <p className="borrow-empty__hint">
        <Unbroken text={t('borrow.emptyHint')} />
      </p>
    </div>
  );
}

/** What the person had before this sheet, what is due first on top. */
function HoldingBefore({ holding }: { readonly holding: Borrower['holding'] }) {
  const { t, say } = useSpeech();
  const dueText = useDueText();
  const dueFirst = holding.toSorted((a, b) => Date.parse(a.due) - Date.parse(b.due));
  return (
    <section className="holding">
      <h2 className="panel__title">{t('borrow.holdingBefore')}</h2>
      <ul className="lines">
        {dueFirst.map(({ item, icon, name, note, due, overdue }) => (
          <li key={item}>
            <div className={overdue ? 'line line--overdue' : 'line line--held'}>
              <span className="line__picture">
                <ItemIcon icon={icon} />
              </span>
              <span className="line__text">
                <span className="line__what">
                  <span className="line__name">
                    <Unbroken text={say(name)} />
                  </span>
                  <span className="line__small">
                    <span className="line__code">{item}</span>
                    {note === null ? null : (
                      <span className="line__note">
                        <Unbroken text={say(note)} />
                      </span>
                    )}
                  </span>
                </span>
                <span className="line__outcome">
                  <span className="line__due">{dueText(due)}</span>
                </span>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Somebody's card is known: each scan is lent at once and shows when it is due. */
export function BorrowScreen({ sheet }: { readonly sheet: Extract<Sheet, { kind: 'borrow' }> }) {
  const { t } = useSpeech();
  const { kiosk } = useServices();
  const { borrower, lines } = sheet;
  const onSheet = new Set(lines.map((line) => line.item));
  const before = borrower.holding.filter(({ item }) => !onSheet.has(item));
  const lent = lines.filter((line) => line.outcome.kind === 'lent').length;
  const lastRefused = lines.at(-1)?.outcome.kind === 'refused';
  const endsIn = useEndsIn(sheet.endsInMs, lent > 0 ? 'borrow.endsIn' : 'endsIn');
  return (
    <main className="sheet">
      <section className="sheet__list panel">
        <BorrowerHead borrower={borrower} />
        {lines.length + before.length === 0 ? (
          <NothingYet />
        ) : (
          <ScrollArea of="items">
            {lines.length === 0 ? null : (
              <LineList lines={lines} canGiveBack notice={sheet.notice} borrowerName={borrower.name} />
            )}
            {before.length === 0 ? null : <HoldingBefore holding={before} />}
          </ScrollArea>
        )}
      </section>
      <Prompt
        title={lines.length === 0 ? t('borrow.first') : t('borrow.more')}
        hint={lines.length === 0 ? t('borrow.firstHint') : t('borrow.moreHint')}
        notice={sheet.notice}
        lines={lines}
      />
      <div className="sheet__action">
        <BigButton
          // Nothing is lent yet: what to do is to scan.
          look={lent > 0 ? 'primary' : 'quiet'}
          label={
            lent === 0 ? t('borrow.doneEmpty') : t(lastRefused ? 'borrow.doneOthers' : 'borrow.done', { count: lent })
          }
          detail={endsIn}
          onPress={() => kiosk.leave('done')}
        />
      </div>
    </main>
  );
}
