import { LOCALES } from '#shared/i18n/translate.ts';
import { unreachable } from '#shared/result.ts';
import { type DockWorld, READER_MOODS, WIRE_MANNERS } from '#shared/contract/dock.ts';
import { DEVICE_WORDS } from './device-words.ts';
import { useDockLanguage } from './dock-language.ts';

type Entry = DockWorld['log'][number];

function logText({ what, device, text }: Entry, t: ReturnType<typeof useDockLanguage>['t']): string {
  const key = DEVICE_WORDS[device ?? 'scanner'];
  switch (what) {
    case 'scan':
      return t('log.scan', { text });
    case 'card':
      return t('log.card', { name: text });
    case 'garbage':
      return t(`${key}.garbage`);
    case 'half-frame':
      return t(`${key}.halfFrame`);
    case 'flood':
      return t(`${key}.flood`);
    case 'staff-card':
      return t('staffReader.tap');
    case 'manner': {
      const manner = WIRE_MANNERS.find((each) => each === text) ?? 'correct';
      return t('log.manner', { device: t(`${key}.name`), manner: t(`manner.${manner}`) });
    }
    case 'mood': {
      const mood = READER_MOODS.find((each) => each === text) ?? 'well';
      return t('log.manner', { device: t(`${key}.name`), manner: t(`mood.${mood}`) });
    }
    case 'plug':
      return t(`${key}.plug`);
    case 'unplug':
      return t(`${key}.unplug`);
    case 'server-on':
      return t('server.switchOn');
    case 'server-off':
      return t('server.switchOff');
    default:
      return unreachable(what);
  }
}

/** What was done in the dock, newest first. */
export function DockLog({ log }: { readonly log: DockWorld['log'] }) {
  const { t, language } = useDockLanguage();
  const clock = new Intl.DateTimeFormat(LOCALES[language], {
    timeStyle: 'medium',
    hourCycle: 'h23',
    // Where the stations are, whoever looks.
    timeZone: 'Asia/Shanghai',
  });
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
                <span>{logText(entry, t)}</span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </section>
  );
}
