import { SW3 } from '../protocol/sdt-status.ts';
import { UART_SPEEDS } from '../protocol/sdt-command.ts';
import type { Transport } from '../transport/transport.ts';
import { type AskDelays, askStatus } from './ask.ts';
import { type Finding, findingOf, type Learnt, type Place } from './finding.ts';
import type { Burst, Shown } from './judge.ts';
import { listen } from './listen.ts';

/** `serial`: nobody knows what is there. The others say by their ids what they are. */
export type FinderPlace = Place & { readonly transportAt: (speed: number) => Transport } & {
  readonly kind: 'serial' | 'card-reader' | 'hid-scanner';
};

export interface FinderOptions {
  readonly places: readonly FinderPlace[];
  readonly delays: AskDelays;
  /** Ends the listening; what is not known then is said to be so. */
  readonly signal: AbortSignal;
  readonly shown: Shown;
  /** Who has a busy port open, in words; null where that can't be told. */
  readonly holderOf: (port: string) => Promise<string | null>;
  readonly onFinding: (finding: Finding) => void;
  readonly onAsk: (port: string, words: string) => void;
}

/** The waits of the product, milliseconds. */
export const FINDER_DELAYS: AskDelays = { quiet: 300, answer: 500, pause: 200, longest: 1_000 };

/** The answer of a reader that has heard noise: its speed is another (device notes 5, "wrong baud"). */
const isWrongSpeed = (sw3: number) => sw3 === SW3.badChecksum || sw3 === SW3.badLength;

/** Asks at each speed a card reader can have; where nobody answers, listens. Who has spoken is not asked again. */
async function lookAtSerial({ port, transportAt }: FinderPlace, options: FinderOptions): Promise<Learnt> {
  const { delays, signal, shown, onAsk } = options;
  let heard: { readonly speed: number; readonly burst: Burst } | null = null;
  for (const speed of UART_SPEEDS) {
    const answer = await askStatus(transportAt(speed), delays, signal);
    if (answer.kind === 'fault') return { ...answer, holder: null };
    if (answer.kind === 'reply' && !isWrongSpeed(answer.sw3)) return { kind: 'card-reader', sw3: answer.sw3, speed };
    if (answer.kind !== 'spoke') continue;
    heard = { speed, burst: answer.burst };
    break;
  }
  return listen(heard, { transportAt, delays, signal, shown, onAsk: (words) => onAsk(port, words) });
}

/** A card reader by its ids: there is no speed to be found. */
async function lookAtCardReader({ transportAt }: FinderPlace, { delays, signal }: FinderOptions): Promise<Learnt> {
  const answer = await askStatus(transportAt(0), delays, signal);
  if (answer.kind === 'fault') return { ...answer, holder: null };
  return answer.kind === 'reply' ? { kind: 'card-reader', sw3: answer.sw3, speed: null } : { kind: 'silent' };
}

/** A scanner by its usage page: opened, to see whether it may be, and heard. Nothing is sent. */
async function lookAtHidScanner({ transportAt }: FinderPlace, { signal }: FinderOptions): Promise<Learnt> {
  const over = new AbortController();
  let wasHeard = false;
  let isGone = false;
  const opened = await transportAt(0).open({
    onBytes() {
      wasHeard = true;
      over.abort();
    },
    onGone() {
      isGone = true;
      over.abort();
    },
  });
  if (!opened.ok) return { kind: 'fault', fault: opened.error, holder: null };
  const until = AbortSignal.any([over.signal, signal]);
  await new Promise<void>((resolve) => {
    if (until.aborted) resolve();
    else until.addEventListener('abort', () => resolve(), { once: true });
  });
  await opened.value.close();
  return isGone ? { kind: 'fault', fault: 'no-device', holder: null } : { kind: 'hid-scanner', wasHeard };
}

const LOOKS = { serial: lookAtSerial, 'card-reader': lookAtCardReader, 'hid-scanner': lookAtHidScanner } as const;

/**
 * Looks at all places at once while somebody scans and taps, and says what is at each as soon as it is known. Nothing but
 * `11 FF` is sent, and that only to serial lines that are quiet and to card readers.
 */
export async function findDevices(options: FinderOptions): Promise<readonly Finding[]> {
  const { places, holderOf, onFinding } = options;
  return Promise.all(
    places.map(async (place) => {
      const learnt = await LOOKS[place.kind](place, options);
      const isBusy = learnt.kind === 'fault' && learnt.fault === 'busy';
      const finding = findingOf(place, isBusy ? { ...learnt, holder: await holderOf(place.port) } : learnt);
      onFinding(finding);
      return finding;
    }),
  );
}
