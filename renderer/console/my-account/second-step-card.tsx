import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useI18n } from '../i18n.tsx';
import { useServices } from '../services.ts';
import { myFaultText } from './fault-text.ts';
import { QrCode } from './qr-code.tsx';

interface Proof {
  readonly password: string;
  readonly code?: string;
}

/** The codes for recovery, until they are written down: only then the page goes on. */
function RecoveryCodes({ codes, onKept }: { readonly codes: readonly string[]; readonly onKept: () => void }) {
  const { t } = useI18n();
  return (
    <>
      <Alert type="success" showIcon title={t('my.recovery')} />
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Button type="primary" onClick={onKept}>
        {t('my.kept')}
      </Button>
    </>
  );
}

/** The second step of signing in: set up with an app, proved with a code of it, turned off again. */
export function SecondStepCard() {
  const { t } = useI18n();
  const { queries, queryClient } = useServices();
  const who = useQuery(queries.session.who.queryOptions({ staleTime: Number.POSITIVE_INFINITY }));
  const begin = useMutation(queries.me.beginTotp.mutationOptions());
  const confirm = useMutation(queries.me.confirmTotp.mutationOptions());
  const refresh = () => {
    begin.reset();
    confirm.reset();
    return queryClient.invalidateQueries({ queryKey: queries.session.who.key() });
  };
  const drop = useMutation(queries.me.dropTotp.mutationOptions({ onSuccess: refresh }));
  const isOn = who.data?.totp === true;
  const error = confirm.error ?? begin.error ?? drop.error;
  const missing = { required: true, message: t('my.missing') };

  return (
    <section className="card padded my-card" aria-labelledby="my-totp">
      <h2 id="my-totp">{t('my.totp')}</h2>
      {error !== null && <Alert type="error" showIcon title={myFaultText(error, t)} />}
      {confirm.data !== undefined && <RecoveryCodes codes={confirm.data.recoveryCodes} onKept={() => void refresh()} />}
      {confirm.data === undefined && begin.data !== undefined && (
        <>
          <p>{t('my.scan')}</p>
          <QrCode text={begin.data.uri} label={t('my.qr')} />
          <p className="my-secret">{t('my.byHand', { secret: begin.data.secret })}</p>
          <Form<{ readonly code: string }>
            name="second-step"
            layout="vertical"
            requiredMark={false}
            aria-label={t('my.confirm')}
            onFinish={({ code }) => confirm.mutate({ code })}
          >
            <Form.Item name="code" label={t('my.code')} rules={[missing]}>
              <Input autoComplete="one-time-code" inputMode="numeric" maxLength={10} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={confirm.isPending}>
              {t('my.confirm')}
            </Button>
          </Form>
        </>
      )}
      {confirm.data === undefined && begin.data === undefined && (
        <>
          <p>{t(isOn ? 'my.totpOn' : 'my.totpOff')}</p>
          <Form<Proof>
            name="second-step-2"
            layout="vertical"
            requiredMark={false}
            aria-label={t('my.begin')}
            onFinish={({ password }) => begin.mutate({ password })}
          >
            <Form.Item name="password" label={t('my.current')} rules={[missing]}>
              <Input.Password autoComplete="current-password" maxLength={200} />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={begin.isPending}>
              {t(isOn ? 'my.beginAnew' : 'my.begin')}
            </Button>
          </Form>
          {isOn && (
            <Form<Required<Proof>>
              name="second-step-3"
              layout="vertical"
              requiredMark={false}
              aria-label={t('my.drop')}
              onFinish={(proof) => drop.mutate(proof)}
            >
              <Form.Item name="password" label={t('my.current')} rules={[missing]}>
                <Input.Password autoComplete="current-password" maxLength={200} />
              </Form.Item>
              <Form.Item name="code" label={t('my.code')} rules={[missing]}>
                <Input autoComplete="one-time-code" maxLength={40} />
              </Form.Item>
              <Button htmlType="submit" loading={drop.isPending}>
                {t('my.drop')}
              </Button>
            </Form>
          )}
        </>
      )}
    </section>
  );
}
