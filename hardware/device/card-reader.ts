import { decodeCard, type IdCard } from '../protocol/sdt-card.ts';
import { createSdtParser, type SdtResult } from '../protocol/sdt-frame.ts';
import {
  encodeCommand,
  parseReply,
  type SdtCommandName,
  type SdtReply,
  SW3,
  textBlockOf,
} from '../protocol/sdt-message.ts';
import type { SerialLine } from '../transport/serial-line.ts';
import { createCounters, type Driver, type DriverOptions } from './driver.ts';
import { createSupervisor } from './supervisor.ts';

export type CardReading =
  | { readonly kind: 'id-card'; readonly card: IdCard }
  /** A card lies there and can't be read, after several tries. */
  | { readonly kind: 'id-card-unreadable' };

export interface CardReaderOptions extends DriverOptions {
  readonly onReading: (reading: CardReading) => void;
}

/** A card that slips is tried again without a word; then the person is told. */
const QUIET_TRIES = 2;
/** Looks without a card before the same card counts as shown anew: readers differ in whether one look is enough. */
const LOOKS_TO_REARM = 2;
/** Commands without an answer before the reader counts as silent. */
const SILENT_AFTER = 2;

/** One command and its one answer at a time; what comes unasked is counted. */
function createConversation(counters: ReturnType<typeof createCounters>, pauseMs: number) {
  const parser = createSdtParser();
  let dropped = 0;
  let waiting: ((reply: SdtReply) => void) | null = null;
  let pausing: NodeJS.Timeout | undefined;

  function take(result: SdtResult): void {
    if (result.kind === 'error') {
      counters.error(result.code);
      return;
    }
    const reply = parseReply(result.payload);
    if (reply === null) counters.error('echo');
    else if (waiting === null) counters.error('late');
    else waiting(reply);
  }

  function settle(): void {
    counters.dropped(parser.dropped() - dropped);
    dropped = parser.dropped();
  }

  return {
    onBytes(bytes: Uint8Array): void {
      clearTimeout(pausing);
      for (const result of parser.push(bytes)) take(result);
      settle();
      if (!parser.isInside()) return;
      pausing = setTimeout(() => {
        for (const result of parser.pause()) take(result);
        settle();
      }, pauseMs);
    },

    /** Null where no answer comes in time or the line goes. */
    ask(line: SerialLine, command: SdtCommandName, ms: number, signal: AbortSignal): Promise<SdtReply | null> {
      if (signal.aborted || !line.send(encodeCommand(command))) return Promise.resolve(null);
      return new Promise((resolve) => {
        const end = (reply: SdtReply | null) => {
          clearTimeout(timer);
          signal.removeEventListener('abort', onAbort);
          waiting = null;
          resolve(reply);
        };
        const onAbort = () => end(null);
        const timer = setTimeout(() => end(null), ms);
        signal.addEventListener('abort', onAbort, { once: true });
        waiting = end;
      });
    },

    end(): void {
      clearTimeout(pausing);
    },
  };
}

type Look =
  { readonly kind: 'no-card' | 'silent' | 'broken' | 'slipped' } | { readonly kind: 'card'; readonly card: IdCard };

/**
 * A serial reader of resident ID cards. Asks for its state until it is well, then looks for a card, selects and reads it.
 * The same card is read out once and again only after it has been away. Photo and fingerprints are never kept.
 */
export function createCardReader(options: CardReaderOptions): Driver {
  const { delays, log, onReading, path } = options;
  const counters = createCounters();

  function isBroken(reply: SdtReply): boolean {
    return reply.sw3 === SW3.selfTestFailed || reply.sw3 === SW3.samUnauthorised;
  }

  const supervisor = createSupervisor(options, () => {
    const conversation = createConversation(counters, delays.pause);

    async function look(line: SerialLine, signal: AbortSignal): Promise<Look> {
      const found = await conversation.ask(line, 'findCard', delays.answer, signal);
      if (found === null) return { kind: 'silent' };
      if (isBroken(found)) return { kind: 'broken' };
      if (found.sw3 !== SW3.found) return { kind: 'no-card' };
      const selected = await conversation.ask(line, 'selectCard', delays.answer, signal);
      if (selected?.sw3 !== SW3.ok) return { kind: 'slipped' };
      const read = await conversation.ask(line, 'readCard', delays.readAnswer, signal);
      const block = read?.sw3 === SW3.ok ? textBlockOf(read.data) : null;
      const card = block === null ? null : decodeCard(block);
      return card === null ? { kind: 'slipped' } : { kind: 'card', card };
    }

    async function untilWell(line: SerialLine, signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        const status = await conversation.ask(line, 'samStatus', delays.answer, signal);
        if (status?.sw3 === SW3.ok) return;
        if (signal.aborted) return;
        supervisor.report(status !== null && isBroken(status) ? 'broken' : 'silent');
        await supervisor.pause(status === null ? delays.poll : delays.broken, signal);
      }
    }

    async function readForever(line: SerialLine, signal: AbortSignal): Promise<void> {
      let lastNumber: string | null = null;
      let looksWithout = 0;
      let slips = 0;
      let silences = 0;
      await untilWell(line, signal);
      while (!signal.aborted) {
        const seen = await look(line, signal);
        if (signal.aborted) return;
        silences = seen.kind === 'silent' ? silences + 1 : 0;
        if (seen.kind === 'broken' || silences >= SILENT_AFTER) {
          log.warn({ path, kind: seen.kind }, 'the card reader does not answer as it should');
          await untilWell(line, signal);
          continue;
        }
        if (seen.kind !== 'silent') supervisor.report('ready');
        if (seen.kind === 'no-card') {
          looksWithout += 1;
          slips = 0;
          if (looksWithout >= LOOKS_TO_REARM) lastNumber = null;
        }
        if (seen.kind === 'slipped') {
          counters.error('slipped');
          slips += 1;
          if (slips === QUIET_TRIES + 1) onReading({ kind: 'id-card-unreadable' });
        }
        if (seen.kind === 'card') {
          looksWithout = 0;
          slips = 0;
          if (seen.card.number !== lastNumber) {
            lastNumber = seen.card.number;
            counters.reading();
            onReading({ kind: 'id-card', card: seen.card });
          }
        }
        await supervisor.pause(delays.poll, signal);
      }
    }

    return {
      onBytes: conversation.onBytes,
      async run(line, signal) {
        counters.connection();
        await readForever(line, signal);
        conversation.end();
      },
    };
  });

  return {
    start: supervisor.start,
    stop: supervisor.stop,
    condition: supervisor.condition,
    counters: counters.read,
  };
}
