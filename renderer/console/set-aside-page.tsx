import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { QuarantineRow } from '#shared/contract/console.ts';
import { refusalSchema } from '#shared/contract/sync.ts';
import { AwayBanner } from './away-banner.tsx';
import { Choice } from './choice.tsx';
import { DataList } from './data-list.tsx';
import { eventTitle, subjectText } from './event-title.ts';
import { useI18n } from './i18n.tsx';
import type { ListColumn } from './list-column.ts';
import { setAsideCodec, type SetAsideState } from './list-state.ts';
import { useLive } from './live-mark.tsx';
import { useNames } from './names.ts';
import { useNow } from './now.ts';
import { PageHead } from './page-head.tsx';
import { useListState } from './router.ts';
import { useServices } from './services.ts';
import { SetAsideEntry } from './set-aside-entry.tsx';
import './set-aside.css';
import { dateTimeText } from './time-text.ts';

/** The line tells of what was taken; a page that was refused whole is seen when the list is read again. */
const REFETCH_MS = 10_000;

/** The list has one order only. */
type Sort = 'received';
type Change = (change: Partial<SetAsideState>) => void;

function useColumns(look: (key: string) => void): readonly ListColumn<QuarantineRow, Sort>[] {
  const { t, language } = useI18n();
  const names = useNames();
  const now = useNow();
  return useMemo(() => {
    const when = ({ receivedMs }: QuarantineRow) => dateTimeText(language, receivedMs, now);
    return [
      { key: 'received', title: t('setAside.received'), width: 130, render: when },
      {
        key: 'terminal',
        title: t('setAside.sender'),
        width: 110,
        render: ({ terminal, station }) => (
          <span className="sender">
            <span className="label">{terminal}</span>
            {station !== null && <span className="note">{names.stationName(station)}</span>}
          </span>
        ),
      },
      {
        key: 'reason',
        title: t('setAside.reason'),
        head: true,
        render: ({ code, settledMs }) => (
          <span className="reason">
            <strong>{t(`refusal.${code}`)}</strong>
            <span className="note">{t(`refusal.${code}.means`)}</span>
            {settledMs === null && <span>{t(`refusal.${code}.do`)}</span>}
          </span>
        ),
      },
      {
        key: 'event',
        title: t('setAside.event'),
        width: 120,
        render: ({ type }) => type && <span className="tag event-tag">{eventTitle(t, type)}</span>,
      },
      {
        key: 'subject',
        title: t('setAside.subject'),
        width: 120,
        render: ({ subject }) => subject && <span className="subject">{subjectText(subject, names)}</span>,
      },
      {
        key: 'state',
        title: t('setAside.state'),
        width: 90,
        render: ({ code, settledMs }) => {
          if (settledMs !== null) return <span className="tag tag-in-stock">{t('setAside.settled')}</span>;
          if (code === 'known-elsewhere') return <span className="tag">{t('setAside.counted')}</span>;
          return <span className="tag tag-alarm">{t('setAside.open')}</span>;
        },
      },
      {
        key: 'raw',
        title: t('setAside.raw'),
        width: 100,
        render: (row) => (
          <Button
            aria-label={t('setAside.lookOne', { terminal: row.terminal, time: when(row) })}
            onClick={() => look(row.key)}
          >
            {t('setAside.look')}
          </Button>
        ),
      },
    ];
  }, [t, language, names, now, look]);
}

interface FiltersProps {
  readonly state: SetAsideState;
  readonly change: Change;
  readonly terminals: readonly string[];
}

function Filters({ state, change, terminals }: FiltersProps) {
  const { t } = useI18n();
  return (
    <search className="filters" aria-label={t('filter.label')}>
      <Choice
        label={t('setAside.reason')}
        allText={t('setAside.allReasons')}
        value={state.code}
        options={refusalSchema.options.map((code) => ({ value: code, label: t(`refusal.${code}`) }))}
        onChoose={(code) => change({ code })}
      />
      <Choice
        label={t('setAside.sender')}
        allText={t('setAside.allSenders')}
        value={state.terminal}
        options={terminals.map((terminal) => ({ value: terminal, label: terminal }))}
        onChoose={(terminal) => change({ terminal })}
      />
      <Choice
        label={t('setAside.state')}
        allText={t('setAside.openOnly')}
        value={state.settled ? 'settled' : null}
        options={[{ value: 'settled', label: t('setAside.withSettled') }]}
        onChoose={(choice) => change({ settled: choice !== null })}
      />
      {(state.code !== null || state.terminal !== null || state.settled) && (
        <Button type="link" onClick={() => change({ code: null, terminal: null, settled: false })}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

/** What the server did not take, newest first; filtered and paged by the server, the state in the address. */
export function SetAsidePage() {
  const { t } = useI18n();
  const { queries } = useServices();
  const live = useLive();
  const [state, change] = useListState(setAsideCodec);
  const look = useMemo(() => {
    // The list behind the entry stays on its page.
    const { page } = state;
    return (entry: string | null) => change({ entry, page });
  }, [change, state]);
  const columns = useColumns(look);
  const list = useQuery(
    queries.quarantine.list.queryOptions({
      input: {
        ...(state.code === null ? {} : { code: state.code }),
        ...(state.terminal === null ? {} : { terminal: state.terminal }),
        settled: state.settled,
        page: state.page,
        pageSize: state.size,
      },
      placeholderData: keepPreviousData,
      refetchInterval: REFETCH_MS,
    }),
  );
  const filtered = state.code !== null || state.terminal !== null;
  const emptyText = t(filtered ? 'setAside.noneMatch' : 'setAside.empty');
  return (
    <>
      <PageHead title={t('nav.setAside')} lead={t('setAside.lead')} />
      {list.isError && live.state !== 'down' && <AwayBanner text={t('away.banner')} />}
      <Filters state={state} change={change} terminals={list.data?.terminals ?? []} />
      <DataList<QuarantineRow, Sort>
        label={t('setAside.table')}
        emptyText={list.data === undefined ? t('loading') : emptyText}
        totalText={(count) => t('setAside.total', { count })}
        columns={columns}
        rowKey={(row) => row.key}
        rows={list.data?.rows}
        total={list.data?.total ?? 0}
        loading={list.isPending || list.isPlaceholderData}
        view={{ sort: 'received', desc: true, page: state.page, size: state.size }}
        onView={({ page, size }) => change({ ...(page === undefined ? {} : { page }), ...(size && { size }) })}
      />
      {state.entry !== null && <SetAsideEntry key={state.entry} entryKey={state.entry} onClose={() => look(null)} />}
    </>
  );
}
