import { decodeCard } from '../protocol/sdt-card.ts';
import { type SdtReply, textBlockOf } from '../protocol/sdt-message.ts';
import { statusOf, SW3 } from '../protocol/sdt-status.ts';
import type { Line } from '../transport/transport.ts';
import { type CardReading, type CardSeen, createCardOnReader } from './card-on-reader.ts';
import { createCounters, type Driver, type DriverOptions } from './driver.ts';
import { createSdtConversation, type SdtConversation } from './sdt-conversation.ts';
import { createSupervisor } from './supervisor.ts';

export interface CardReaderOptions extends DriverOptions {
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  readonly onReading: (reading: CardReading) => void;
}

/** Commands without an answer before the reader counts as silent. */
const SILENT_AFTER = 2;

/** `refused`: the reader answers, but not what was asked: noise on the way there, most likely. */
type Look = CardSeen | { readonly kind: 'silent' | 'broken' | 'refused' };

function isBroken(reply: SdtReply | null): boolean {
  return reply !== null && statusOf(reply.sw3).condition === 'broken';
}

/**
 * A reader of resident ID cards. Asks for its state until it is well, then looks for a card, selects and reads it.
 * The same card is read out once and again only after it has been away. Photo and fingerprints are never kept.
 */
export function createCardReader(options: CardReaderOptions): Driver {
  const { delays, log, monotonic, onReading, transport } = options;
  const counters = createCounters();
  const onReader = createCardOnReader();
  let lastLookAt = Number.NEGATIVE_INFINITY;

  async function look({ ask }: SdtConversation, line: Line, signal: AbortSignal): Promise<Look> {
    const found = await ask(line, 'findCard', delays.answer, signal);
    if (found === null) return { kind: 'silent' };
    if (isBroken(found)) return { kind: 'broken' };
    if (found.sw3 === SW3.noCard) return { kind: 'no-card' };
    if (found.sw3 !== SW3.found) return { kind: 'refused' };
    const selected = await ask(line, 'selectCard', delays.answer, signal);
    if (isBroken(selected)) return { kind: 'broken' };
    if (selected?.sw3 !== SW3.ok) return { kind: 'slipped' };
    const read = await ask(line, 'readCard', delays.readAnswer, signal);
    if (isBroken(read)) return { kind: 'broken' };
    const block = read?.sw3 === SW3.ok ? textBlockOf(read.data) : null;
    const card = block === null ? null : decodeCard(block);
    return card === null ? { kind: 'slipped' } : { kind: 'card', card };
  }

  const supervisor = createSupervisor(options, () => {
    const conversation = createSdtConversation(counters, delays.pause, monotonic);

    /** True when the reader is well; false where the line is gone, or the reader is deaf and the line may be why. */
    async function untilWell(line: Line, signal: AbortSignal): Promise<boolean> {
      let deafMs = 0;
      while (!signal.aborted && deafMs < delays.deaf) {
        const status = await conversation.ask(line, 'samStatus', delays.answer, signal);
        if (signal.aborted) return false;
        if (status?.sw3 === SW3.ok) return true;
        const broken = isBroken(status);
        supervisor.report(broken ? 'broken' : 'silent');
        deafMs = status === null ? deafMs + delays.answer + delays.poll : 0;
        await supervisor.pause(broken ? delays.broken : delays.poll, signal);
      }
      return false;
    }

    async function readForever(line: Line, signal: AbortSignal): Promise<void> {
      let silences = 0;
      if (!(await untilWell(line, signal))) return;
      onReader.back(monotonic() - lastLookAt);
      while (!signal.aborted) {
        const seen = await look(conversation, line, signal);
        if (signal.aborted) return;
        silences = seen.kind === 'silent' ? silences + 1 : 0;
        if (seen.kind === 'broken' || silences >= SILENT_AFTER) {
          log.warn({ device: transport.name, kind: seen.kind }, 'the card reader does not answer as it should');
          if (seen.kind === 'broken') {
            // Its status may be well all the same: without this wait the two would be asked in turn without end.
            supervisor.report('broken');
            await supervisor.pause(delays.broken, signal);
          }
          if (!(await untilWell(line, signal))) return;
          continue;
        }
        if (seen.kind !== 'silent') {
          supervisor.report('ready');
          lastLookAt = monotonic();
        }
        if (seen.kind === 'refused' || seen.kind === 'slipped') counters.error(seen.kind);
        if (seen.kind === 'no-card' || seen.kind === 'slipped' || seen.kind === 'card') {
          const reading = onReader.see(seen);
          if (reading !== null) {
            if (reading.kind === 'id-card') counters.reading();
            onReading(reading);
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
