import type { EventDraft, LedgerEvent } from '#shared/ledger/event.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { createTime } from './clocks.ts';
import { Crash } from './crash.ts';
import { draft, draftUndone } from './drafts.ts';
import { createKnowledge } from './knowledge.ts';
import { createNetwork } from './network.ts';
import { MOST_TERMINALS, type Plan, type RequestFault, type Step } from './plan.ts';
import { createServerNode } from './server-node.ts';
import { createTerminalNode, type TerminalNode } from './terminal-node.ts';

const STATIONS = ['LD', 'LF', 'QH', 'DC', 'YR', 'CH', 'DX', 'XY', 'MX', 'JL', 'XG', 'YJ'];

/** What happened in a world, by kind: a world in which nothing goes wrong proves nothing. */
export type Tally = Record<string, number>;

/** A person who has just lent or returned an item sees it lent or returned, whatever the clocks say. */
function showsAtOnce(db: ReturnType<TerminalNode['disk']>, event: LedgerEvent): boolean {
  if (event.type !== 'item.lent' && event.type !== 'item.returned') return true;
  const row = db
    .prepare<[string], { state: string }>('SELECT state FROM subjects WHERE subject = ?')
    .get(event.subject);
  const { status, station } = JSON.parse(row?.state ?? '{}') as { status?: string; station?: string };
  return status === (event.type === 'item.lent' ? 'on-loan' : 'in-stock') && station === event.body['station'];
}

