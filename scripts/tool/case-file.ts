import { z } from 'zod';
import { formatHlc } from '#shared/ledger/clock.ts';
import { CHAIN_START } from '#shared/ledger/chain.ts';
import { scopeOfKind } from '#shared/ledger/event-rules.ts';
import { type EventType, latestVersion, eventBodies } from '#shared/ledger/event-types.ts';
import { type LedgerEvent, subjectKind } from '#shared/ledger/event.ts';
import { fold, type SubjectState } from '#shared/ledger/fold.ts';
import { answerOf, askSchema } from './case-question.ts';

/** Where a case begins: a Monday, ten o'clock in Shanghai. Each event is a minute after the one before. */
const START = Date.parse('2026-11-23T10:00:00+08:00');

/** An event as a case writes it; what every event of its type has is filled in. */
const shortEventSchema = z.strictObject({
  /** What bodies and expectations call it. */
  id: z.string(),
  type: z.string(),
  subject: z.string().default('item:HF-000001'),
  at: z.iso.datetime({ offset: true }).optional(),
  station: z.string().default('LD'),
  v: z.int().optional(),
  body: z.record(z.string(), z.unknown()).default({}),
});
type ShortEvent = z.infer<typeof shortEventSchema>;

/** The form of the files in test/cases that `replay` takes. */
export const caseFileSchema = z.array(
  z.strictObject({
    why: z.string(),
    events: z.array(shortEventSchema),
    /** Ids, in the order in which the events arrive; without it, as they are written. */
    arrival: z.array(z.string()).optional(),
    ask: askSchema.optional(),
    /** By subject, what its state must have; `answer` is what the question must give. What is left out is not compared. */
    expect: z.record(z.string(), z.unknown()),
  }),
);
export type LedgerCase = z.infer<typeof caseFileSchema>[number];

const NAME = { zh: '物品', en: 'Item' };
const USUAL: Readonly<Record<string, Record<string, unknown>>> = {
  'station.defined': { name: NAME, zone: 'Asia/Shanghai' },
  'type.defined': { name: NAME, icon: 'umbrella', period: 'P3D', limit: 2, rank: 1 },
  'item.registered': { type: 'umbrella', home: 'LD' },
  'item.lent': { name: '王*春', due: '2026-11-26T23:59:00+08:00' },
  'item.returned': { loan: null, undone: false, missing: [], answers: [] },
  'item.reserved': { name: '李*夏' },
  'item.counted': { stocktake: 'LD/2026-11-23' },
  'item.settled': { note: '问过了' },
  'item.undone': { reason: '扫错了' },
  'stocktake.undone': { reason: '扫错了' },
  'supply.undone': { reason: '数错了' },
  'supply.defined': { name: NAME },
  'reservations.made': { name: '李*夏' },
};
/** Events that happen at a station say so in their body. */
const PLACED = new Set(['item.lent', 'item.returned', 'item.counted', 'item.transfer-received', 'item.reserved']);

/** `a` stands for the borrower whose pseudonym is 64 times a. */
function longBorrower(body: Record<string, unknown>): Record<string, unknown> {
  const { borrower } = body;
  return typeof borrower === 'string' ? { ...body, borrower: borrower.repeat(64) } : body;
}

function shortBorrowers(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/"([0-9a-f])\1{63}"/g, '"$1"'));
}

function eventsOf(short: readonly ShortEvent[]): LedgerEvent[] {
  let ms = START - 60_000;
  return short.map(({ id, type, subject, at, station, v, body }, index) => {
    ms = at === undefined ? ms + 60_000 : Date.parse(at);
    const terminal = `${station}-1`;
    const known = Object.hasOwn(eventBodies, type) ? latestVersion(type as EventType) : 1;
    const usual = (v ?? known) === known ? (USUAL[type] ?? {}) : {};
    return {
      id,
      terminal,
      n: index + 1,
      prev: CHAIN_START,
      hlc: formatHlc({ ms, counter: index }, terminal),
      wall: ms,
      clock: 'trusted',
      station,
      subject,
      type,
      v: v ?? known,
      actor: { kind: 'system', id: station },
      scope: scopeOfKind(subjectKind(subject)) ?? 'community',
      body: { ...(PLACED.has(type) ? { station } : {}), ...usual, ...longBorrower(body) },
    };
  });
}

/** Where `actual` is not what a case expects, as paths; objects may have more than is expected, lists may not. */
function differences(actual: unknown, expected: unknown, path: string): string[] {
  if (typeof expected !== 'object' || expected === null) return actual === expected ? [] : [path];
  if (typeof actual !== 'object' || actual === null) return [path];
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) return [path];
  const own = actual as Record<string, unknown>;
  return Object.entries(expected).flatMap(([key, value]) => differences(own[key], value, `${path}.${key}`));
}

export interface CaseResult {
  readonly why: string;
  readonly ok: boolean;
  /** Paths that are not as expected. */
  readonly wrong: readonly string[];
  readonly states: Readonly<Record<string, unknown>>;
  readonly answer?: unknown;
}

/** Folds a case's events, asks its question, compares with what it expects. */
export function runCase({ why, events: short, arrival, ask, expect }: LedgerCase): CaseResult {
  const events = eventsOf(short);
  const arrived = arrival?.map((id) => {
    const event = events.find((each) => each.id === id);
    if (event === undefined) throw new Error(`${why}: no event ${id}`);
    return event;
  });
  const states = new Map<string, SubjectState>();
  for (const [subject, own] of Map.groupBy(arrived ?? events, (event) => event.subject)) {
    const state = fold(subject, own);
    if (state !== null) states.set(subject, state);
  }
  const lastMs = Math.max(...events.map(({ wall }) => wall));
  const answer = ask === undefined ? {} : { answer: shortBorrowers(answerOf(states, ask, lastMs)) };
  const shown = Object.fromEntries([...states].map(([subject, state]) => [subject, shortBorrowers(state)]));
  const wrong = differences({ ...shown, ...answer }, expect, '').map((path) => path.slice(1));
  return { why, ok: wrong.length === 0, wrong, states: shown, ...answer };
}
