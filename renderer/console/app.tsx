import { StyleProvider } from '@ant-design/cssinjs';
import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US.js';
import zhCN from 'antd/locale/zh_CN.js';
import { useEffect, useState } from 'react';
import { mayDo } from '#shared/people/roles.ts';
import { AwayBanner } from './away-banner.tsx';
import { CrashBoundary } from './crash-boundary.tsx';
import { I18nProvider, useI18n } from './i18n.tsx';
import { Logo } from './logo.tsx';
import { SetUpFirst } from './my-account/set-up-first.tsx';
import { createServices, ServicesContext, useServices } from './services.ts';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in-page.tsx';
import { theme } from './theme.ts';

const WHO_RETRY_MS = 3000;

function Gate({ ended, onSignedIn }: { readonly ended: boolean; readonly onSignedIn: () => void }) {
  const { queries, live } = useServices();
  const { t } = useI18n();
  const who = useQuery(
    queries.session.who.queryOptions({ staleTime: Number.POSITIVE_INFINITY, retry: true, retryDelay: WHO_RETRY_MS }),
  );
  const watches = who.data?.must === null ? mayDo(who.data.roles, 'events.watch') : false;
  useEffect(() => {
    if (watches) live.start();
    return () => live.stop();
  }, [live, watches]);

  if (who.data === undefined) {
    return (
      <main className="waiting" aria-busy="true">
        <Logo size={64} />
        <p>{t('loading')}</p>
        {who.failureCount > 0 && <AwayBanner text={t('away.first')} />}
      </main>
    );
  }
  if (who.data === null) return <SignInPage ended={ended} onSignedIn={onSignedIn} />;
  return who.data.must === null ? <Shell account={who.data} /> : <SetUpFirst must={who.data.must} />;
}

function Localised({ styleContainer }: { readonly styleContainer: HTMLElement }) {
  const { language } = useI18n();
  const [ended, setEnded] = useState(false);
  const [services] = useState(() => createServices(globalThis.location.origin, () => setEnded(true)));
  return (
    <StyleProvider container={styleContainer} layer>
      <ConfigProvider
        locale={(language === 'zh' ? zhCN : enUS).default}
        theme={theme}
        button={{ autoInsertSpace: false }}
      >
        <CrashBoundary>
          <ServicesContext value={services}>
            <QueryClientProvider client={services.queryClient}>
              <Gate ended={ended} onSignedIn={() => setEnded(false)} />
            </QueryClientProvider>
          </ServicesContext>
        </CrashBoundary>
      </ConfigProvider>
    </StyleProvider>
  );
}

/** The whole console. `styleContainer` takes antd's style elements. */
export function App({ styleContainer }: { readonly styleContainer: HTMLElement }) {
  return (
    <I18nProvider>
      <Localised styleContainer={styleContainer} />
    </I18nProvider>
  );
}
