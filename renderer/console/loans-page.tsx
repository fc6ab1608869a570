import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useMemo } from 'react';
import type { LoanRow } from '#shared/contract/console.ts';
import { AwayBanner } from './away-banner.tsx';
import { Choice } from './choice.tsx';
import { CsvLink } from './csv-link.tsx';
import { DataList } from './data-list.tsx';
import type { ListColumn } from './list-column.ts';
import { useI18n } from './i18n.tsx';
import { loansCodec, type LoansState } from './list-state.ts';
import { useLive } from './live-mark.tsx';
import { useNames } from './names.ts';
import { useNow } from './now.ts';
import { PageHead } from './page-head.tsx';
import { useListState } from './router.ts';
import { SearchBox } from './search-box.tsx';
import { useServices } from './services.ts';
import { dateTimeText, lateText } from './time-text.ts';

type Change = (change: Partial<LoansState>, replace?: boolean) => void;

function Due({ loan, now }: { readonly loan: LoanRow; readonly now: number }) {
  const { t, language } = useI18n();
  const dueMs = Date.parse(loan.due);
  return (
    <span className={loan.overdue ? 'due overdue' : 'due'}>
      <time dateTime={loan.due}>{dateTimeText(language, dueMs, now)}</time>
      {loan.overdue && <span className="tag tag-alarm">{lateText(t, dueMs, now)}</span>}
    </span>
  );
}

function useColumns(): readonly ListColumn<LoanRow, LoansState['sort']>[] {
  const { t, pick, language } = useI18n();
  const { stationName } = useNames();
  const now = useNow(60_000);
  return useMemo(
    () => [
      {
        key: 'item',
        title: t('loans.item'),
        sort: 'item',
        head: true,
        render: (row) => (
          <span className="item-cell">
            {row.typeName && <span>{pick(row.typeName)}</span>}
            <span className="label">{row.item}</span>
          </span>
        ),
      },
      { key: 'name', title: t('loans.borrower'), width: 140, render: (row) => row.name },
      { key: 'station', title: t('loans.station'), width: 150, render: (row) => stationName(row.station) },
      {
        key: 'lent',
        title: t('loans.lent'),
        sort: 'lent',
        width: 180,
        render: (row) => dateTimeText(language, row.lentMs, now),
      },
      { key: 'due', title: t('loans.due'), sort: 'due', width: 280, render: (row) => <Due loan={row} now={now} /> },
    ],
    [t, pick, language, stationName, now],
  );
}

function Filters({ state, change }: { readonly state: LoansState; readonly change: Change }) {
  const { t } = useI18n();
  const { stations } = useNames();
  const search = useCallback((q: string) => change({ q }, true), [change]);
  const filtered = state.q !== '' || state.station !== null || state.overdue;
  return (
    <search className="filters" aria-label={t('filter.label')}>
      <SearchBox label={t('filter.searchLoans')} value={state.q} onSearch={search} />
      <Choice
        label={t('filter.station')}
        allText={t('filter.allStations')}
        value={state.station}
        options={stations}
        onChoose={(station) => change({ station })}
      />
      <Choice
        label={t('filter.status')}
        allText={t('filter.allLoans')}
        value={state.overdue ? 'overdue' : null}
        options={[{ value: 'overdue', label: t('filter.overdueOnly') }]}
        onChoose={(choice) => change({ overdue: choice === 'overdue' })}
      />
      {filtered && (
        <Button type="link" onClick={() => change({ q: '', station: null, overdue: false })}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

/** What is out on loan; filtered, sorted and paged by the server, the state in the address. */
export function LoansPage() {
  const { t } = useI18n();
  const { queries } = useServices();
  const live = useLive();
  const [state, change] = useListState(loansCodec);
  const columns = useColumns();
  const input = {
    ...(state.q === '' ? {} : { search: state.q }),
    ...(state.station === null ? {} : { station: state.station }),
    ...(state.overdue ? { overdue: true } : {}),
    sort: state.sort,
    descending: state.desc,
    page: state.page,
    pageSize: state.size,
  };
  const loans = useQuery(
    queries.loans.queryOptions({
      input,
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <PageHead title={t('nav.loans')} lead={t('loans.lead')}>
        <CsvLink list="loans" input={input} />
      </PageHead>
      {loans.isError && live.state !== 'down' && <AwayBanner text={t('away.banner')} />}
      <Filters state={state} change={change} />
      <DataList
        label={t('loans.table')}
        emptyText={loans.data === undefined ? t('loading') : t('loans.empty')}
        totalText={(count) => t('loans.total', { count })}
        columns={columns}
        rowKey={(row) => row.loan}
        rows={loans.data?.rows}
        total={loans.data?.total ?? 0}
        loading={loans.isPending || loans.isPlaceholderData}
        view={state}
        onView={change}
      />
    </>
  );
}
