import { useMutation } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { Choice } from './choice.tsx';
import { useI18n } from './i18n.tsx';
import { useNames } from './names.ts';
import { useNow } from './now.ts';
import { useServices } from './services.ts';
import { clockText } from './time-text.ts';

/** Asks the server for codes, one at a time. */
export function useNewCode() {
  const { queries } = useServices();
  return useMutation(queries.terminals.issueCode.mutationOptions());
}

type NewCode = ReturnType<typeof useNewCode>;

/** The last code: large, to be read from across the room or over the telephone, as long as it is good. */
function IssuedCode({ issue }: { readonly issue: NewCode }) {
  const { t, language } = useI18n();
  const { stationName } = useNames();
  const now = useNow(1000);
  const { data, variables } = issue;
  if (data === undefined) return null;
  const { code, expiresMs } = data;
  const over = now >= expiresMs;
  const whom = variables.terminal ?? t('terminals.newAt', { station: stationName(variables.station) });
  return (
    <output className="code-issued">
      <p>{t('terminals.codeFor', { whom })}</p>
      <p className={over ? 'enrol-code enrol-code-over' : 'enrol-code'}>{`${code.slice(0, 4)} ${code.slice(4)}`}</p>
      <p>{over ? t('terminals.codeOver') : t('terminals.codeUntil', { time: clockText(language, expiresMs, now) })}</p>
      <p className="code-hint">{t('terminals.codeHint')}</p>
    </output>
  );
}

/** Where a code for a new terminal of a station is made and shown. */
export function EnrolmentCode({ issue }: { readonly issue: NewCode }) {
  const { t } = useI18n();
  const { stations } = useNames();
  const [station, setStation] = useState<string | null>(null);
  return (
    <section className="card padded code-card" aria-label={t('terminals.newCode')}>
      <div className="code-ask">
        <Choice
          label={t('terminals.station')}
          allText={t('terminals.chooseStation')}
          value={station}
          options={stations}
          onChoose={setStation}
        />
        <Button
          type="primary"
          disabled={station === null}
          loading={issue.isPending}
          onClick={() => station !== null && issue.mutate({ station })}
        >
          {t('terminals.newCode')}
        </Button>
      </div>
      {issue.isError && <Alert type="error" showIcon title={t('terminals.failed')} />}
      <IssuedCode issue={issue} />
    </section>
  );
}
