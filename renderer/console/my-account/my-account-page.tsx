import { useI18n } from '../i18n.tsx';
import { PageHead } from '../page-head.tsx';
import { PasswordCard } from './password-card.tsx';
import { SecondStepCard } from './second-step-card.tsx';
import './my-account.css';

/** One's own account: for everybody. */
export function MyAccountPage() {
  const { t } = useI18n();
  return (
    <>
      <PageHead title={t('nav.myAccount')} lead={t('my.lead')} />
      <PasswordCard />
      <SecondStepCard />
    </>
  );
}
