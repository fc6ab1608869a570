import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { QuarantineEntry } from '#shared/contract/console.ts';
import { AwayBanner } from './away-banner.tsx';
import { eventTitle, subjectText } from './event-title.ts';
import { useI18n } from './i18n.tsx';
import { LetIn } from './let-in.tsx';
import { useNames } from './names.ts';
import { useNow } from './now.ts';
import { PageDialog } from './page-dialog.tsx';
import { RawBox } from './raw-box.tsx';
import { useServices } from './services.ts';
import { dateTimeText } from './time-text.ts';

function Facts({ entry }: { readonly entry: QuarantineEntry }) {
  const { t, language } = useI18n();
  const names = useNames();
  const now = useNow();
  const when = (ms: number) => dateTimeText(language, ms, now);
  const { terminal, station, type, subject, receivedMs, settledMs, settledBy } = entry;
  const facts = [
    [t('setAside.sender'), station === null ? terminal : `${terminal} · ${names.stationName(station)}`],
    [t('setAside.received'), when(receivedMs)],
    [t('setAside.event'), type === null ? null : eventTitle(t, type)],
    [t('setAside.subject'), subject === null ? null : subjectText(subject, names)],
    [t('setAside.means'), t(`refusal.${entry.code}.means`)],
    [t('setAside.toDo'), settledMs === null ? t(`refusal.${entry.code}.do`) : null],
    [
      t('setAside.state'),
      settledMs === null ? null : t('setAside.settledBy', { account: settledBy ?? '', time: when(settledMs) }),
    ],
  ] as const;
  return (
    <dl className="facts">
      {facts
        .filter(([, text]) => text !== null)
        .map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}

/** One entry before the list: what it is, its text as it came, and what can be done. */
export function SetAsideEntry({ entryKey, onClose }: { readonly entryKey: string; readonly onClose: () => void }) {
  const { t } = useI18n();
  const { queries } = useServices();
  const entry = useQuery(queries.quarantine.entry.queryOptions({ input: { key: entryKey } }));
  const { data } = entry;
  return (
    <PageDialog title={data ? t(`refusal.${data.code}`) : t('nav.setAside')} onClose={onClose}>
      {entry.isError && <AwayBanner text={t('away.banner')} />}
      {entry.isPending && (
        <div aria-busy="true">
          <Skeleton active />
        </div>
      )}
      {data === null && <p>{t('setAside.gone')}</p>}
      {data && (
        <>
          <Facts entry={data} />
          <LetIn entry={data} />
          <RawBox raw={data.raw} />
        </>
      )}
    </PageDialog>
  );
}
