import {
  type ErrorResponse,
  giveBackHeaderSchema,
  historyQuerySchema,
  pullQuerySchema,
  pushHeaderSchema,
  type PushResponse,
  snapshotQuerySchema,
} from '#shared/contract/sync.ts';
import type { Lines } from '#shared/contract/ndjson.ts';
import { deviceOf } from '#shared/ledger/writer.ts';
import { z } from 'zod';
import { HttpFault } from '../http-fault.ts';
import type { ServerDatabase } from '../store/database.ts';
import type { EventLog, NewEpoch } from '../store/event-log.ts';
import type { KnownTerminal, Terminals } from '../store/terminals.ts';
import { historyPage, type Page, PAGE_ROWS, pullPage, snapshotPage } from './pages.ts';

export interface SyncDeps {
  readonly database: ServerDatabase;
  readonly log: EventLog;
  readonly terminals: Terminals;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Subjects or events on one page; PAGE_ROWS where it is left out. */
  readonly pageRows?: number;
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new HttpFault(400, 'malformed', z.prettifyError(parsed.error));
  return parsed.data;
}

function parseHeader<T>(schema: z.ZodType<T>, { header }: Lines): T {
  try {
    return parse(schema, JSON.parse(header));
  } catch (error) {
    if (error instanceof HttpFault) throw error;
    throw new HttpFault(400, 'malformed', 'the first line is not JSON');
  }
}

function newEpoch({ epoch, head }: NewEpoch): HttpFault {
  const more: Partial<ErrorResponse['error']> = { epoch, head };
  return new HttpFault(409, 'new-epoch', 'the log on this server is not the one you know', more);
}

/** Of the terminals it need not know how they show who they are. */
type ServiceDeps = Omit<SyncDeps, 'terminals'> & { readonly terminals: Pick<Terminals, 'heard' | 'isActive'> };

/** The terminals' side of the server, without its transport: what comes in is parsed here, faults are HttpFaults. */
export function createSyncService({ database, log, terminals, now, pageRows = PAGE_ROWS }: ServiceDeps) {
  /** A device writes under its own name or a renewed one of it. */
  function ownWriter(terminal: KnownTerminal, writer: string): void {
    if (deviceOf(writer) !== terminal.id) {
      throw new HttpFault(403, 'foreign-terminal', `${terminal.id} does not write as ${writer}`);
    }
  }

  return {
    async push(terminal: KnownTerminal, body: Lines, mostLines: number): Promise<PushResponse & { stored: number }> {
      const header = parseHeader(pushHeaderSchema, body);
      ownWriter(terminal, header.writer);
      if (body.lines.length > mostLines) {
        throw new HttpFault(413, 'too-large', `a page has ${mostLines} events at most`);
      }
      const taken = await log.take(terminal.id, header, body.lines);
      await terminals.heard(terminal.id);
      if (taken.kind === 'new-epoch') throw newEpoch(taken);
      if (taken.kind === 'forked') {
        throw new HttpFault(409, 'forked-log', 'another event is held at this place of the log', { at: taken.at });
      }
      const { epoch, acked, refused, unknownTypes } = taken;
      return {
        epoch,
        acked,
        refused: [...refused],
        unknownTypes: [...unknownTypes],
        serverTime: now(),
        stored: taken.stored.length,
      };
    },

    async pull(terminal: KnownTerminal, query: unknown): Promise<Page<object>> {
      const asked = parse(pullQuerySchema, query);
      ownWriter(terminal, asked.writer);
      await terminals.heard(terminal.id);
      const strange = await log.check(asked);
      if (strange !== null) throw newEpoch(strange);
      if (asked.unsent === 0) await log.settle(terminal.id);
      const { header, lines } = await pullPage(database.db, terminal, asked);
      const { epoch } = await log.identity();
      return { header: { epoch, ...header, serverTime: now(), head: await log.head(asked.writer) }, lines };
    },

    async snapshot(terminal: KnownTerminal, query: unknown): Promise<Page<object>> {
      const { after } = parse(snapshotQuerySchema, query);
      const { epoch } = await log.identity();
      const { header, lines } = await snapshotPage(database.db, terminal, after, pageRows);
      return { header: { epoch, ...header, serverTime: now() }, lines };
    },

    async history(terminal: KnownTerminal, query: unknown): Promise<Page<object>> {
      const { subject, after } = parse(historyQuerySchema, query);
      const { epoch } = await log.identity();
      const { header, lines } = await historyPage(database.db, terminal, subject, after, pageRows);
      return { header: { epoch, ...header }, lines };
    },

    async giveBack(
      terminal: KnownTerminal,
      body: Lines,
      mostLines: number,
    ): Promise<{ epoch: string; lacked: number }> {
      const asked = parseHeader(giveBackHeaderSchema, body);
      if (body.lines.length > mostLines) {
        throw new HttpFault(413, 'too-large', `a page has ${mostLines} events at most`);
      }
      const { epoch } = await log.identity();
      if (asked.epoch !== epoch) throw newEpoch({ kind: 'new-epoch', epoch, head: await log.head(terminal.id) });
      const { lacked, owners } = await log.giveBack(terminal.id, body.lines);
      // The server itself has nothing more to say of what it once wrote, nor has a device that is gone.
      for (const owner of owners) {
        if (!(await terminals.isActive(owner))) await log.settle(owner);
      }
      return { epoch, lacked };
    },
  };
}
