import { useI18n } from '../i18n.tsx';

/** A one-time password, to be read out: it is shown this once. */
export function OneTimePassword({ account, password }: { readonly account: string; readonly password: string }) {
  const { t } = useI18n();
  return (
    <output>
      <p>{t('people.oneTime', { account })}</p>
      <p className="one-time">{password}</p>
    </output>
  );
}
