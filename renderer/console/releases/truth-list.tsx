import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { type ContentProgress, OFFLINE_AFTER_MS } from '#shared/contract/content.ts';
import type { TerminalContent } from '#shared/contract/releases.ts';
import { unreachable } from '#shared/result.ts';
import { DataList } from '../data-list.tsx';
import { type ConsoleTranslate, useI18n } from '../i18n.tsx';
import type { ListColumn, ListView } from '../list-column.ts';
import { useNames } from '../names.ts';
import { useNow } from '../now.ts';
import { useServices } from '../services.ts';
import { agoText } from '../time-text.ts';
import { refusalText } from './refusal-text.ts';

const REFETCH_MS = 3000;

function progressText(t: ConsoleTranslate, progress: ContentProgress): string {
  switch (progress.state) {
    case 'current':
    case 'waiting':
    case 'ready':
      return t(`progress.${progress.state}`);
    case 'downloading':
      return t('progress.downloading', { percent: Math.floor((100 * progress.bytes) / Math.max(1, progress.total)) });
    case 'proving':
      return t('progress.proving', { pages: progress.pages, total: progress.total });
    case 'refused':
      return t('progress.refused', { why: refusalText(t, progress.why, progress.detail) });
    default:
      return unreachable(progress);
  }
}

function Heard({ report }: Pick<TerminalContent, 'report'>) {
  const { t, language } = useI18n();
  const now = useNow(1000);
  if (report === null) return <span className="tag">{t('truth.never')}</span>;
  const isOffline = now - report.receivedMs > OFFLINE_AFTER_MS;
  return (
    <span className="tags">
      {isOffline && <span className="tag tag-alarm">{t('truth.offline')}</span>}
      {agoText(t, language, report.receivedMs, now)}
    </span>
  );
}

/** What each terminal last signed of its screen, with its age. */
export function TruthList() {
  const { t } = useI18n();
  const { stationName } = useNames();
  const { queries } = useServices();
  const [view, setView] = useState<ListView<'terminal'>>({ sort: 'terminal', desc: false, page: 1, size: 20 });
  const terminals = useQuery(queries.releases.terminals.queryOptions({ refetchInterval: REFETCH_MS }));
  const columns = useMemo(
    (): readonly ListColumn<TerminalContent, 'terminal'>[] => [
      {
        key: 'terminal',
        title: t('truth.terminal'),
        sort: 'terminal',
        width: 110,
        head: true,
        render: ({ terminal }) => <span className="label">{terminal}</span>,
      },
      { key: 'station', title: t('truth.station'), width: 130, render: ({ station }) => stationName(station) },
      {
        key: 'showing',
        title: t('truth.showing'),
        width: 150,
        head: true,
        render: ({ report, wanted }) => {
          const showing = report?.showing ?? null;
          const text = showing === null ? t('truth.nothingShown') : t('releases.number', showing);
          const isRight = report !== null && (showing?.release ?? null) === wanted;
          return <span className={isRight ? 'tag tag-in-stock' : 'tag'}>{text}</span>;
        },
      },
      {
        key: 'wanted',
        title: t('truth.wanted'),
        width: 130,
        render: ({ wanted }) => (wanted === null ? null : t('releases.number', { release: wanted })),
      },
      {
        key: 'progress',
        title: t('truth.progress'),
        render: ({ report }) =>
          report && (
            <span>
              {progressText(t, report.progress)}
              {report.stale && <span className="release-fault">{t('truth.stale')}</span>}
            </span>
          ),
      },
      {
        key: 'screen',
        title: t('truth.screen'),
        width: 110,
        render: ({ report }) => report && t(`screen.${report.screen}`),
      },
      { key: 'heard', title: t('truth.heard'), width: 160, render: ({ report }) => <Heard report={report} /> },
    ],
    [t, stationName],
  );
  const rows = view.desc ? terminals.data?.rows.toReversed() : terminals.data?.rows;
  return (
    <section className="release-truth" aria-labelledby="truth">
      <h2 id="truth">{t('truth.title')}</h2>
      <p className="note">{t('truth.lead')}</p>
      <DataList
        label={t('truth.title')}
        emptyText={terminals.data === undefined ? t('loading') : t('truth.empty')}
        totalText={(count) => t('truth.total', { count })}
        columns={columns}
        rowKey={({ terminal }) => terminal}
        rows={rows?.slice((view.page - 1) * view.size, view.page * view.size)}
        total={rows?.length ?? 0}
        loading={terminals.isPending}
        view={view}
        onView={(change) => setView((now) => ({ ...now, ...change }))}
      />
    </section>
  );
}
