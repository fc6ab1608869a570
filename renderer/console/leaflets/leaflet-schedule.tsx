import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { dateAt, daysFrom, isShownOn } from '#shared/content/schedule.ts';
import type { LeafletRow } from '#shared/contract/leaflets.ts';
import { LOCALES, type Language } from '#shared/i18n/translate.ts';
import { useI18n } from '../i18n.tsx';
import { useNow } from '../now.ts';
import { useServices } from '../services.ts';
import { ZONE } from '../time-text.ts';
import { PriorityTag } from './leaflet-tags.tsx';

const DAYS = 14;
const STEP = 7;
/** As many as the server gives at once. */
const MOST = 200;

function dayText(language: Language, date: string, weekday: boolean): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    timeZone: 'UTC',
    ...(weekday ? { weekday: 'short' } : { month: 'numeric', day: 'numeric' }),
  }).format(Date.parse(`${date}T00:00:00Z`));
}

interface ScheduleProps {
  /** First date; null: today. */
  readonly from: string | null;
  readonly onFrom: (from: string | null) => void;
  readonly onOpen: (leaflet: string) => void;
}

/** One leaflet's days, as they are at the stations. */
function Row({
  row,
  days,
  onOpen,
}: { readonly row: LeafletRow; readonly days: readonly string[] } & Pick<ScheduleProps, 'onOpen'>) {
  const { t, language } = useI18n();
  const title = row.title[language] ?? row.title.zh;
  return (
    <tr>
      <th scope="row">
        <Button type="link" onClick={() => onOpen(row.leaflet)}>
          {title}
        </Button>
        <PriorityTag priority={row.priority} />
      </th>
      {days.map((day) => {
        const isShown = isShownOn(row.window, day, ZONE);
        return (
          <td key={day} className={isShown ? 'schedule-shown' : undefined}>
            <span className="visually-hidden">{t(isShown ? 'schedule.shown' : 'schedule.hidden')}</span>
          </td>
        );
      })}
    </tr>
  );
}

/** What is shown on which days: leaflets that are approved or published, two weeks at a time. */
export function LeafletSchedule({ from, onFrom, onOpen }: ScheduleProps) {
  const { t, language } = useI18n();
  const { queries } = useServices();
  const today = dateAt(useNow(), ZONE);
  const first = from ?? today;
  const days = daysFrom(first, DAYS);
  const ask = (state: 'approved' | 'published') =>
    queries.leaflets.list.queryOptions({
      input: { state, sort: 'title', descending: false, page: 1, pageSize: MOST },
      placeholderData: keepPreviousData,
    });
  const published = useQuery(ask('published'));
  const approved = useQuery(ask('approved'));
  const rows = [...(approved.data?.rows ?? []), ...(published.data?.rows ?? [])];
  const step = (by: number) => {
    const [moved = first] =
      by < 0
        ? daysFrom(first, 1).map((day) => dateAt(Date.parse(day) - STEP * 86_400_000, 'UTC'))
        : daysFrom(first, STEP + 1).slice(-1);
    onFrom(moved === today ? null : moved);
  };
  return (
    <section className="card padded schedule" aria-label={t('schedule.title')}>
      <div className="schedule-head">
        <Button
          aria-label={t('schedule.earlier')}
          icon={<ChevronLeft aria-hidden size={18} />}
          onClick={() => step(-1)}
        />
        <Button disabled={from === null} onClick={() => onFrom(null)}>
          {t('schedule.today')}
        </Button>
        <Button
          aria-label={t('schedule.later')}
          icon={<ChevronRight aria-hidden size={18} />}
          onClick={() => step(1)}
        />
      </div>
      <div className="schedule-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('leaflets.title')}</th>
              {days.map((day) => (
                <th key={day} scope="col" aria-current={day === today ? 'date' : undefined}>
                  <span>{dayText(language, day, true)}</span>
                  <span>{dayText(language, day, false)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.leaflet} row={row} days={days} onOpen={onOpen} />
            ))}
          </tbody>
        </table>
      </div>
      {published.data !== undefined && rows.length === 0 && <p className="empty">{t('leaflets.empty')}</p>}
    </section>
  );
}
