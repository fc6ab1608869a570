import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import type { ReleaseRow } from '#shared/contract/releases.ts';
import { AwayBanner } from '../away-banner.tsx';
import { DataList } from '../data-list.tsx';
import { useI18n } from '../i18n.tsx';
import type { ListColumn, ListView } from '../list-column.ts';
import { useMay } from '../may.ts';
import { useNow } from '../now.ts';
import { useServices } from '../services.ts';
import { dateTimeText } from '../time-text.ts';
import { refusalText } from './refusal-text.ts';

/** Waves are watched while they go on. */
const REFETCH_MS = 3000;

type Act = 'stop' | 'rollBack';
interface Asked {
  readonly release: number;
  readonly act: Act;
}

const LOOKS: Readonly<Record<ReleaseRow['state'], string>> = {
  rolling: 'tag tag-on-loan',
  everywhere: 'tag tag-in-stock',
  replaced: 'tag',
  stopped: 'tag',
  'rolled-back': 'tag tag-alarm',
};

function Way({ row }: { readonly row: ReleaseRow }) {
  const { t } = useI18n();
  return (
    <span className="release-way">
      {row.waves.map(({ stations, state }, place) => (
        <span key={stations.join()} className={`wave wave-${state}`}>
          {t('releases.wave', { wave: place + 1, count: stations.length, state: t(`waveState.${state}`) })}
        </span>
      ))}
      {row.fault !== null && (
        <span className="release-fault">
          {t('releases.fault', {
            terminal: row.fault.terminal,
            why: refusalText(t, row.fault.why, row.fault.detail),
          })}
        </span>
      )}
    </span>
  );
}

interface ActsProps {
  readonly row: ReleaseRow;
  readonly isNewest: boolean;
  readonly asked: Asked | null;
  readonly ask: (asked: Asked | null) => void;
  readonly order: (asked: Asked) => void;
}

function Acts({ row: { release, state, canGoBack }, isNewest, asked, ask, order }: ActsProps) {
  const { t } = useI18n();
  const possible: readonly Act[] = [
    ...(state === 'rolling' ? (['stop'] as const) : []),
    ...(isNewest && canGoBack ? (['rollBack'] as const) : []),
  ];
  if (possible.length === 0) return null;
  if (asked?.release === release) {
    return (
      <fieldset className="row-acts" aria-label={t(`releases.${asked.act}`)}>
        <span>{t(`releases.${asked.act}Sure`)}</span>
        <Button danger type="primary" onClick={() => order(asked)}>
          {t(`releases.${asked.act}`)}
        </Button>
        <Button onClick={() => ask(null)}>{t('releases.notNow')}</Button>
      </fieldset>
    );
  }
  return (
    <span className="row-acts">
      {possible.map((act) => (
        <Button key={act} danger onClick={() => ask({ release, act })}>
          {t(`releases.${act}`)}
        </Button>
      ))}
    </span>
  );
}

/** All releases, and how far they are. */
export function ReleaseList() {
  const { t, language } = useI18n();
  const { client, queries, queryClient } = useServices();
  const now = useNow();
  const mayStop = useMay('releases.stop');
  const [view, setView] = useState<ListView<'release'>>({ sort: 'release', desc: true, page: 1, size: 20 });
  const [asked, ask] = useState<Asked | null>(null);
  const list = useQuery(
    queries.releases.list.queryOptions({
      input: { page: view.page, pageSize: view.size },
      placeholderData: keepPreviousData,
      refetchInterval: REFETCH_MS,
    }),
  );
  const { mutate, isError } = useMutation({
    mutationFn: ({ release, act }: Asked) => client.releases[act]({ release }),
    onSettled: () => {
      ask(null);
      return queryClient.invalidateQueries({ queryKey: queries.releases.key() });
    },
  });
  const newest = view.page === 1 ? list.data?.rows[0]?.release : undefined;
  const columns = useMemo((): readonly ListColumn<ReleaseRow, 'release'>[] => {
    const all: readonly ListColumn<ReleaseRow, 'release'>[] = [
      {
        key: 'release',
        title: t('releases.release'),
        width: 130,
        head: true,
        render: ({ release }) => <strong>{t('releases.number', { release })}</strong>,
      },
      {
        key: 'state',
        title: t('releases.state'),
        width: 130,
        head: true,
        render: ({ state }) => <span className={LOOKS[state]}>{t(`releaseState.${state}`)}</span>,
      },
      {
        key: 'published',
        title: t('releases.published'),
        width: 150,
        render: ({ publishedMs }) => dateTimeText(language, publishedMs, now),
      },
      { key: 'approver', title: t('releases.approver'), width: 110, render: ({ approver }) => approver },
      { key: 'leaflets', title: t('releases.leaflets'), width: 90, render: ({ leaflets }) => leaflets },
      { key: 'way', title: t('releases.way'), render: (row) => <Way row={row} /> },
      {
        key: 'acts',
        title: t('releases.acts'),
        width: 190,
        render: (row) => (
          <Acts row={row} isNewest={row.release === newest} asked={asked} ask={ask} order={(each) => mutate(each)} />
        ),
      },
    ];
    return mayStop ? all : all.filter(({ key }) => key !== 'acts');
  }, [t, language, now, newest, asked, mutate, mayStop]);
  return (
    <>
      {list.isError && <AwayBanner text={t('away.banner')} />}
      {isError && <Alert type="error" showIcon title={t('releases.conflict')} />}
      <DataList
        label={t('releases.table')}
        emptyText={list.data === undefined ? t('loading') : t('releases.empty')}
        totalText={(count) => t('releases.total', { count })}
        columns={columns}
        rowKey={({ release }) => String(release)}
        rows={list.data?.rows}
        total={list.data?.total ?? 0}
        loading={list.isPending}
        view={view}
        onView={(change) => setView((before) => ({ ...before, ...change }))}
      />
    </>
  );
}
