import { useMutation } from '@tanstack/react-query';
import { ORPCError } from '@orpc/client';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { QuarantineEntry } from '#shared/contract/console.ts';
import { useI18n } from './i18n.tsx';
import { useMay } from './may.ts';
import { useServices } from './services.ts';

/** Where an admin lets in a fact whose clock was wrong, after a question. */
export function LetIn({ entry }: { readonly entry: QuarantineEntry }) {
  const { t } = useI18n();
  const { queries, queryClient } = useServices();
  const may = useMay('quarantine.letIn');
  const [asked, ask] = useState(false);
  const { mutate, isPending, error } = useMutation(
    queries.quarantine.letIn.mutationOptions({
      onSettled: () => {
        ask(false);
        void queryClient.invalidateQueries({ queryKey: queries.overview.key() });
        return queryClient.invalidateQueries({ queryKey: queries.quarantine.key() });
      },
    }),
  );
  const notOpen = error instanceof ORPCError && error.code === 'NOT_TO_LET_IN';
  return (
    <>
      {error !== null && <Alert type="error" showIcon title={t(notOpen ? 'setAside.notOpen' : 'setAside.failed')} />}
      {entry.mayLetIn && !may && <p className="note">{t('setAside.letInAdmins')}</p>}
      {entry.mayLetIn && may && !asked && (
        <Button type="primary" onClick={() => ask(true)}>
          {t('setAside.letIn')}
        </Button>
      )}
      {entry.mayLetIn && may && asked && (
        <fieldset className="let-in-sure" aria-label={t('setAside.letIn')}>
          <span>{t('setAside.letInSure')}</span>
          <Button type="primary" loading={isPending} onClick={() => mutate({ key: entry.key })}>
            {t('setAside.letInYes')}
          </Button>
          <Button onClick={() => ask(false)}>{t('setAside.letInNo')}</Button>
        </fieldset>
      )}
    </>
  );
}
