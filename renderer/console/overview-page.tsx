import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { AlarmClock, Boxes, FileQuestionMark, HandHelping, type LucideIcon, TriangleAlert } from 'lucide-react';
import { AwayBanner } from './away-banner.tsx';
import { useI18n } from './i18n.tsx';
import { itemsCodec, loansCodec } from './list-state.ts';
import { useLive } from './live-mark.tsx';
import { useMay } from './may.ts';
import { PageHead } from './page-head.tsx';
import { RecentEvents } from './recent-events.tsx';
import { useServices } from './services.ts';
import { StationGrid } from './station-grid.tsx';
import { TypeBars } from './type-bars.tsx';
import { hrefOf } from './router.ts';

/** Terminals that only talk to the server change nothing in the ledger: how long ago they did is read this often. */
const REFETCH_MS = 30_000;

interface FigureProps {
  readonly icon: LucideIcon;
  readonly name: string;
  readonly value: number;
  readonly hint: string;
  readonly tone: 'plain' | 'alarm' | 'calm';
  readonly href: string;
}

function Figure({ icon: Icon, name, value, hint, tone, href }: FigureProps) {
  const { language } = useI18n();
  const body = (
    <>
      <span className="figure-icon">
        <Icon aria-hidden size={22} />
      </span>
      <span className="figure-name">{name}</span>
      <span className="figure-value">{new Intl.NumberFormat(language).format(value)}</span>
      <span className="figure-hint">{hint}</span>
    </>
  );
  return (
    <li>
      <a className={`card figure figure-${tone}`} href={href}>
        {body}
      </a>
    </li>
  );
}

/** The community at a glance. */
export function OverviewPage() {
  const { t } = useI18n();
  const { queries } = useServices();
  const live = useLive();
  const overview = useQuery(queries.overview.queryOptions({ refetchInterval: REFETCH_MS }));
  const data = overview.data;
  const open = loansCodec.parse('');
  const watches = useMay('events.watch');
  return (
    <>
      <PageHead title={t('nav.overview')} lead={t('overview.lead')} />
      {overview.isError && live.state !== 'down' && <AwayBanner text={t('away.banner')} />}
      {data === undefined ? (
        <div className="card padded" aria-busy="true" aria-label={t('loading')}>
          <Skeleton active paragraph={{ rows: 8 }} />
        </div>
      ) : (
        <>
          <ul className="figures" aria-label={t('overview.figures')}>
            <Figure
              icon={Boxes}
              name={t('overview.items')}
              value={data.items}
              hint={t('overview.itemsHint')}
              tone="plain"
              href={hrefOf('/items')}
            />
            <Figure
              icon={HandHelping}
              name={t('overview.onLoan')}
              value={data.onLoan}
              hint={t('overview.onLoanHint')}
              tone="plain"
              href={hrefOf('/items', itemsCodec.format({ ...itemsCodec.parse(''), status: 'on-loan' }))}
            />
            <Figure
              icon={AlarmClock}
              name={t('overview.overdue')}
              value={data.overdue}
              hint={t('overview.overdueHint', { count: data.overdue })}
              tone={data.overdue > 0 ? 'alarm' : 'calm'}
              href={hrefOf('/loans', loansCodec.format({ ...open, overdue: true }))}
            />
            <Figure
              icon={TriangleAlert}
              name={t('overview.exceptions')}
              value={data.exceptions}
              hint={t('overview.exceptionsHint', { count: data.exceptions })}
              tone={data.exceptions > 0 ? 'alarm' : 'calm'}
              href={hrefOf('/items', itemsCodec.format({ ...itemsCodec.parse(''), exceptions: true }))}
            />
            <Figure
              icon={FileQuestionMark}
              name={t('overview.setAside')}
              value={data.setAside}
              hint={t('overview.setAsideHint', { count: data.setAside })}
              tone={data.setAside > 0 ? 'alarm' : 'calm'}
              href={hrefOf('/set-aside')}
            />
          </ul>
          <div className="overview-columns">
            <StationGrid stations={data.stations} />
            <TypeBars types={data.types} />
          </div>
          {watches && <RecentEvents />}
          <p className="foot-note">{t('overview.events', { count: data.events })}</p>
        </>
      )}
    </>
  );
}
