import { ORPCError } from '@orpc/client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useI18n } from '../i18n.tsx';
import { useNames } from '../names.ts';
import { useServices } from '../services.ts';
import { canSign, signWith } from './signing-key.ts';
import { isWhatItSays } from './what-is-signed.ts';

const WAVES = { careful: [1, 3], two: [1], once: [] } as const;
type Waves = keyof typeof WAVES;

/** Why it was not published, by sentence of the catalogue. */
function faultOf(error: Error) {
  if (error instanceof SigningFault) return error.sentence;
  if (!(error instanceof ORPCError)) return 'releases.failed' as const;
  switch (error.code) {
    case 'NOTHING_TO_PUBLISH':
      return 'releases.nothing' as const;
    case 'NO_ROOT':
      return 'releases.noRoot' as const;
    case 'CHANGED':
      return 'releases.changed' as const;
    case 'WRONG_SIGNATURE':
      return 'releases.wrongSignature' as const;
    case 'FILES_GONE':
      return 'releases.filesGone' as const;
    default:
      return 'releases.failed' as const;
  }
}

/** Found in the browser, before anything is sent. */
class SigningFault extends Error {
  readonly sentence: 'releases.wrongPassphrase' | 'releases.notThat';
  constructor(sentence: SigningFault['sentence']) {
    super(sentence);
    this.sentence = sentence;
  }
}

interface Titled {
  readonly leaflet: string;
  readonly version: number;
  readonly title: string;
  readonly stations?: readonly string[];
}

function Titles({ name, titles }: { readonly name: string; readonly titles: readonly Titled[] }) {
  const { t } = useI18n();
  const { stations, stationName } = useNames();
  if (titles.length === 0) return null;
  const where = (codes: readonly string[]) =>
    codes.length === stations.length ? t('leaflets.allStations') : codes.map(stationName).join(' · ');
  return (
    <section>
      <h3>{name}</h3>
      <ul className="release-titles">
        {titles.map(({ leaflet, version, title, stations: codes }) => (
          <li key={leaflet}>
            <strong lang="zh-CN">{title}</strong>
            <span className="note">
              {t('leaflets.version', { version })}
              {codes === undefined ? '' : ` · ${where(codes)}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the next release would be, looked at, signed and sent. */
export function PublishCard() {
  const { t } = useI18n();
  const { client, queries, queryClient } = useServices();
  const { data: key } = useQuery(queries.releases.myKey.queryOptions());
  const [passphrase, setPassphrase] = useState('');
  const [waves, setWaves] = useState<Waves>('careful');
  const look = useMutation({ mutationFn: () => client.releases.prepare() });
  const prepared = look.data;
  const publish = useMutation({
    mutationFn: async () => {
      if (prepared === undefined || key === undefined || key === null || !isWhatItSays(prepared)) {
        throw new SigningFault('releases.notThat');
      }
      const signature = await signWith(key.wrapped, passphrase, prepared.toSign);
      if (!signature.ok) throw new SigningFault('releases.wrongPassphrase');
      const { hash } = prepared;
      return client.releases.publish({ hash, keyid: key.keyid, signature: signature.value, waves: [...WAVES[waves]] });
    },
    async onSuccess() {
      look.reset();
      setPassphrase('');
      await queryClient.invalidateQueries({ queryKey: queries.releases.key() });
    },
  });
  const fault = publish.error ?? look.error;
  const why = !canSign()
    ? t('releases.insecure')
    : key === null
      ? t('releases.noKey')
      : key?.trusted === false
        ? t('releases.notTrusted')
        : null;
  return (
    <section className="card padded release-card" aria-labelledby="next-release">
      <h2 id="next-release">
        {prepared === undefined ? t('releases.next') : t('releases.number', { release: prepared.release })}
      </h2>
      {publish.isSuccess && prepared === undefined && <Alert type="success" showIcon title={t('releases.done')} />}
      {fault !== null && <Alert type="error" showIcon title={t(faultOf(fault))} />}
      {why !== null && <Alert type="warning" showIcon title={why} />}
      {prepared === undefined ? (
        <Button type="primary" loading={look.isPending} onClick={() => look.mutate()}>
          {t('releases.look')}
        </Button>
      ) : (
        <form
          className="release-form"
          onSubmit={(event) => {
            event.preventDefault();
            publish.mutate();
          }}
        >
          {prepared.emergency && <Alert type="warning" showIcon title={t('releases.emergency')} />}
          <Titles name={t('releases.added')} titles={prepared.added} />
          <Titles name={t('releases.removed')} titles={prepared.removed} />
          {prepared.added.length + prepared.removed.length === 0 && <p>{t('releases.sameContent')}</p>}
          {!prepared.emergency && (
            <label className="leaflet-field">
              {t('releases.waves')}
              <Select<Waves>
                aria-label={t('releases.waves')}
                value={waves}
                options={(['careful', 'two', 'once'] as const).map((value) => ({
                  value,
                  label: t(`releases.waves.${value}`),
                }))}
                onChange={setWaves}
              />
            </label>
          )}
          <label className="leaflet-field">
            {t('releases.passphrase')}
            <Input.Password
              value={passphrase}
              autoComplete="off"
              onChange={(event) => setPassphrase(event.target.value)}
            />
          </label>
          <div className="leaflet-steps">
            <Button
              type="primary"
              htmlType="submit"
              disabled={passphrase === '' || why !== null}
              loading={publish.isPending}
            >
              {t('releases.sign')}
            </Button>
            <Button
              onClick={() => {
                look.reset();
                publish.reset();
              }}
            >
              {t('releases.notNow')}
            </Button>
          </div>
        </form>
      )}
    </section>
  );
}
