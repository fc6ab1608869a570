import { subjectKey } from '#shared/ledger/event.ts';
import { consoleMessages } from '#shared/i18n/console-messages.ts';
import type { ConsoleTranslate } from './i18n.tsx';

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

/** What an event is about: `HF-000123`. A person is not named by pseudonym; the masked name, where there is one, has its own place. */
export function subjectText(subject: string): string {
  return subject.startsWith('person:') ? '—' : subjectKey(subject);
}
