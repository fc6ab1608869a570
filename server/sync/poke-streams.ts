import type { ServerResponse } from 'node:http';
import type { EventLog } from '../store/event-log.ts';
import type { KnownTerminal } from '../store/terminals.ts';
import { isNewsFor } from './visibility.ts';

const POKE = 'event: poke\ndata: {}\n\n';
/** Other leaflets are to be shown (contract/content.ts). */
const CONTENT = 'event: content\ndata: {}\n\n';
const KEEP_ALIVE = ': keep-alive\n\n';

/**
 * The open streams of terminals that want to be told "there is more". A stream that is not read gets no second poke
 * before the first has gone: one says it all.
 */
export function createPokeStreams(log: EventLog, keepAliveMs: number) {
  const streams = new Map<ServerResponse, KnownTerminal>();

  function write(stream: ServerResponse, text: string): void {
    if (!stream.writableNeedDrain) stream.write(text);
  }

  const stopListening = log.onStored((stored) => {
    for (const [stream, terminal] of streams) {
      if (stored.some(({ event }) => isNewsFor(terminal, event))) write(stream, POKE);
    }
  });
  const keepAlive = setInterval(() => {
    for (const stream of streams.keys()) write(stream, KEEP_ALIVE);
  }, keepAliveMs);

  return {
    /** Answers with a stream that begins with a poke: whatever there was before, the terminal should look. */
    open(stream: ServerResponse, terminal: KnownTerminal): void {
      stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      streams.set(stream, terminal);
      stream.once('close', () => streams.delete(stream));
      write(stream, POKE);
    },

    /** Tells the terminals of these stations that there is something to show. */
    pokeContent(stations: ReadonlySet<string>): void {
      for (const [stream, { station }] of streams) if (stations.has(station)) write(stream, CONTENT);
    },

    /** Ends the streams of a terminal that is not to be told anything any more. */
    end(id: string): void {
      for (const [stream, terminal] of streams) if (terminal.id === id) stream.end();
    },

    close(): void {
      stopListening();
      clearInterval(keepAlive);
      for (const stream of streams.keys()) stream.end();
    },
  };
}
