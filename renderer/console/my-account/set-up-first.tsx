import { Alert, Button } from 'antd';
import { useEffect } from 'react';
import type { Who } from '#shared/contract/people.ts';
import { useI18n } from '../i18n.tsx';
import { LanguageButton } from '../language-button.tsx';
import { useServices } from '../services.ts';
import { PasswordCard } from './password-card.tsx';
import { SecondStepCard } from './second-step-card.tsx';
import './my-account.css';

/** What whoever has signed in has to do before the console opens. */
export function SetUpFirst({ must }: { readonly must: NonNullable<Who['must']> }) {
  const { t } = useI18n();
  const { client, signedOut } = useServices();
  useEffect(() => {
    document.title = t('title', { page: t('nav.myAccount') });
  }, [t]);
  return (
    <main className="set-up-first">
      <h1>{t('nav.myAccount')}</h1>
      <Alert type="info" showIcon title={t(`my.must.${must}`)} />
      {must === 'password' ? <PasswordCard /> : <SecondStepCard />}
      <div>
        <LanguageButton />
        <Button
          type="text"
          onClick={() => {
            void client.session.signOut().catch(() => null);
            signedOut(false);
          }}
        >
          {t('signOut')}
        </Button>
      </div>
    </main>
  );
}
