import { LOCALES } from '#shared/i18n/translate.ts';
import type { DockWorld } from '#shared/contract/dock.ts';
import { useDockLanguage } from './dock-language.ts';

/** What the dock did, newest first, in the words of the demo program. */
export function DockLog({ log }: { readonly log: DockWorld['log'] }) {
  const { t, language } = useDockLanguage();
  const clock = new Intl.DateTimeFormat(LOCALES[language], { timeStyle: 'medium', hourCycle: 'h23' });
  return (
    <section className="panel log" aria-labelledby="log-title">
      <h2 id="log-title">{t('log.title')}</h2>
      {log.length === 0 ? (
        <p>{t('log.empty')}</p>
      ) : (
        <div role="log" aria-labelledby="log-title">
          <ol>
            {log.map((entry, index) => (
              <li key={`${entry.atMs}-${log.length - index}`}>
                <time dateTime={new Date(entry.atMs).toISOString()}>{clock.format(entry.atMs)}</time>
                <span className="log-terminal">{entry.terminal ?? '—'}</span>
                <span>{entry.text}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}
