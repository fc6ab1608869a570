import { createHash } from 'node:crypto';
import { canonicalJson, chainFault, CHAIN_EMPTY, type ChainHead, sha256Text } from '#shared/ledger/chain.ts';
import { audienceOf } from '#shared/ledger/event-rules.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';
import { fold, initialState } from '#shared/ledger/fold.ts';
import { naiveState } from './naive-model.ts';
import type { TerminalNode } from './terminal-node.ts';
import type { World } from './world.ts';

/** An invariant of ledger.md that does not hold, by its number there; 0 is liveness. */
export interface Failure {
  readonly invariant: 0 | 1 | 2 | 3 | 4 | 5;
  readonly what: string;
}

/** Rounds of exchanges after which everything must be quiet once nothing goes wrong any more. */
const ROUNDS = 12;

function stateOf(world: World): string {
  const parts = world.terminals.map(({ ledger }) => {
    const { writer, n, acked, cursor, round, gave, epoch } = ledger().head();
    return [writer, n, acked, cursor, round, gave, epoch].join();
  });
  const server = world.server.disk().prepare<[], number>('SELECT coalesce(max(seq), 0) FROM events').pluck().get();
  return [...parts, String(server)].join(';');
}

/** Lets everybody sync in turn until nothing changes any more. */
async function becomeQuiet(world: World): Promise<Failure | null> {
  let before = '';
  for (let round = 1; round <= ROUNDS; round += 1) {
    let well = true;
    for (const terminal of world.terminals) {
      world.time.pass(1000);
      well = (await world.exchange(terminal)) && well;
    }
    const after = stateOf(world);
    if (well && after === before) {
      world.count('rounds to quiet', round);
      return null;
    }
    before = after;
  }
  return { invariant: 0, what: `not quiet after ${ROUNDS} rounds: ${before}` };
}

interface SubjectRow {
  readonly subject: string;
  readonly state: string;
}

function eventsOn(db: ReturnType<TerminalNode['disk']>, where = ''): LedgerEvent[] {
  return db
    .prepare<[], string>(`SELECT json FROM events ${where}`)
    .pluck()
    .all()
    .map((json) => eventSchema.parse(JSON.parse(json)));
}

function subjectsOn(db: ReturnType<TerminalNode['disk']>): Map<string, string> {
  const rows = db.prepare<[], SubjectRow>('SELECT subject, state FROM subjects ORDER BY subject').all();
  return new Map(rows.map(({ subject, state }) => [subject, state]));
}

/** 1: what a person was told is recorded is on the server exactly once, or was lost with the only disk that had it. */
function everythingArrived(world: World, onServer: readonly LedgerEvent[]): string | null {
  const times = new Map<string, number>();
  for (const { id } of onServer) times.set(id, (times.get(id) ?? 0) + 1);
  const aside = new Set(
    world.server.disk().prepare<[], string>('SELECT event_id FROM quarantine WHERE n IS NOT NULL').pluck().all(),
  );
  for (const [id, event] of world.knowledge.all()) {
    const count = times.get(id) ?? 0;
    if (count > 1) return `event ${id} is ${count} times on the server`;
    if (count === 1 || aside.has(id) || world.knowledge.isLost(id)) continue;
    return `event ${event.n} of ${event.terminal} (${event.type} ${event.subject}) never reached the server`;
  }
  return null;
}

/** 2: every replica's fold of what it may see is the server's, byte for byte, and that is what all events sorted give. */
function replicasAgree(world: World, onServer: readonly LedgerEvent[]): string | null {
  const held = subjectsOn(world.server.disk());
  const bySubject = Map.groupBy(onServer, ({ subject }) => subject);
  for (const [subject, events] of bySubject) {
    const wanted = fold(subject, events);
    if (wanted === null ? held.has(subject) : held.get(subject) !== JSON.stringify(wanted)) {
      return `the server's state of ${subject} is not the fold of its events`;
    }
  }
  for (const terminal of world.terminals) {
    const mine = subjectsOn(terminal.disk());
    const visible = new Set(
      [...bySubject].flatMap(([subject, events]) => (events.some((event) => maySee(terminal, event)) ? [subject] : [])),
    );
    for (const subject of visible) {
      if (initialState(subject) !== null && mine.get(subject) !== held.get(subject)) {
        return `${nameOf(terminal)} and the server differ about ${subject}`;
      }
    }
    for (const subject of mine.keys()) {
      if (!visible.has(subject))
        return `${nameOf(terminal)} has a state of ${subject}, of which the server has no event`;
    }
  }
  return null;
}

