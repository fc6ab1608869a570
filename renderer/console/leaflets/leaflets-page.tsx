import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Segmented } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { CATEGORIES, LEAFLET_KINDS } from '#shared/content/leaflet.ts';
import { LEAFLET_STATES, type LeafletRow } from '#shared/contract/leaflets.ts';
import { AwayBanner } from '../away-banner.tsx';
import { Choice } from '../choice.tsx';
import { DataList } from '../data-list.tsx';
import { useI18n } from '../i18n.tsx';
import type { ListColumn } from '../list-column.ts';
import { leafletsCodec, type LeafletsState } from '../list-state.ts';
import { useLive } from '../live-mark.tsx';
import { useMay } from '../may.ts';
import { useNow } from '../now.ts';
import { PageHead } from '../page-head.tsx';
import { useListState } from '../router.ts';
import { SearchBox } from '../search-box.tsx';
import { useServices } from '../services.ts';
import { dateTimeText } from '../time-text.ts';
import { GroupsDialog } from './groups-dialog.tsx';
import { LeafletDialog, NewLeafletDialog } from './leaflet-dialog.tsx';
import { LeafletSchedule } from './leaflet-schedule.tsx';
import { LeafletStateTag, PriorityTag } from './leaflet-tags.tsx';
import './leaflets.css';

const REFETCH_MS = 10_000;

type Change = (change: Partial<LeafletsState>, replace?: boolean) => void;

function useColumns(open: (leaflet: string) => void): readonly ListColumn<LeafletRow, LeafletsState['sort']>[] {
  const { t, language } = useI18n();
  const now = useNow();
  return useMemo(() => {
    const titleOf = ({ title }: LeafletRow) => title[language] ?? title.zh;
    return [
      {
        key: 'title',
        title: t('leaflets.title'),
        sort: 'title',
        head: true,
        render: (row) => (
          <span className="leaflet-title">
            <strong lang={row.title[language] === undefined ? 'zh-CN' : undefined}>{titleOf(row)}</strong>
            <PriorityTag priority={row.priority} />
          </span>
        ),
      },
      {
        key: 'state',
        title: t('leaflets.state'),
        sort: 'state',
        width: 130,
        head: true,
        render: ({ state, expired }) => (
          <LeafletStateTag state={state === 'published' && expired ? 'expired' : state} />
        ),
      },
      {
        key: 'category',
        title: t('leaflets.category'),
        width: 100,
        render: ({ category }) => t(`category.${category}`),
      },
      { key: 'kind', title: t('leaflets.kind'), width: 110, render: ({ kind }) => t(`leafletKind.${kind}`) },
      { key: 'author', title: t('leaflets.author'), width: 110, render: ({ author }) => author },
      {
        key: 'changed',
        title: t('leaflets.changed'),
        sort: 'changed',
        width: 150,
        render: ({ changedMs }) => dateTimeText(language, changedMs, now),
      },
      {
        key: 'open',
        title: t('leaflets.open'),
        width: 100,
        render: (row) => (
          <Button aria-label={t('leaflets.openOne', { title: titleOf(row) })} onClick={() => open(row.leaflet)}>
            {t('leaflets.open')}
          </Button>
        ),
      },
    ];
  }, [t, language, now, open]);
}

function Filters({ state, change }: { readonly state: LeafletsState; readonly change: Change }) {
  const { t } = useI18n();
  const search = useCallback((q: string) => change({ q }, true), [change]);
  const filtered = state.q !== '' || state.state !== null || state.kind !== null || state.category !== null;
  return (
    <search className="filters" aria-label={t('filter.label')}>
      <SearchBox label={t('leaflets.search')} value={state.q} onSearch={search} />
      <Choice
        label={t('leaflets.state')}
        allText={t('leaflets.allStates')}
        value={state.state}
        options={[...LEAFLET_STATES, 'expired' as const].map((value) => ({ value, label: t(`leafletState.${value}`) }))}
        onChoose={(value) => change({ state: value })}
      />
      <Choice
        label={t('leaflets.category')}
        allText={t('leaflets.allCategories')}
        value={state.category}
        options={CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
        onChoose={(category) => change({ category })}
      />
      <Choice
        label={t('leaflets.kind')}
        allText={t('leaflets.allKinds')}
        value={state.kind}
        options={LEAFLET_KINDS.map((value) => ({ value, label: t(`leafletKind.${value}`) }))}
        onChoose={(kind) => change({ kind })}
      />
      {filtered && (
        <Button type="link" onClick={() => change({ q: '', state: null, kind: null, category: null })}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

/** Leaflets, filtered, sorted and paged by the server; one opens before the list. State in the address. */
export function LeafletsPage() {
  const { t } = useI18n();
  const { queries } = useServices();
  const live = useLive();
  const [state, change] = useListState(leafletsCodec);
  const { page } = state;
  // The list behind the leaflet stays on its page.
  const open = useCallback((leaflet: string | null) => change({ leaflet, page }), [change, page]);
  const columns = useColumns(open);
  const mayWrite = useMay('leaflets.create');
  const [writing, write] = useState(false);
  const list = useQuery(
    queries.leaflets.list.queryOptions({
      input: {
        ...(state.q === '' ? {} : { search: state.q }),
        ...(state.state === null ? {} : { state: state.state }),
        ...(state.kind === null ? {} : { kind: state.kind }),
        ...(state.category === null ? {} : { category: state.category }),
        sort: state.sort,
        descending: state.desc,
        page: state.page,
        pageSize: state.size,
      },
      placeholderData: keepPreviousData,
      refetchInterval: REFETCH_MS,
    }),
  );
  const filtered = state.q !== '' || state.state !== null || state.kind !== null || state.category !== null;
  return (
    <>
      <PageHead title={t('nav.leaflets')} lead={t('leaflets.lead')}>
        <Button onClick={() => change({ groups: true, page })}>{t('groups.title')}</Button>
        {mayWrite && (
          <Button type="primary" onClick={() => write(true)}>
            {t('leaflets.new')}
          </Button>
        )}
      </PageHead>
      {list.isError && live.state !== 'down' && <AwayBanner text={t('away.banner')} />}
      <Segmented<LeafletsState['view']>
        className="leaflet-views"
        value={state.view}
        options={(['list', 'schedule'] as const).map((value) => ({ value, label: t(`leaflets.view.${value}`) }))}
        onChange={(view) => change({ view })}
      />
      {state.view === 'schedule' && (
        <LeafletSchedule from={state.from} onFrom={(from) => change({ from })} onOpen={open} />
      )}
      {state.view === 'list' && <Filters state={state} change={change} />}
      {state.view === 'list' && (
        <DataList<LeafletRow, LeafletsState['sort']>
          label={t('leaflets.table')}
          emptyText={list.data === undefined ? t('loading') : t(filtered ? 'leaflets.noneMatch' : 'leaflets.empty')}
          totalText={(count) => t('leaflets.total', { count })}
          columns={columns}
          rowKey={(row) => row.leaflet}
          rows={list.data?.rows}
          total={list.data?.total ?? 0}
          loading={list.isPending || list.isPlaceholderData}
          view={state}
          onView={change}
        />
      )}
      {writing && (
        <NewLeafletDialog
          onDone={(leaflet) => {
            write(false);
            if (leaflet !== null) open(leaflet);
          }}
        />
      )}
      {state.groups && <GroupsDialog onClose={() => change({ groups: false, page })} />}
      {state.leaflet !== null && (
        <LeafletDialog key={state.leaflet} leaflet={state.leaflet} onClose={() => open(null)} />
      )}
    </>
  );
}