/** A world as a plan says, up to its last step. */
export async function liveThrough(plan: Plan) {
  const time = createTime();
  const tally: Tally = {};
  const count = (what: string, by = 1) => {
    tally[what] = (tally[what] ?? 0) + by;
  };
  let processes = 0;
  const nextProcess = () => (processes += 1);
  const terminals: TerminalNode[] = [];
  const knowledge = createKnowledge();
  const server = await createServerNode({
    time,
    nextProcess,
    isDevice: (id) => terminals.some(({ device }) => device === id),
  });

  let backup: Buffer | null = null;
  const copies = new Map<number, Buffer>();
  const faults = new Map<string, RequestFault[]>();
  let calm = false;
  const waiting: (() => Promise<void>)[] = [];
  let steps = [...plan.steps];
  let depth = 0;

  const linkTo = createNetwork({
    server: () => server,
    faultOf(device) {
      const fault = calm ? 'none' : (faults.get(device)?.shift() ?? 'none');
      if (fault !== 'none') count(`request ${fault}`);
      return fault;
    },
    async meanwhile() {
      if (depth > 2) return;
      depth += 1;
      const next = steps.shift();
      if (next !== undefined) await happen(next);
      depth -= 1;
    },
    later: (again) => waiting.push(again),
    onServerCrash() {
      count('server crash');
      server.restart();
    },
  });

  function join(): void {
    const place = terminals.length;
    if (place >= MOST_TERMINALS) return;
    const station = STATIONS[place % Math.min(STATIONS.length, 3 + (plan.seed % 10))] ?? 'LD';
    const device = `${station}-${place + 1}`;
    terminals.push(createTerminalNode({ device, station, time, nextProcess, linkTo }));
  }
  for (let place = 0; place < plan.terminals; place += 1) join();

  /** What a person at a terminal is told is recorded, is recorded. */
  function record(terminal: TerminalNode, drafts: readonly EventDraft[]): void {
    try {
      const events = terminal.ledger().append(drafts);
      knowledge.told(events);
      if (events.length !== drafts.length)
        unseen.push(
          `${events.length} of ${drafts.length} facts were recorded at ${terminal.device}, and nobody was told`,
        );
      const wrong = events.find((event) => !showsAtOnce(terminal.disk(), event));
      if (wrong !== undefined)
        unseen.push(`${wrong.type} of ${wrong.subject} was recorded at ${terminal.device} and not seen there`);
      count('events', events.length);
      count('doubted', events.filter(({ clock }) => clock === 'doubted').length);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      count('terminal crash');
      terminal.restart();
    }
  }

  const unseen: string[] = [];
  const exchanging = new Set<TerminalNode>();

  async function exchange(terminal: TerminalNode): Promise<boolean> {
    // One sync at a time per terminal.
    if (exchanging.has(terminal)) return false;
    exchanging.add(terminal);
    const before = terminal.ledger().head().writer;
    try {
      const fault = await terminal.exchange();
      if (fault?.kind === 'disk' && fault.detail.includes('the process dies')) {
        count('terminal crash');
        terminal.restart();
      } else if (fault?.kind === 'disk') {
        throw new Error(`${terminal.device}: ${fault.detail}`);
      }
      return fault === null;
    } finally {
      exchanging.delete(terminal);
      if (terminal.ledger().head().writer !== before) count('fork');
    }
  }

  async function happen(step: Step): Promise<void> {
    time.pass(37);
    const terminal = 'at' in step ? terminals[step.at % terminals.length] : undefined;
    if ('at' in step && terminal === undefined) return;
    switch (step.kind) {
      case 'lend':
      case 'return':
      case 'take':
      case 'refill':
      case 'note':
      case 'register':
      case 'renew':
      case 'count':
      case 'lose':
      case 'move':
        return record(terminal!, [draft(step, terminal!.station)]);
      case 'undo': {
        const known = terminal!
          .disk()
          .prepare<[string], string>('SELECT id FROM events WHERE subject = ? ORDER BY id')
          .pluck()
          .all(`item:${itemKey(step.item)}`);
        const event = known[step.which % Math.max(1, known.length)];
        if (event === undefined) return;
        count('undone');
        return record(terminal!, [draftUndone(step.item, event, terminal!.station)]);
      }
      case 'batch':
        return record(
          terminal!,
          step.items.map((item, place) =>
            draft({ kind: place % 2 === 0 ? 'lend' : 'take', item: item + place }, terminal!.station),
          ),
        );
      case 'sync':
        faults.set(terminal!.device, [...step.faults]);
        await exchange(terminal!);
        return;
      case 'crash':
        return terminal!.fuse.light(step.writes);
      case 'server-crash':
        return server.fuse.light(step.writes);
      case 'restart':
        count('restart');
        return exchanging.has(terminal!) ? undefined : terminal!.restart();
      case 'copy':
        copies.set(step.at % terminals.length, terminal!.copy());
        return;
      case 'restore': {
        const bytes = copies.get(step.at % terminals.length);
        if (bytes === undefined || exchanging.has(terminal!)) return;
        count('terminal restored');
        knowledge.mayLose(server, terminals, () => terminal!.putBack(bytes));
        return;
      }
      case 'clone': {
        // Another machine starts from a copy of this disk, under the same name.
        if (terminals.length >= MOST_TERMINALS) return;
        count('clone');
        const { device, station } = terminal!;
        const twin = createTerminalNode({ device, station, time, nextProcess, linkTo });
        twin.putBack(terminal!.copy());
        terminals.push(twin);
        return;
      }
      case 'server-backup':
        backup = server.copy();
        return;
      case 'server-restore': {
        const bytes = backup;
        if (bytes === null || exchanging.size > 0) return;
        count('server restored');
        knowledge.mayLose(server, terminals, () => server.putBack(bytes));
        for (let more = 0; more < step.work; more += 1) await admin(more + 1);
        return;
      }
      case 'clock':
        count('clock jump');
        return terminal!.jump(step.by);
      case 'pass':
        return time.pass(step.ms);
      case 'admin':
        return admin(step.item);
      case 'let-in':
        return letIn();
      case 'join':
        count('joined');
        return join();
      default:
        return step satisfies never;
    }
  }

  async function admin(item: number): Promise<void> {
    try {
      const stored = await server.log().append([
        { ...draft({ kind: 'return', item }, 'LD'), actor: { kind: 'staff', id: 'admin' } },
        { ...draft({ kind: 'take', item }, 'LD'), actor: { kind: 'staff', id: 'admin' } },
      ]);
      knowledge.told(stored.map(({ event }) => event));
      if (stored.some(({ event }) => !showsAtOnce(server.disk(), event)))
        unseen.push('what the admin wrote is not seen on the server');
      count('admin events', stored.length);
    } catch (error) {
      if (!(error instanceof Crash)) throw error;
      count('server crash');
      server.restart();
    }
  }

  async function letIn(): Promise<void> {
    const rows = server
      .disk()
      .prepare<[], { key: string }>("SELECT key FROM quarantine WHERE code = 'ahead' ORDER BY key")
      .all();
    for (const { key } of rows.slice(0, 1)) {
      try {
        if (await server.log().letIn(key, 'admin')) count('let in');
      } catch (error) {
        if (!(error instanceof Crash)) throw error;
        server.restart();
      }
    }
  }

  for (let step = steps.shift(); step !== undefined; step = steps.shift()) {
    await happen(step);
    if (waiting.length > 2) await waiting.shift()?.();
  }
  for (const again of waiting.splice(0)) await again();
  calm = true;
  steps = [];
  server.fuse.out();
  for (const { fuse } of terminals) fuse.out();
  const close = () => {
    server.close();
    for (const terminal of terminals) terminal.close();
  };
  return { server, terminals, knowledge, tally, time, exchange, count, unseen, close };
}

export type World = Awaited<ReturnType<typeof liveThrough>>;