function maySee(terminal: TerminalNode, event: LedgerEvent): boolean {
  const audience = audienceOf(event);
  return audience === '*' || audience === terminal.station;
}

function nameOf(terminal: TerminalNode): string {
  return terminal.ledger().head().writer;
}

function chainIsWhole(name: string, links: readonly LedgerEvent[]): string | null {
  let head: ChainHead = CHAIN_EMPTY;
  for (const event of links) {
    const fault = chainFault(head, event);
    if (fault !== null) return `${name}: ${fault} at n ${event.n} behind ${head.n}`;
    head = { n: event.n, hash: sha256Text(canonicalJson(event)) };
  }
  return null;
}

/** 3: chains verify, on the terminals and on the server, with what is in quarantine in its place. */
function chainsVerify(world: World, onServer: readonly LedgerEvent[]): string | null {
  for (const terminal of world.terminals) {
    const writer = nameOf(terminal);
    const own = eventsOn(terminal.disk(), `WHERE terminal = '${writer}' ORDER BY n`);
    if (own.length !== terminal.ledger().head().n) return `${writer} has ${own.length} events, its head says otherwise`;
    const fault = chainIsWhole(`${writer} on itself`, own);
    if (fault !== null) return fault;
  }
  const aside = world.server
    .disk()
    .prepare<[], string>('SELECT raw FROM quarantine WHERE n IS NOT NULL')
    .pluck()
    .all()
    .map((raw) => eventSchema.parse(JSON.parse(raw)));
  const byWriter = Map.groupBy([...onServer, ...aside], ({ terminal }) => terminal);
  for (const [writer, events] of byWriter) {
    const fault = chainIsWhole(
      `${writer} on the server`,
      events.toSorted((a, b) => a.n - b.n),
    );
    if (fault !== null) return fault;
  }
  return null;
}

/** 4: an item has one state and supplies have one count: those of a model that knows nothing of folds. */
function modelAgrees(world: World, onServer: readonly LedgerEvent[]): string | null {
  const held = subjectsOn(world.server.disk());
  for (const [subject, events] of Map.groupBy(onServer, (event) => event.subject)) {
    const naive = naiveState(subject, events);
    if (naive === null) continue;
    const state = JSON.parse(held.get(subject) ?? '{}') as Record<string, unknown>;
    const same = Object.entries(naive).every(([key, value]) => pick(state, key) === value);
    if (!same) return `the model says of ${subject} ${JSON.stringify(naive)}, the server ${JSON.stringify(state)}`;
  }
  return null;
}

function pick(state: Record<string, unknown>, key: string): unknown {
  if (key === 'onLoan') return state['status'] === 'on-loan';
  if (key !== 'borrower') return state[key] ?? null;
  return (state['loan'] as { borrower?: string } | null)?.borrower ?? null;
}

/** 5: no terminal holds an event outside its scope. */
function scopesHold(world: World): string | null {
  for (const terminal of world.terminals) {
    const outside = eventsOn(terminal.disk()).find((event) => !maySee(terminal, event));
    if (outside !== undefined) return `${nameOf(terminal)} holds ${outside.type} of ${outside.subject}`;
  }
  return null;
}

/** Null where all that must hold does, once everything is quiet. */
export async function judge(world: World): Promise<Failure | null> {
  const [unseen] = world.unseen;
  if (unseen !== undefined) return { invariant: 1, what: unseen };
  const restless = await becomeQuiet(world);
  if (restless !== null) return restless;
  const onServer = eventsOn(world.server.disk(), 'ORDER BY seq');
  const checks = [
    [1, everythingArrived(world, onServer)],
    [2, replicasAgree(world, onServer)],
    [3, chainsVerify(world, onServer)],
    [4, modelAgrees(world, onServer)],
    [5, scopesHold(world)],
  ] as const;
  for (const [invariant, what] of checks) if (what !== null) return { invariant, what };
  return null;
}

/** One number for how a world ended: the same seed must give the same. */
export function hashOf(world: World): string {
  const hash = createHash('sha256');
  for (const { json } of world.server
    .disk()
    .prepare<[], { json: string }>('SELECT json FROM events ORDER BY seq')
    .all()) {
    hash.update(json);
  }
  for (const terminal of world.terminals) {
    hash.update(stateOf({ ...world, terminals: [terminal] }));
    for (const [subject, state] of subjectsOn(terminal.disk())) hash.update(subject).update(state);
  }
  return hash.digest('hex');
}
