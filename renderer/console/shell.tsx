import { Button } from 'antd';
import {
  Boxes,
  FileQuestionMark,
  HandHelping,
  KeyRound,
  LayoutDashboard,
  LogOut,
  MonitorSmartphone,
  Newspaper,
  Radio,
  ScrollText,
  Send,
  UserRound,
  UsersRound,
} from 'lucide-react';
import { useCallback, useEffect, useRef } from 'react';
import type { Account } from '#shared/contract/console.ts';
import { mayDo } from '#shared/people/roles.ts';
import { AuditPage } from './audit-page.tsx';
import { AwayBanner } from './away-banner.tsx';
import { EventsPage } from './events-page.tsx';
import { useI18n } from './i18n.tsx';
import { useIdleSignOut } from './idle-sign-out.ts';
import { ItemsPage } from './items-page.tsx';
import { LanguageButton } from './language-button.tsx';
import { useLive } from './live-mark.tsx';
import { LeafletsPage } from './leaflets/leaflets-page.tsx';
import { LoansPage } from './loans-page.tsx';
import { Logo } from './logo.tsx';
import { MyAccountPage } from './my-account/my-account-page.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { OverviewPage } from './overview-page.tsx';
import { PeoplePage } from './people/people-page.tsx';
import { hrefOf, useAddress } from './router.ts';
import { useServices } from './services.ts';
import { ReleasesPage } from './releases/releases-page.tsx';
import { SetAsidePage } from './set-aside-page.tsx';
import { TerminalsPage } from './terminals-page.tsx';

const PAGES = [
  { path: '/', name: 'nav.overview', icon: LayoutDashboard, page: OverviewPage, call: 'overview' },
  { path: '/items', name: 'nav.items', icon: Boxes, page: ItemsPage, call: 'items' },
  { path: '/loans', name: 'nav.loans', icon: HandHelping, page: LoansPage, call: 'loans' },
  { path: '/events', name: 'nav.events', icon: Radio, page: EventsPage, call: 'events.watch' },
  { path: '/set-aside', name: 'nav.setAside', icon: FileQuestionMark, page: SetAsidePage, call: 'quarantine.list' },
  { path: '/leaflets', name: 'nav.leaflets', icon: Newspaper, page: LeafletsPage, call: 'leaflets.list' },
  { path: '/releases', name: 'nav.releases', icon: Send, page: ReleasesPage, call: 'releases.list' },
  { path: '/terminals', name: 'nav.terminals', icon: MonitorSmartphone, page: TerminalsPage, call: 'terminals.list' },
  { path: '/people', name: 'nav.people', icon: UsersRound, page: PeoplePage, call: 'people.list' },
  { path: '/audit', name: 'nav.audit', icon: ScrollText, page: AuditPage, call: 'audit.list' },
  { path: '/my-account', name: 'nav.myAccount', icon: KeyRound, page: MyAccountPage, call: 'me.changePassword' },
] as const;

/** The pages that somebody may see; the server asks anew at each call. */
function pagesFor({ roles }: Account) {
  return PAGES.filter(({ call }) => mayDo(roles, call));
}

function Navigation({ path, account }: { readonly path: string; readonly account: Account }) {
  const { t } = useI18n();
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      {pagesFor(account).map((page) => (
        <a key={page.path} href={hrefOf(page.path)} aria-current={page.path === path ? 'page' : undefined}>
          <page.icon aria-hidden size={20} />
          {t(page.name)}
        </a>
      ))}
    </nav>
  );
}

function Header({ account }: { readonly account: Account }) {
  const { t } = useI18n();
  const { client, signedOut } = useServices();
  const signOut = useCallback(() => {
    // The page forgets at once; a server that is away ends the session by its own limit.
    void client.session.signOut().catch(() => null);
    signedOut(false);
  }, [client, signedOut]);
  useIdleSignOut(signOut);
  const roles = account.roles.map((role) => t(`role.${role}`)).join(' · ');
  return (
    <header className="header">
      <a href={hrefOf('/')} className="brand">
        <Logo size={40} />
        <span className="brand-words">
          <span className="brand-community">{t('community')}</span>
          <span className="brand-product">
            <span className="brand-of">{t('product')} · </span>
            {t('console')}
          </span>
        </span>
      </a>
      <div className="header-side">
        <span className="account" aria-label={t('signedInAs', { name: account.name })} role="note">
          <UserRound aria-hidden size={18} />
          <span className="account-name">{account.name}</span>
          {roles === account.name ? null : <span className="account-roles">{roles}</span>}
        </span>
        <LanguageButton />
        <Button
          type="text"
          className="sign-out"
          aria-label={t('signOut')}
          icon={<LogOut aria-hidden size={18} />}
          onClick={signOut}
        >
          <span className="sign-out-text">{t('signOut')}</span>
        </Button>
      </div>
    </header>
  );
}

/** Header, navigation and the page of the address. */
export function Shell({ account }: { readonly account: Account }) {
  const { t } = useI18n();
  const { path } = useAddress();
  const { state, loaded } = useLive();
  const content = useRef<HTMLElement>(null);
  const current = pagesFor(account).find((page) => page.path === path);
  const Page = current?.page ?? NotFoundPage;
  const name = t(current?.name ?? 'nav.notFound');
  useEffect(() => {
    document.title = t('title', { page: name });
  }, [t, name]);
  const shown = useRef(path);
  useEffect(() => {
    if (path !== shown.current) globalThis.scrollTo(0, 0);
    shown.current = path;
  }, [path]);
  return (
    <div className="shell">
      <a
        className="skip"
        href="#content"
        onClick={(event) => {
          event.preventDefault();
          content.current?.focus();
        }}
      >
        {t('skipToContent')}
      </a>
      <Header account={account} />
      <Navigation path={path} account={account} />
      <main className="content" id="content" ref={content} tabIndex={-1}>
        {state === 'down' && <AwayBanner text={t(loaded ? 'away.banner' : 'away.first')} />}
        <Page />
      </main>
    </div>
  );
}
