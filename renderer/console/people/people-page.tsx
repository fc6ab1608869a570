import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useCallback, useMemo } from 'react';
import type { PersonRow } from '#shared/contract/people.ts';
import { ROLES } from '#shared/people/roles.ts';
import { AwayBanner } from '../away-banner.tsx';
import { Choice } from '../choice.tsx';
import { CsvLink } from '../csv-link.tsx';
import { DataList } from '../data-list.tsx';
import { useI18n } from '../i18n.tsx';
import type { ListColumn } from '../list-column.ts';
import { peopleCodec, type PeopleState } from '../list-state.ts';
import { useMay } from '../may.ts';
import { useNow } from '../now.ts';
import { PageHead } from '../page-head.tsx';
import { hrefOf, useListState } from '../router.ts';
import { SearchBox } from '../search-box.tsx';
import { useServices } from '../services.ts';
import { clockText } from '../time-text.ts';
import { NewPersonDialog, PersonDialog } from './person-dialog.tsx';
import './people.css';

type Change = (change: Partial<PeopleState>, replace?: boolean) => void;

function useColumns(state: PeopleState): readonly ListColumn<PersonRow, PeopleState['sort']>[] {
  const { t, language } = useI18n();
  const now = useNow();
  const mayChange = useMay('people.change');
  return useMemo(
    () => [
      {
        key: 'account',
        title: t('people.account'),
        sort: 'account',
        width: 160,
        head: true,
        render: ({ account }) =>
          mayChange ? (
            <a href={hrefOf('/people', peopleCodec.format({ ...state, account }))} className="label">
              {account}
            </a>
          ) : (
            <span className="label">{account}</span>
          ),
      },
      { key: 'name', title: t('people.name'), sort: 'name', width: 150, head: true, render: ({ name }) => name },
      {
        key: 'roles',
        title: t('people.roles'),
        render: ({ roles }) => roles.map((role) => t(`role.${role}`)).join(' · '),
      },
      {
        key: 'state',
        title: t('people.state'),
        width: 180,
        render: ({ disabledMs, mustChange }) => {
          if (disabledMs !== null) return <span className="tag tag-alarm">{t('people.disabled')}</span>;
          return t(mustChange ? 'people.firstPassword' : 'people.active');
        },
      },
      {
        key: 'totp',
        title: t('people.totp'),
        width: 110,
        render: ({ totp }) => t(totp ? 'people.on' : 'people.off'),
      },
      {
        key: 'signedIn',
        title: t('people.signedIn'),
        sort: 'signedIn',
        width: 160,
        render: ({ signedInMs }) => (signedInMs === null ? t('people.never') : clockText(language, signedInMs, now)),
      },
    ],
    [t, language, now, mayChange, state],
  );
}

function Filters({ state, change }: { readonly state: PeopleState; readonly change: Change }) {
  const { t } = useI18n();
  const onSearch = useCallback((q: string) => change({ q }, true), [change]);
  return (
    <search className="filters" aria-label={t('filter.label')}>
      <SearchBox label={t('people.search')} value={state.q} onSearch={onSearch} />
      <Choice
        label={t('people.role')}
        allText={t('people.allRoles')}
        value={state.role}
        options={ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }))}
        onChoose={(role) => change({ role })}
      />
      <Choice
        label={t('people.state')}
        allText={t('people.allStates')}
        value={state.state}
        options={(['active', 'disabled'] as const).map((value) => ({ value, label: t(`people.${value}`) }))}
        onChoose={(chosen) => change({ state: chosen })}
      />
      {(state.q !== '' || state.role !== null || state.state !== null) && (
        <Button type="link" onClick={() => change({ q: '', role: null, state: null })}>
          {t('filter.clear')}
        </Button>
      )}
    </search>
  );
}

/** Who has an account of the console; admins change them here, auditors look. */
export function PeoplePage() {
  const { t } = useI18n();
  const { queries } = useServices();
  const [state, change] = useListState(peopleCodec);
  const mayCreate = useMay('people.create');
  const columns = useColumns(state);
  const { q, role, state: only, sort, desc, page, size } = state;
  const input = {
    ...(q === '' ? {} : { search: q }),
    ...(role === null ? {} : { role }),
    ...(only === null ? {} : { state: only }),
    sort,
    descending: desc,
    page,
    pageSize: size,
  };
  const list = useQuery(
    queries.people.list.queryOptions({
      input,
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <>
      <PageHead title={t('nav.people')} lead={t('people.lead')}>
        <CsvLink list="people" input={input} />
        {mayCreate && (
          <Button type="primary" onClick={() => change({ fresh: true, page })}>
            {t('people.new')}
          </Button>
        )}
      </PageHead>
      {list.isError && <AwayBanner text={t('away.banner')} />}
      <Filters state={state} change={change} />
      <DataList<PersonRow, PeopleState['sort']>
        label={t('people.table')}
        emptyText={t(list.data === undefined ? 'loading' : 'people.noneMatch')}
        totalText={(count) => t('people.total', { count })}
        columns={columns}
        rowKey={({ account }) => account}
        rows={list.data?.rows}
        total={list.data?.total ?? 0}
        loading={list.isPending || list.isPlaceholderData}
        view={{ sort, desc, page, size }}
        onView={change}
      />
      {state.account !== null && (
        <PersonDialog key={state.account} account={state.account} onClose={() => change({ account: null, page })} />
      )}
      {state.fresh && <NewPersonDialog onClose={() => change({ fresh: false, page })} />}
    </>
  );
}
