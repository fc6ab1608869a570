import { useMutation, useQuery } from '@tanstack/react-query';
import { ORPCError } from '@orpc/client';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import type { LeafletState, LeafletVersion } from '#shared/contract/leaflets.ts';
import { mayDo } from '#shared/people/roles.ts';
import { useI18n } from '../i18n.tsx';
import { useServices } from '../services.ts';

/** What can be done with the newest version, as the catalogue and the calls name it. */
type Step = 'submit' | 'approve' | 'sendBack' | 'withdraw' | 'discard';

const STEPS: Readonly<Record<LeafletState, readonly Step[]>> = {
  draft: ['submit', 'discard'],
  submitted: ['approve', 'sendBack'],
  approved: ['sendBack'],
  published: [],
  replaced: [],
  withdrawn: [],
};
const WITH_REMARK: ReadonlySet<Step> = new Set(['sendBack', 'withdraw']);
const GIVES_UP: ReadonlySet<Step> = new Set(['withdraw', 'discard']);
const LONGEST_REMARK = 500;

interface LeafletStepsProps {
  /** The newest. */
  readonly version: LeafletVersion;
  /** Some version of it is approved or published: it can be withdrawn as a whole. */
  readonly standing: boolean;
}

/** The buttons of those steps that this person may take, each with a question before it. */
export function LeafletSteps({ version, standing }: LeafletStepsProps) {
  const { t } = useI18n();
  const { client, queries, queryClient } = useServices();
  const { data: who } = useQuery(queries.session.who.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const [asked, ask] = useState<Step | null>(null);
  const [remark, setRemark] = useState('');
  const { leaflet, version: number, revision, state, writers } = version;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (step: Step) => {
      const key = { leaflet, version: number, revision };
      if (step === 'withdraw') await client.leaflets.withdraw({ leaflet, remark });
      else if (step === 'sendBack') await client.leaflets.sendBack({ ...key, remark });
      else if (step === 'approve') await client.leaflets.approve(key);
      else if (step === 'submit') await client.leaflets.submit(key);
      else await client.leaflets.discard(key);
    },
    onSettled: () => {
      ask(null);
      return queryClient.invalidateQueries({ queryKey: queries.leaflets.key() });
    },
  });
  const possible: readonly Step[] = standing ? [...STEPS[state], 'withdraw'] : STEPS[state];
  const steps = possible.filter((step) => who && mayDo(who.roles, `leaflets.${step}`));
  const isOwn = who !== null && who !== undefined && writers.includes(who.account);
  const allowed = steps.filter((step) => step !== 'approve' || !isOwn);
  const conflict = error instanceof ORPCError && error.code === 'CONFLICT';
  return (
    <>
      {error !== null && <Alert type="error" showIcon title={t(conflict ? 'leaflets.conflict' : 'leaflets.failed')} />}
      {steps.includes('approve') && isOwn && <p className="note">{t('leaflets.ownWork')}</p>}
      {asked === null && allowed.length > 0 && (
        <div className="leaflet-steps">
          {allowed.map((step) => (
            <Button
              key={step}
              type={GIVES_UP.has(step) || step === 'sendBack' ? 'default' : 'primary'}
              danger={GIVES_UP.has(step)}
              onClick={() => ask(step)}
            >
              {t(`leaflets.${step}`)}
            </Button>
          ))}
        </div>
      )}
      {asked !== null && (
        <fieldset className="leaflet-sure" aria-label={t(`leaflets.${asked}`)}>
          <span>{t(`leaflets.sure.${asked}`)}</span>
          {WITH_REMARK.has(asked) && (
            <Input.TextArea
              aria-label={t('leaflets.remark')}
              maxLength={LONGEST_REMARK}
              rows={3}
              value={remark}
              onChange={(event) => setRemark(event.target.value)}
            />
          )}
          <Button
            type="primary"
            danger={GIVES_UP.has(asked)}
            loading={isPending}
            disabled={WITH_REMARK.has(asked) && remark.trim() === ''}
            onClick={() => mutate(asked)}
          >
            {t(`leaflets.${asked}`)}
          </Button>
          <Button onClick={() => ask(null)}>{t('leaflets.no')}</Button>
        </fieldset>
      )}
    </>
  );
}
