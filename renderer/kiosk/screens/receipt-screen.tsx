import { Check, HardDriveDownload, HeartHandshake } from 'lucide-react';
import type { Sheet } from '#shared/contract/kiosk.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { SailScene } from '#renderer/ui/sail-mark.tsx';
import { Unbroken } from '#renderer/ui/unbroken.tsx';
import { useServices, useSpeech, useView } from '../kiosk-context.tsx';
import { useEndsIn } from '../ends-in.ts';
import { ScrollArea } from '../scroll-area.tsx';
import { LineList } from '../line-list.tsx';
import { Praise } from '../praise.tsx';

/** What was recorded, and where it goes back to. */
export function ReceiptScreen({ sheet }: { readonly sheet: Extract<Sheet, { kind: 'receipt' }> }) {
  const { t } = useSpeech();
  const { kiosk } = useServices();
  const { sync } = useView();
  const endsIn = useEndsIn(sheet.endsInMs, 'endsIn');
  const lent = sheet.lines.filter((line) => line.outcome.kind === 'lent').length;
  const returned = sheet.lines.filter((line) => line.outcome.kind === 'returned').length;
  const savedHere = sync.state === 'saved-here' || sync.state === 'never';
  const leadKey = lent === 0 ? 'receipt.leadReturned' : returned === 0 ? 'receipt.lead' : 'receipt.leadBoth';
  return (
    <main className="sheet">
      <section className="sheet__list panel">
        <Praise
          picture={lent > 0 ? Check : HeartHandshake}
          title={lent > 0 ? t('receipt.title', { count: lent }) : t('receipt.titleReturned', { count: returned })}
          lead={t(leadKey)}
        />
        <ScrollArea of="items">
          <LineList lines={sheet.lines} canGiveBack={false} notice={null} borrowerName={sheet.borrowerName} />
        </ScrollArea>
      </section>
      <section className="summary">
        <div className="summary__sea">
          <SailScene lies="middle" />
        </div>
        {sheet.borrowerName === null ? null : <p className="summary__name">{sheet.borrowerName}</p>}
        {lent > 0 ? <p className="summary__count">{t('receipt.lentCount', { count: lent })}</p> : null}
        {returned > 0 ? <p className="summary__count">{t('receipt.returnedCount', { count: returned })}</p> : null}
        {savedHere ? (
          <p className="summary__saved">
            <HardDriveDownload aria-hidden="true" />
            <span>
              <Unbroken text={t('receipt.savedHere')} />
            </span>
          </p>
        ) : null}
      </section>
      <div className="sheet__action">
        <BigButton look="primary" label={t('receipt.done')} detail={endsIn} onPress={() => kiosk.leave('done')} />
      </div>
    </main>
  );
}
