import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { callFailure } from './api.ts';
import { useI18n } from './i18n.tsx';
import { LanguageButton } from './language-button.tsx';
import { Logo } from './logo.tsx';
import { useServices } from './services.ts';

interface Credentials {
  readonly account: string;
  readonly password: string;
  readonly code?: string;
}

const FAILURES = {
  'wrong-credentials': 'signIn.wrong',
  'signed-out': 'signIn.wrong',
  'code-needed': 'signIn.codeNeeded',
  'too-many-tries': 'signIn.tooMany',
  away: 'signIn.away',
} as const;

function SignInForm({ ended, onSignedIn }: { readonly ended: boolean; readonly onSignedIn: () => void }) {
  const { t } = useI18n();
  const { queries, queryClient } = useServices();
  const [asksCode, askCode] = useState(false);
  const signIn = useMutation(
    queries.session.signIn.mutationOptions({
      onError: (error) => {
        if (callFailure(error) === 'code-needed') askCode(true);
      },
      onSuccess: (account) => {
        onSignedIn();
        queryClient.setQueryData(queries.session.who.queryKey(), account);
      },
    }),
  );
  const codeField = useRef<InputRef>(null);
  useEffect(() => {
    // A field that is still disabled takes no focus.
    if (asksCode && !signIn.isPending) codeField.current?.focus({ cursor: 'all' });
  }, [asksCode, signIn.isPending]);
  const failure = signIn.error === null ? null : callFailure(signIn.error);
  return (
    <Form<Credentials>
      layout="vertical"
      size="large"
      requiredMark={false}
      disabled={signIn.isPending}
      aria-label={t('signIn.title')}
      onFinish={(credentials) => signIn.mutate(credentials)}
    >
      {ended && signIn.status === 'idle' && <Alert type="info" showIcon title={t('signIn.ended')} />}
      {failure !== null && (
        <Alert type={failure === 'code-needed' ? 'info' : 'error'} showIcon title={t(FAILURES[failure])} />
      )}
      <Form.Item
        name="account"
        label={t('signIn.account')}
        rules={[{ required: true, whitespace: true, message: t('signIn.accountMissing') }]}
      >
        <Input autoComplete="username" autoCapitalize="none" spellCheck={false} maxLength={64} />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('signIn.password')}
        rules={[{ required: true, message: t('signIn.passwordMissing') }]}
      >
        <Input.Password autoComplete="current-password" maxLength={200} />
      </Form.Item>
      {asksCode && (
        <Form.Item
          name="code"
          label={t('signIn.code')}
          rules={[{ required: true, whitespace: true, message: t('signIn.codeMissing') }]}
        >
          <Input ref={codeField} autoComplete="one-time-code" maxLength={40} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
        {t('signIn.submit')}
      </Button>
    </Form>
  );
}

/** Signing in. `ended`: the session was over, which is said once. */
export function SignInPage(props: { readonly ended: boolean; readonly onSignedIn: () => void }) {
  const { t } = useI18n();
  useEffect(() => {
    document.title = t('title', { page: t('signIn.title') });
  }, [t]);
  return (
    <div className="sign-in">
      <div className="sign-in-sea">
        <div className="sign-in-words">
          <Logo size={56} />
          <p className="sign-in-name">
            {t('community')} · {t('product')}
          </p>
          <p className="sign-in-lead">{t('signIn.lead')}</p>
          <p className="sign-in-about">{t('signIn.about')}</p>
        </div>
        <svg className="sign-in-boat" viewBox="0 0 320 300" aria-hidden="true">
          <path d="M142 56v164H34z" opacity="0.5" />
          <path d="M162 8v212h128z" />
          <path className="sign-in-hull" d="M0 236h320l-44 50H44z" />
        </svg>
      </div>
      <main className="sign-in-side">
        <div className="sign-in-language">
          <LanguageButton />
        </div>
        <div className="sign-in-form">
          <h1>{t('signIn.title')}</h1>
          <SignInForm {...props} />
        </div>
      </main>
    </div>
  );
}
