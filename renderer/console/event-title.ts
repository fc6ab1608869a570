import { subjectKey } from '#shared/ledger/event.ts';
import { consoleMessages } from '#shared/i18n/console-messages.ts';
import type { ConsoleTranslate } from './i18n.tsx';
import type { Names } from './names.ts';

const PREFIX = 'event.';

type EventKey = Extract<keyof typeof consoleMessages, `event.${string}`>;

function isEventKey(key: string): key is EventKey {
  return key.startsWith(PREFIX) && Object.hasOwn(consoleMessages, key);
}

/** What an event type is called; a type of a later version is called by its code. */
export function eventTitle(t: ConsoleTranslate, type: string): string {
  const key = `${PREFIX}${type}`;
  return isEventKey(key) ? t(key) : type;
}

/**
 * What an event is about: `HF-000123`, a station or a type by its name, a supply by its station and name. A person is not
 * named by pseudonym; the masked name, where there is one, has its own place.
 */
export function subjectText(subject: string, { stationName, typeName, supplyName }: Names): string {
  const key = subjectKey(subject);
  switch (subject.slice(0, subject.indexOf(':'))) {
    case 'person':
    case 'borrower':
      return '—';
    case 'station':
      return stationName(key);
    case 'type':
      return typeName(key);
    case 'supply': {
      const [station = ''] = key.split('/');
      return `${stationName(station)} · ${supplyName(key)}`;
    }
    default:
      return key;
  }
}

/** Where an event was written: a terminal's id, or the server. */
export function writerText(t: ConsoleTranslate, terminal: string): string {
  return terminal === 'server' ? t('events.server') : terminal;
}
