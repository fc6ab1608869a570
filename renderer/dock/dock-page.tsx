import { Anchor, ExternalLink, Languages, Power, Server, WifiOff } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { DockWorld } from '#shared/contract/dock.ts';
import { dockMessages } from '#shared/i18n/dock-messages.ts';
import { createTranslate, LOCALES, type Language } from '#shared/i18n/translate.ts';
import { browserStorage, readLanguage } from '../ui/stored-language.ts';
import { DockLanguageContext, useDockLanguage } from './dock-language.ts';
import type { DockLine } from './dock-line.ts';
import { DockLog } from './dock-log.tsx';
import { TerminalPanel } from './terminal-panel.tsx';

const LANGUAGE_KEY = 'dock-language';

function ServerPanel({ server, line }: { readonly server: DockWorld['server']; readonly line: DockLine }) {
  const { t } = useDockLanguage();
  return (
    <section className="panel server" aria-label={t('server.name')}>
      <Server aria-hidden size={20} />
      <strong>{t('server.name')}</strong>
      <span className={server.up ? 'light on' : 'light off'}>{t(server.up ? 'server.up' : 'server.down')}</span>
      <a className="link" href={server.consoleUrl} target="_blank" rel="noreferrer">
        {t('server.console')}
        <ExternalLink aria-hidden size={15} />
      </a>
      <button
        type="button"
        className={server.up ? 'danger' : 'primary'}
        onClick={() => line.act((client) => client.server({ up: !server.up }))}
      >
        <Power aria-hidden size={16} />
        {t(server.up ? 'server.switchOff' : 'server.switchOn')}
      </button>
    </section>
  );
}

function World({ world, line }: { readonly world: DockWorld; readonly line: DockLine }) {
  const { t } = useDockLanguage();
  return (
    <>
      <ServerPanel server={world.server} line={line} />
      <div className="terminals">
        {world.terminals.map((terminal) => (
          <TerminalPanel
            key={terminal.id}
            terminal={terminal}
            items={world.items}
            residents={world.residents}
            line={line}
          />
        ))}
        {world.terminals.length === 0 && <p className="panel padded">{t('terminal.none')}</p>}
      </div>
      <DockLog log={world.log} />
    </>
  );
}

/** The whole dock. */
export function DockPage({ line }: { readonly line: DockLine }) {
  const [language, setLanguage] = useState<Language>(() => readLanguage(browserStorage(), LANGUAGE_KEY));
  const { world, connected, failed } = useSyncExternalStore(line.subscribe, line.snapshot);
  const words = useMemo(
    () => ({
      language,
      t: createTranslate(dockMessages, language),
      pick: (text: { zh: string; en: string }) => text[language],
    }),
    [language],
  );
  const { t } = words;
  useEffect(() => {
    document.documentElement.lang = LOCALES[language];
    document.title = t('title');
  }, [language, t]);
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <DockLanguageContext value={words}>
      <header className="header">
        <Anchor aria-hidden size={26} />
        <h1>{t('dock')}</h1>
        <p>{t('lead')}</p>
        <button
          type="button"
          className="quiet"
          lang={other}
          onClick={() => {
            browserStorage()?.setItem(LANGUAGE_KEY, other);
            setLanguage(other);
          }}
        >
          <Languages aria-hidden size={17} />
          {t('switchLanguage')}
        </button>
      </header>
      <main>
        {!connected && (
          <p className="trouble" role="alert">
            <WifiOff aria-hidden size={18} />
            {t(world === null ? 'connecting' : 'lost')}
          </p>
        )}
        {failed && (
          <p className="trouble" role="alert">
            {t('action.failed')}
          </p>
        )}
        {world !== null && (
          <fieldset className="world" disabled={!connected} aria-label={t('dock')}>
            <World world={world} line={line} />
          </fieldset>
        )}
      </main>
    </DockLanguageContext>
  );
}
