import { hash as digest } from 'node:crypto';
import type { Refusal } from '#shared/contract/sync.ts';
import { chainFault, type ChainHead } from '#shared/ledger/chain.ts';
import { parseHlc } from '#shared/ledger/clock.ts';
import { eventRuleFault } from '#shared/ledger/event-rules.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { canonicalOrNull, parseLine, rawText, type ReadEvent, readEvent } from './read-event.ts';

/** A clock this far ahead of the server's is wrong (ledger.md, Clocks). */
export const FURTHEST_AHEAD_MS = 24 * 3_600_000;

/** One link of a chain: where, and the hash that the next one names. */
export interface Link extends ChainHead {
  readonly id: string | null;
}

export type Judged =
  | { readonly kind: 'taken'; readonly read: ReadEvent; readonly link: Link }
  | { readonly kind: 'known' }
  | {
      readonly kind: 'refused';
      readonly index: number;
      readonly code: Refusal;
      readonly text: string;
      /** Where it keeps its place in the chain, so that those behind it are taken. */
      readonly link: Link | null;
      /** It is in quarantine already. */
      readonly before: boolean;
    };

/** What the server holds where the events of a page would stand. */
export interface Held {
  /** Hashes of events in the log, by n, of this writer. */
  readonly byN: ReadonlyMap<number, string>;
  /** Events in quarantine that keep their place: hash and reason, by n. */
  readonly aside: ReadonlyMap<number, { readonly hash: string; readonly code: Refusal }>;
  /** Ids of the page that are in use, by whomever. */
  readonly ids: ReadonlySet<string>;
}

/** SHA-256, hex; the same as sha256Text of chain.ts, at the speed of the machine. */
export function hashOf(json: string): string {
  return digest('sha256', json);
}

/** An element of a page before it is judged. */
export interface PageElement {
  readonly raw: unknown;
  readonly line: string;
  readonly read: ReadEvent | null;
}

/** Reads the lines of a page. */
export function readPage(lines: readonly string[]): PageElement[] {
  return lines.map((line) => {
    const raw = parseLine(line);
    return { raw, line, read: raw === undefined ? null : readEvent(raw, line) };
  });
}

/** The link that an unreadable event is all the same: it names its writer, its place and the right hash before it. */
function linkOfMalformed(raw: unknown, writer: string, head: ChainHead, aside: Held['aside']): Link | null {
  if (typeof raw !== 'object' || raw === null) return null;
  const { terminal, n, prev, id } = raw as Partial<Record<keyof LedgerEvent, unknown>>;
  const json = canonicalOrNull(raw);
  if (terminal !== writer || typeof n !== 'number' || json === null) return null;
  const link = { n, hash: hashOf(json), id: typeof id === 'string' ? id : null };
  const fits = n === head.n + 1 && prev === head.hash;
  return fits || aside.get(n)?.hash === link.hash ? link : null;
}

/** Judges the elements of a page one after another; the head goes on behind those that are taken or keep their place. */
export function judgePage(
  writer: string,
  from: ChainHead,
  page: readonly PageElement[],
  held: Held,
  nowMs: number,
): { judged: Judged[]; head: ChainHead } {
  let head = from;
  const byN = new Map(held.byN);
  const aside = new Map(held.aside);
  const ids = new Set(held.ids);

  function judge({ raw, line, read }: PageElement, index: number): Judged {
    const text = read?.json ?? (raw === undefined ? line : rawText(raw));
    const refuse = (code: Refusal, link: Link | null = null, before = false): Judged => ({
      kind: 'refused',
      index,
      code,
      text,
      link,
      before,
    });
    if (read === null) {
      const link = linkOfMalformed(raw, writer, head, aside);
      return refuse('malformed', link, link !== null && link.n <= head.n);
    }
    const { event, json } = read;
    if (event.terminal !== writer) return refuse('foreign-terminal');
    const hash = hashOf(json);
    if (event.n <= head.n) {
      if (byN.get(event.n) === hash) return { kind: 'known' };
      const kept = aside.get(event.n);
      return kept?.hash === hash ? refuse(kept.code, { n: event.n, hash, id: event.id }, true) : refuse('forked-log');
    }
    const fault = chainFault(head, event);
    if (fault !== null) return refuse(fault);
    const link = { n: event.n, hash, id: event.id };
    if (parseHlc(event.hlc).ms > nowMs + FURTHEST_AHEAD_MS) return refuse('ahead', link);
    const rule = eventRuleFault(event);
    if (rule !== null) return refuse(rule, link);
    return ids.has(event.id) ? refuse('known-elsewhere', link) : { kind: 'taken', read, link };
  }

  const judged = page.map((element, index): Judged => {
    const each = judge(element, index);
    if (each.kind === 'taken') {
      head = each.link;
      byN.set(head.n, head.hash);
      ids.add(each.read.event.id);
    } else if (each.kind === 'refused' && each.link !== null && each.link.n === head.n + 1) {
      head = each.link;
      aside.set(head.n, { hash: head.hash, code: each.code });
    }
    return each;
  });
  return { judged, head: { n: head.n, hash: head.hash } };
}
