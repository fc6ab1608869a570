import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useMemo } from 'react';
import type { ItemRow } from '#shared/contract/console.ts';
import { ITEM_STATUSES } from '#shared/ledger/item-state.ts';
import { AwayBanner } from './away-banner.tsx';
import { Choice } from './choice.tsx';
import { CsvLink } from './csv-link.tsx';
import { DataList } from './data-list.tsx';
import type { ListColumn } from './list-column.ts';
import { useI18n } from './i18n.tsx';
import { itemsCodec, type ItemsState } from './list-state.ts';
import { useLive } from './live-mark.tsx';
import { useNames } from './names.ts';
import { PageHead } from './page-head.tsx';
import { useListState } from './router.ts';
import { SearchBox } from './search-box.tsx';
import { useServices } from './services.ts';
import { ExceptionTags, STATUSES, StatusTag } from './tags.tsx';

/** Chosen where the statuses are: an item with exceptions has one of them too. */
const WITH_EXCEPTIONS = 'with-exceptions';

type Change = (change: Partial<ItemsState>, replace?: boolean) => void;

function useColumns(): readonly ListColumn<ItemRow, ItemsState['sort']>[] {
  const { t, pick } = useI18n();
  const { stationName } = useNames();
  return useMemo(() => {
    const station = (code: string | null) => (code === null ? t('items.unknown') : stationName(code));
    return [
      {
        key: 'item',
        title: t('items.label'),
        sort: 'item',
        width: 150,
        head: true,
        render: (row) => <span className="label">{row.item}</span>,
      },
      {
        key: 'type',
        title: t('items.type'),
        sort: 'type',
        width: 120,
        render: (row) => (row.typeName === null ? t('items.unknown') : pick(row.typeName)),
      },
      {
        key: 'note',
        title: t('items.note'),
        render: (row) => row.note && <span className="note">{pick(row.note)}</span>,
      },
      { key: 'station', title: t('items.station'), sort: 'station', width: 140, render: (row) => station(row.station) },
      { key: 'home', title: t('items.home'), width: 140, render: (row) => station(row.home) },
      {
        key: 'status',
        title: t('items.status'),
        sort: 'status',
        width: 120,
        head: true,
        render: (row) => <StatusTag status={row.status} />,
      },
      {
        key: 'exceptions',
        title: t('items.exceptions'),
        width: 150,
        render: (row) => (row.exceptions.length === 0 ? null : <ExceptionTags kinds={row.exceptions} />),
      },
    ];
  }, [t, pick, stationName]);
}

function Filters({ state, change }: { readonly state: ItemsState; readonly change: Change }) {
  const { t } = useI18n();
  const names = useNames();
  const search = useCallback((q: string) => change({ q }, true), [change]);
  const filtered =
    state.q !== '' || state.station !== null || state.type !== null || state.status !== null || state.exceptions;
  return (
    <search className="filters" aria-label={t('filter.label')}>
      <SearchBox label={t('filter.searchItems')} value={state.q} onSearch={search} />
      <Choice
        label={t('filter.station')}
        allText={t('filter.allStations')}
        value={state.station}
        options={names.stations}
        onChoose={(station) => change({ station })}
      />
      <Choice
        label={t('filter.type')}
        allText={t('filter.allTypes')}
        value={state.type}
        options={names.types}
        onChoose={(type) => change({ type })}
      />
      <Choice
        label={t('filter.status')}
        allText={t('filter.allStatuses')}
        value={state.exceptions ? WITH_EXCEPTIONS : state.status}
        options={[
          ...ITEM_STATUSES.map((status) => ({ value: status, label: t(STATUSES[status]) })),
          { value: WITH_EXCEPTIONS, label: t('filter.withExceptions') },
        ]}
        onChoose={(choice) =>
          change({
            status: ITEM_STATUSES.find((status) => status === choice) ?? null,
            exceptions: choice === WITH_EXCEPTIONS,
          })
        }
      />
      {filtered && (
        <Button
          type="link"
          onClick={() => change({ q: '', station: null, type: null, status: null, exceptions: false })}
        >
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

/** Every labelled item; filtered, sorted and paged by the server, the state in the address. */
export function ItemsPage() {
  const { t } = useI18n();
  const { queries } = useServices();
  const live = useLive();
  const [state, change] = useListState(itemsCodec);
  const columns = useColumns();
  const input = {
    ...(state.q === '' ? {} : { search: state.q }),
    ...(state.station === null ? {} : { station: state.station }),
    ...(state.type === null ? {} : { type: state.type }),
    ...(state.status === null ? {} : { status: state.status }),
    ...(state.exceptions ? { exceptions: true } : {}),
    sort: state.sort,
    descending: state.desc,
    page: state.page,
    pageSize: state.size,
  };
  const items = useQuery(
    queries.items.queryOptions({
      input,
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <PageHead title={t('nav.items')} lead={t('items.lead')}>
        <CsvLink list="items" input={input} />
      </PageHead>
      {items.isError && live.state !== 'down' && <AwayBanner text={t('away.banner')} />}
      <Filters state={state} change={change} />
      <DataList
        label={t('items.table')}
        emptyText={items.data === undefined ? t('loading') : t('items.empty')}
        totalText={(count) => t('items.total', { count })}
        columns={columns}
        rowKey={(row) => row.item}
        rows={items.data?.rows}
        total={items.data?.total ?? 0}
        loading={items.isPending || items.isPlaceholderData}
        view={state}
        onView={change}
      />
    </>
  );
}
