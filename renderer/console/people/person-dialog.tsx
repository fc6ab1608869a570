import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import type { PersonRow } from '#shared/contract/people.ts';
import { useI18n } from '../i18n.tsx';
import { useMay } from '../may.ts';
import { useServices } from '../services.ts';
import { PageDialog } from '../page-dialog.tsx';
import { peopleFaultText } from './fault-text.ts';
import { PersonForm } from './person-form.tsx';
import { OneTimePassword } from './one-time-password.tsx';

function useRefresh() {
  const { queries, queryClient } = useServices();
  return () => queryClient.invalidateQueries({ queryKey: queries.people.key() });
}

/** What an admin may do to one account. */
function Person({ row }: { readonly row: PersonRow }) {
  const { t } = useI18n();
  const { queries } = useServices();
  const who = useQuery(queries.session.who.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const onSettled = useRefresh();
  const change = useMutation(queries.people.change.mutationOptions({ onSettled }));
  const disable = useMutation(queries.people.disable.mutationOptions({ onSettled }));
  const enable = useMutation(queries.people.enable.mutationOptions({ onSettled }));
  const newPassword = useMutation(queries.people.newPassword.mutationOptions({ onSettled }));
  const resetTotp = useMutation(queries.people.resetTotp.mutationOptions({ onSettled }));
  const endSessions = useMutation(queries.people.endSessions.mutationOptions({ onSettled }));
  const { account } = row;
  const own = who.data?.account === account;
  const all = [change, disable, enable, newPassword, resetTotp, endSessions];
  const error = all.find((each) => each.error !== null)?.error ?? null;
  const busy = all.some((each) => each.isPending);
  return (
    <>
      {error !== null && <Alert type="error" showIcon title={peopleFaultText(error, t)} />}
      {error === null && change.isSuccess && <Alert type="success" showIcon title={t('people.done')} />}
      {own && <p className="note">{t('people.own')}</p>}
      <PersonForm
        label={t('people.edit', { account })}
        initial={{ account, name: row.name, roles: row.roles }}
        known
        own={own}
        saving={change.isPending}
        onSave={(draft) => change.mutate(draft)}
      />
      {newPassword.data !== undefined && <OneTimePassword account={account} password={newPassword.data.password} />}
      {!own && (
        <div className="person-acts">
          {row.disabledMs === null ? (
            <Button danger disabled={busy} onClick={() => disable.mutate({ account })}>
              {t('people.disable')}
            </Button>
          ) : (
            <Button disabled={busy} onClick={() => enable.mutate({ account })}>
              {t('people.enable')}
            </Button>
          )}
          <Button disabled={busy} onClick={() => newPassword.mutate({ account })}>
            {t('people.newPassword')}
          </Button>
          {row.totp && (
            <Button disabled={busy} onClick={() => resetTotp.mutate({ account })}>
              {t('people.resetTotp')}
            </Button>
          )}
          {row.sessions > 0 && (
            <Button disabled={busy} onClick={() => endSessions.mutate({ account })}>
              {t('people.endSessions', { count: row.sessions })}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

/** One account before the list, for those who may change it. */
export function PersonDialog({ account, onClose }: { readonly account: string; readonly onClose: () => void }) {
  const { t } = useI18n();
  const { queries } = useServices();
  const found = useQuery(queries.people.list.queryOptions({ input: { search: account, pageSize: 200 } }));
  const row = found.data?.rows.find((each) => each.account === account);
  const may = useMay('people.change');
  if (!may) return null;
  return (
    <PageDialog title={t('people.edit', { account })} onClose={onClose}>
      {found.isPending && <Skeleton active />}
      {found.isError && <Alert type="error" showIcon title={t('people.fault.other')} />}
      {found.isSuccess && row === undefined && <p className="empty">{t('people.fault.UNKNOWN_ACCOUNT')}</p>}
      {row !== undefined && <Person row={row} />}
    </PageDialog>
  );
}

/** Where an account is made, and its one-time password shown. */
export function NewPersonDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useI18n();
  const { queries } = useServices();
  const onSettled = useRefresh();
  const may = useMay('people.create');
  const create = useMutation(queries.people.create.mutationOptions({ onSettled }));
  if (!may) return null;
  return (
    <PageDialog title={t('people.new')} onClose={onClose}>
      {create.error && <Alert type="error" showIcon title={peopleFaultText(create.error, t)} />}
      {create.data === undefined ? (
        <PersonForm
          label={t('people.new')}
          initial={{ account: '', name: '', roles: [] }}
          known={false}
          own={false}
          saving={create.isPending}
          onSave={(draft) => create.mutate(draft)}
        />
      ) : (
        <OneTimePassword account={create.variables.account} password={create.data.password} />
      )}
    </PageDialog>
  );
}
