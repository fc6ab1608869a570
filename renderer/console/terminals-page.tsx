import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import type { TerminalRow } from '#shared/contract/console.ts';
import { AwayBanner } from './away-banner.tsx';
import { DataList } from './data-list.tsx';
import { EnrolmentCode, useNewCode } from './enrolment-code.tsx';
import { useI18n } from './i18n.tsx';
import type { ListColumn, ListView } from './list-column.ts';
import { useLive } from './live-mark.tsx';
import { useMay } from './may.ts';
import { useNames } from './names.ts';
import { useNow } from './now.ts';
import { PageHead } from './page-head.tsx';
import { useServices } from './services.ts';
import './terminals.css';
import { agoText, dateTimeText } from './time-text.ts';

const REFETCH_MS = 10_000;

/** Enough of a key's thumbprint to be compared by people. */
function fingerprint(keyid: string): string {
  return `${keyid.slice(0, 4)} ${keyid.slice(4, 8)} ${keyid.slice(8, 12)}`;
}

interface Acts {
  /** The terminal that is about to be revoked, if somebody says yes. */
  readonly asked: string | null;
  readonly ask: (terminal: string | null) => void;
  readonly revoke: (terminal: string) => void;
  readonly enrolAnew: (row: TerminalRow) => void;
}

function RowActs({ row, acts }: { readonly row: TerminalRow; readonly acts: Acts }) {
  const { t } = useI18n();
  if (acts.asked === row.id) {
    return (
      <fieldset className="row-acts" aria-label={t('terminals.revokeSure', { terminal: row.id })}>
        <span className="revoke-sure">{t('terminals.revokeSure', { terminal: row.id })}</span>
        <Button danger type="primary" onClick={() => acts.revoke(row.id)}>
          {t('terminals.revokeYes')}
        </Button>
        <Button onClick={() => acts.ask(null)}>{t('terminals.revokeNo')}</Button>
      </fieldset>
    );
  }
  return (
    <span className="row-acts">
      <Button danger aria-label={t('terminals.revokeOne', { terminal: row.id })} onClick={() => acts.ask(row.id)}>
        {t('terminals.revoke')}
      </Button>
      <Button aria-label={t('terminals.enrolAnewOne', { terminal: row.id })} onClick={() => acts.enrolAnew(row)}>
        {t('terminals.enrolAnew')}
      </Button>
    </span>
  );
}

function useColumns(acts: Acts): readonly ListColumn<TerminalRow, 'id'>[] {
  const { t, language } = useI18n();
  const { stationName } = useNames();
  const now = useNow();
  return useMemo(() => {
    const when = (ms: number | null) => ms !== null && dateTimeText(language, ms, now);
    const state = ({ revokedMs, keyid }: TerminalRow) => {
      if (revokedMs !== null) return <span className="tag tag-alarm">{t('terminals.revoked')}</span>;
      return keyid === null ? (
        <span className="tag">{t('terminals.noKey')}</span>
      ) : (
        <span className="tag tag-in-stock">{t('terminals.inService')}</span>
      );
    };
    return [
      {
        key: 'id',
        title: t('terminals.id'),
        sort: 'id',
        width: 120,
        head: true,
        render: (row) => <span className="label">{row.id}</span>,
      },
      { key: 'station', title: t('terminals.station'), width: 140, render: (row) => stationName(row.station) },
      { key: 'state', title: t('terminals.state'), width: 110, head: true, render: state },
      {
        key: 'heard',
        title: t('terminals.heard'),
        width: 130,
        render: (row) => (row.heardMs === null ? t('station.never') : agoText(t, language, row.heardMs, now)),
      },
      { key: 'enrolled', title: t('terminals.enrolled'), width: 160, render: (row) => when(row.enrolledMs) || null },
      {
        key: 'key',
        title: t('terminals.key'),
        render: (row) =>
          row.keyid && (
            <span className="terminal-key">
              <code>{fingerprint(row.keyid)}</code>
              <span className="note">{t(row.keyStore === 'os' ? 'terminals.keyInSystem' : 'terminals.keyInFile')}</span>
            </span>
          ),
      },
      {
        key: 'acts',
        title: t('terminals.acts'),
        width: 250,
        render: (row) => (row.revokedMs === null ? <RowActs row={row} acts={acts} /> : null),
      },
    ];
  }, [t, language, stationName, now, acts]);
}

/** The terminals, their keys, and for admins the code by which one more begins. */
export function TerminalsPage() {
  const { t } = useI18n();
  const { queries, queryClient } = useServices();
  const live = useLive();
  const issue = useNewCode();
  const mayEnrol = useMay('terminals.issueCode');
  const mayRevoke = useMay('terminals.revoke');
  const [view, setView] = useState<ListView<'id'>>({ sort: 'id', desc: false, page: 1, size: 20 });
  const [asked, ask] = useState<string | null>(null);
  const terminals = useQuery(queries.terminals.list.queryOptions({ refetchInterval: REFETCH_MS }));
  const { mutate, isError } = useMutation(
    queries.terminals.revoke.mutationOptions({
      onSettled: () => {
        ask(null);
        return queryClient.invalidateQueries({ queryKey: queries.terminals.key() });
      },
    }),
  );
  const { mutate: issueCode } = issue;
  const acts = useMemo(
    (): Acts => ({
      asked,
      ask,
      revoke: (terminal) => mutate({ terminal }),
      enrolAnew: ({ id, station }) => {
        issueCode({ station, terminal: id });
        globalThis.scrollTo(0, 0);
      },
    }),
    [asked, mutate, issueCode],
  );
  const all = useColumns(acts);
  const columns = mayRevoke ? all : all.filter(({ key }) => key !== 'acts');
  const rows = view.desc ? terminals.data?.rows.toReversed() : terminals.data?.rows;
  return (
    <>
      <PageHead title={t('nav.terminals')} lead={t('terminals.lead')} />
      {(isError || (terminals.isError && live.state !== 'down')) && <AwayBanner text={t('terminals.failed')} />}
      {mayEnrol && <EnrolmentCode issue={issue} />}
      <DataList
        label={t('terminals.table')}
        emptyText={terminals.data === undefined ? t('loading') : t('terminals.empty')}
        totalText={(count) => t('terminals.total', { count })}
        columns={columns}
        rowKey={(row) => row.id}
        rows={rows?.slice((view.page - 1) * view.size, view.page * view.size)}
        total={rows?.length ?? 0}
        loading={terminals.isPending}
        view={view}
        onView={(change) => setView((now) => ({ ...now, ...change }))}
      />
    </>
  );
}
