import { encodeCommand, type SdtCommandName } from '../protocol/sdt-command.ts';
import { createSdtParser, type SdtResult } from '../protocol/sdt-frame.ts';
import { canAnswer, parseReply, type SdtReply } from '../protocol/sdt-message.ts';
import type { Line } from '../transport/transport.ts';
import type { Counters } from './driver.ts';
import { createSilence } from './silence.ts';

/** One command and its one answer at a time over one connection; an echo and what comes unasked are counted. */
export function createSdtConversation(counters: Counters, pauseMs: number, monotonic: () => number) {
  const parser = createSdtParser();
  let dropped = 0;
  let waiting: { readonly command: SdtCommandName; readonly end: (reply: SdtReply) => void } | null = null;

  function take(results: readonly SdtResult[]): void {
    for (const result of results) {
      if (result.kind === 'error') {
        counters.error(result.code);
        continue;
      }
      counters.frame();
      const reply = parseReply(result.payload);
      if (reply === null) counters.error('echo');
      else if (waiting === null || !canAnswer(waiting.command, reply)) counters.error('late');
      else waiting.end(reply);
    }
    counters.dropped(parser.dropped() - dropped);
    dropped = parser.dropped();
  }

  const silence = createSilence({ ms: pauseMs, monotonic, onSilence: () => take(parser.pause()) });

  return {
    onBytes: (bytes: Uint8Array): void => {
      silence.end();
      take(parser.push(bytes));
      if (parser.isInside()) silence.begin();
    },

    /** Waits at most `ms`. Null where no answer comes in time or the line goes. */
    ask: (line: Line, command: SdtCommandName, ms: number, signal: AbortSignal): Promise<SdtReply | null> => {
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
        waiting = { command, end };
      });
    },

    /** The connection is over: what was half is counted as dropped. */
    end: (): void => {
      silence.end();
      take(parser.pause());
    },
  };
}
export type SdtConversation = ReturnType<typeof createSdtConversation>;
