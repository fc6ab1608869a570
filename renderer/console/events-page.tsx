import { Grid, Pagination, Skeleton } from 'antd';
import { useState } from 'react';
import type { EventRow } from '#shared/contract/console.ts';
import { eventTitle, subjectText, writerText } from './event-title.ts';
import { useI18n } from './i18n.tsx';
import { useLive } from './live-mark.tsx';
import { type Names, useNames } from './names.ts';
import { useNow } from './now.ts';
import { PageHead } from './page-head.tsx';
import { clockText } from './time-text.ts';

/** How long a row that came in is marked, in milliseconds: as long as the animation of `.fresh` in console.css. */
const FRESH_MS = 4000;

interface RowProps {
  readonly row: EventRow;
  readonly fresh: boolean;
  readonly now: number;
  readonly names: Names;
}

function EventLine({ row, fresh, now, names }: RowProps) {
  const { t, language } = useI18n();
  const kind = row.type.replaceAll('.', '-');
  return (
    <tr className={fresh ? 'fresh' : undefined}>
      <td className="event-time">
        <time dateTime={new Date(row.atMs).toISOString()}>{clockText(language, row.atMs, now)}</time>
      </td>
      <td className="event-what">
        <span className={`tag event-tag event-${kind}`}>{eventTitle(t, row.type)}</span>
      </td>
      <td className="label event-subject">{subjectText(row.subject, names)}</td>
      <td className="event-name">{row.name ?? <span className="none">—</span>}</td>
      <td className="event-station">
        {row.station === null ? <span className="none">—</span> : names.stationName(row.station)}
      </td>
      <td className="event-terminal">{writerText(t, row.terminal)}</td>
      <td className="number event-seq">{row.seq}</td>
    </tr>
  );
}

const PAGE_ROWS = 25;

/** The newest events, page by page; more come in on top as the server takes them. */
export function EventsPage() {
  const { t } = useI18n();
  const { rows, arrived, loaded } = useLive();
  const [page, setPage] = useState(1);
  const narrow = Grid.useBreakpoint().md === false;
  const names = useNames();
  const now = useNow(2000);
  return (
    <>
      <PageHead title={t('nav.events')} lead={t('events.lead')} />
      <div className="card" aria-busy={!loaded}>
        {loaded ? (
          <div className="scroll-x">
            <table className="plain-table events" aria-label={t('events.table')}>
              <thead>
                <tr>
                  <th scope="col" className="event-time">
                    {t('events.time')}
                  </th>
                  <th scope="col" className="event-what">
                    {t('events.what')}
                  </th>
                  <th scope="col" className="event-subject">
                    {t('events.subject')}
                  </th>
                  <th scope="col" className="event-name">
                    {t('events.borrower')}
                  </th>
                  <th scope="col" className="event-station">
                    {t('events.station')}
                  </th>
                  <th scope="col" className="event-terminal">
                    {t('events.terminal')}
                  </th>
                  <th scope="col" className="number event-seq">
                    {t('events.seq')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS).map((row) => (
                  <EventLine
                    key={row.id}
                    row={row}
                    fresh={now - (arrived.get(row.id) ?? 0) < FRESH_MS}
                    now={now}
                    names={names}
                  />
                ))}
                {rows.length === 0 && (
                  <tr>
                    <td colSpan={7}>{t('events.empty')}</td>
                  </tr>
                )}
              </tbody>
            </table>
            {rows.length <= PAGE_ROWS ? null : (
              <div className="list-foot">
                <Pagination
                  current={page}
                  pageSize={PAGE_ROWS}
                  total={rows.length}
                  simple={narrow}
                  showTotal={(count) => t('events.newest', { count })}
                  showSizeChanger={false}
                  onChange={setPage}
                />
              </div>
            )}
          </div>
        ) : (
          <div className="padded">
            <Skeleton active paragraph={{ rows: 6 }} title={false} />
          </div>
        )}
      </div>
    </>
  );
}
