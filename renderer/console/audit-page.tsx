import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo } from 'react';
import type { AuditRow } from '#shared/contract/console.ts';
import { type Action, ACTIONS, isAction, toldOf } from '#shared/people/roles.ts';
import { AwayBanner } from './away-banner.tsx';
import { Choice } from './choice.tsx';
import { CsvLink } from './csv-link.tsx';
import { DataList } from './data-list.tsx';
import { type ConsoleTranslate, useI18n } from './i18n.tsx';
import type { ListColumn } from './list-column.ts';
import { auditCodec, type AuditState } from './list-state.ts';
import { useLive } from './live-mark.tsx';
import { useNow } from './now.ts';
import { PageHead } from './page-head.tsx';
import { useListState } from './router.ts';
import { useServices } from './services.ts';
import { clockText } from './time-text.ts';

const REFETCH_MS = 10_000;
const SIGN_IN = 'session.signIn';
const SIGN_OUT = 'session.signOut';

/** The list has one order only. */
type Sort = 'time';
type Change = (change: Partial<AuditState>) => void;

/** What changes something, and so stands in the log when it is done; the rest only where it was refused. */
const CHANGES: readonly Action[] = ACTIONS.filter((action) => toldOf(action) !== null);

function actText(act: string, t: ConsoleTranslate): string {
  if (act === SIGN_IN) return t('act.session.signIn');
  if (act === SIGN_OUT) return t('act.session.signOut');
  return isAction(act) ? t(`act.${act}`) : act;
}

function outcomeTag(outcome: string, t: ConsoleTranslate) {
  switch (outcome) {
    case 'ordered':
    case 'done':
      return <span className="tag tag-in-stock">{t('audit.done')}</span>;
    case 'CODE_NEEDED':
      return <span className="tag">{t('audit.codeNeeded')}</span>;
    case 'UNAUTHORIZED':
      return <span className="tag tag-alarm">{t('audit.deadSession')}</span>;
    case 'SETUP_FIRST':
      return <span className="tag tag-alarm">{t('audit.setupFirst')}</span>;
    case 'FORBIDDEN':
      return <span className="tag tag-alarm">{t('audit.forbidden')}</span>;
    case 'WRONG_CREDENTIALS':
      return <span className="tag tag-alarm">{t('audit.wrongCredentials')}</span>;
    case 'TOO_MANY_TRIES':
      return <span className="tag tag-alarm">{t('audit.tooManyTries')}</span>;
    default:
      return <span className="tag tag-alarm">{t('audit.refusedWith', { code: outcome })}</span>;
  }
}

function useColumns(): readonly ListColumn<AuditRow, Sort>[] {
  const { t, language } = useI18n();
  const now = useNow();
  return useMemo(
    () => [
      { key: 'time', title: t('audit.time'), width: 160, render: ({ atMs }) => clockText(language, atMs, now) },
      {
        key: 'account',
        title: t('audit.account'),
        width: 150,
        head: true,
        render: ({ account }) => <span className="label">{account}</span>,
      },
      { key: 'act', title: t('audit.act'), head: true, render: ({ act }) => actText(act, t) },
      {
        key: 'about',
        title: t('audit.about'),
        render: ({ about }) => {
          const { leaflet, ...rest } = about;
          const parts = Object.values(rest).map(shortened);
          return (
            <span className="audit-about" title={Object.values(about).join('\n')}>
              {leaflet !== undefined && <a href={`#/leaflets?leaflet=${leaflet}`}>{t('audit.leaflet')}</a>}
              {leaflet !== undefined && parts.length > 0 && ' · '}
              {parts.join(' · ')}
            </span>
          );
        },
      },
      { key: 'outcome', title: t('audit.outcome'), width: 150, render: ({ outcome }) => outcomeTag(outcome, t) },
      {
        key: 'address',
        title: t('audit.address'),
        width: 150,
        render: ({ address }) => <span className="note">{address}</span>,
      },
    ],
    [t, language, now],
  );
}

interface FiltersProps {
  readonly state: AuditState;
  readonly change: Change;
  readonly accounts: readonly string[];
}

/** Keys and hashes by their beginnings, as people compare them. */
function shortened(part: string): string {
  return /^[0-9a-f]{32,}$/.test(part) ? `${part.slice(0, 8)}…` : part;
}

function Filters({ state, change, accounts }: FiltersProps) {
  const { t } = useI18n();
  return (
    <search className="filters" aria-label={t('filter.label')}>
      <Choice
        label={t('audit.account')}
        allText={t('audit.allAccounts')}
        value={state.account}
        options={accounts.map((account) => ({ value: account, label: account }))}
        onChoose={(account) => change({ account })}
      />
      <Choice
        label={t('audit.act')}
        allText={t('audit.allActs')}
        value={state.act}
        options={[SIGN_IN, SIGN_OUT, ...CHANGES].map((act) => ({ value: act, label: actText(act, t) }))}
        onChoose={(act) => change({ act })}
      />
      <Choice
        label={t('audit.outcome')}
        allText={t('audit.allOutcomes')}
        value={state.refused ? 'refused' : null}
        options={[{ value: 'refused', label: t('audit.refusedOnly') }]}
        onChoose={(choice) => change({ refused: choice !== null })}
      />
      {(state.account !== null || state.act !== null || state.refused) && (
        <Button type="link" onClick={() => change({ account: null, act: null, refused: false })}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

/** Who did what at the console, and who was refused; nobody can change it. For admins and auditors. */
export function AuditPage() {
  const { t } = useI18n();
  const { queries } = useServices();
  const live = useLive();
  const [state, change] = useListState(auditCodec);
  const columns = useColumns();
  const input = {
    ...(state.account === null ? {} : { account: state.account }),
    ...(state.act === null ? {} : { act: state.act }),
    refused: state.refused,
    page: state.page,
    pageSize: state.size,
  };
  const list = useQuery(
    queries.audit.list.queryOptions({
      input,
      placeholderData: keepPreviousData,
      refetchInterval: REFETCH_MS,
    }),
  );
  const filtered = state.account !== null || state.act !== null || state.refused;
  const emptyText = t(filtered ? 'audit.noneMatch' : 'audit.empty');
  return (
    <>
      <PageHead title={t('nav.audit')} lead={t('audit.lead')}>
        <CsvLink list="audit" input={input} />
      </PageHead>
      {list.isError && live.state !== 'down' && <AwayBanner text={t('away.banner')} />}
      <Filters state={state} change={change} accounts={list.data?.accounts ?? []} />
      <DataList<AuditRow, Sort>
        label={t('audit.table')}
        emptyText={list.data === undefined ? t('loading') : emptyText}
        totalText={(count) => t('audit.total', { count })}
        columns={columns}
        rowKey={({ seq }) => String(seq)}
        rows={list.data?.rows}
        total={list.data?.total ?? 0}
        loading={list.isPending || list.isPlaceholderData}
        view={{ sort: 'time', desc: true, page: state.page, size: state.size }}
        onView={({ page, size }) => change({ ...(page === undefined ? {} : { page }), ...(size && { size }) })}
      />
    </>
  );
}
