import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n.tsx';
import { useServices } from '../services.ts';
import { canSign, makeKey } from './signing-key.ts';

const SHORTEST = 10;

/** Where a reviewer's own key is made; the server gets it sealed. */
export function MyKeyCard() {
  const { t } = useI18n();
  const { client, queries, queryClient } = useServices();
  const { data: key } = useQuery(queries.releases.myKey.queryOptions());
  const [asking, ask] = useState(false);
  const [first, setFirst] = useState('');
  const [again, setAgain] = useState('');
  const [wrong, setWrong] = useState<'key.short' | 'key.differ' | null>(null);
  const make = useMutation({
    mutationFn: async () => client.releases.saveMyKey(await makeKey(first)),
    async onSuccess() {
      ask(false);
      setFirst('');
      setAgain('');
      await queryClient.invalidateQueries({ queryKey: queries.releases.myKey.key() });
    },
  });
  if (key === undefined) return null;
  const submit = () => {
    const fault = first.length < SHORTEST ? 'key.short' : first === again ? null : 'key.differ';
    setWrong(fault);
    if (fault === null) make.mutate();
  };
  return (
    <section className="card padded release-card" aria-labelledby="my-key">
      <h2 id="my-key">{t('key.title')}</h2>
      {key === null ? (
        <p>{t('key.none')}</p>
      ) : (
        <>
          <span className={key.trusted ? 'tag tag-in-stock' : 'tag tag-on-loan'}>
            {t(key.trusted ? 'key.trusted' : 'key.notTrusted')}
          </span>
          <p>
            {t('key.public')}
            <br />
            <code className="release-key">{key.publicKey}</code>
          </p>
        </>
      )}
      {make.isError && <Alert type="error" showIcon title={t('releases.failed')} />}
      {asking ? (
        <form
          className="release-form"
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          {key !== null && <Alert type="warning" showIcon title={t('key.anotherSure')} />}
          <label className="leaflet-field">
            {t('key.first')}
            <Input.Password
              value={first}
              autoComplete="new-password"
              onChange={(event) => setFirst(event.target.value)}
            />
          </label>
          <label className="leaflet-field">
            {t('key.again')}
            <Input.Password
              value={again}
              autoComplete="new-password"
              onChange={(event) => setAgain(event.target.value)}
            />
          </label>
          {wrong !== null && (
            <p className="leaflet-fault" role="alert">
              {t(wrong)}
            </p>
          )}
          <div className="leaflet-steps">
            <Button type="primary" htmlType="submit" loading={make.isPending}>
              {t('key.save')}
            </Button>
            <Button onClick={() => ask(false)}>{t('releases.notNow')}</Button>
          </div>
        </form>
      ) : (
        <Button disabled={!canSign()} onClick={() => ask(true)}>
          {t(key === null ? 'key.new' : 'key.another')}
        </Button>
      )}
    </section>
  );
}
