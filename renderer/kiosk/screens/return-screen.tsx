import { HeartHandshake } from 'lucide-react';
import type { Sheet } from '#shared/contract/kiosk.ts';
import { BigButton } from '#renderer/ui/big-button.tsx';
import { Praise } from '../praise.tsx';
import { useServices, useSpeech } from '../kiosk-context.tsx';
import { useEndsIn } from '../ends-in.ts';
import { ScrollArea } from '../scroll-area.tsx';
import { LineList } from '../line-list.tsx';
import { Prompt } from '../prompt.tsx';

/** Items were taken back; a late one is welcome too. */
export function ReturnScreen({ sheet }: { readonly sheet: Extract<Sheet, { kind: 'return' }> }) {
  const { t } = useSpeech();
  const { kiosk } = useServices();
  const endsIn = useEndsIn(sheet.endsInMs, 'endsIn');
  const returned = sheet.lines.filter((line) => line.outcome.kind === 'returned');
  const late = returned.some((line) => line.outcome.kind === 'returned' && line.outcome.late);
  return (
    <main className="sheet">
      <section className="sheet__list panel">
        <Praise
          picture={HeartHandshake}
          title={late ? t('return.titleLate') : t('return.title')}
          lead={t('return.lead', { count: returned.length })}
        />
        <ScrollArea of="items">
          <LineList lines={sheet.lines} canGiveBack={false} notice={sheet.notice} borrowerName={null} />
        </ScrollArea>
      </section>
      <Prompt title={t('return.more')} hint={t('return.moreHint')} notice={sheet.notice} lines={sheet.lines} />
      <div className="sheet__action">
        <BigButton look="primary" label={t('return.done')} detail={endsIn} onPress={() => kiosk.leave('done')} />
      </div>
    </main>
  );
}
