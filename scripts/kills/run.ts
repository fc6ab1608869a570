import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { deviceOf } from '#shared/ledger/writer.ts';
import type { DatabaseChoice } from '#server/store/database.ts';
import { openPage } from '../demo/page-client.ts';
import { startWorld } from '../demo/world.ts';
import { eventsOf, openForReading } from '../tool/event-files.ts';
import { verifyTerminalFile } from '../tool/verify-file.ts';
import { verifyServer } from '../tool/verify-server.ts';
import { faultsOfLog, type Loss, lostEvents, lostOutcomes } from './compare.ts';
import { createExecutioner } from './executioner.ts';
import { planKills, type Victim } from './plan.ts';
import { startPostgres } from './postgres.ts';
import { startPushLoad } from './push-load.ts';
import { seeded } from './seeded.ts';
import { readServer } from './server-log.ts';
import { becomeTerminal } from './synthetic-terminal.ts';

const ITEMS = 24;
/** Where the second terminal stands. */
const SECOND_STATION = 'LF';
/** Everything must be quiet within this, once the kills have ended. */
const QUIET_MS = 120_000;
const SHOWN_LOSSES = 10;

export interface KillsOptions {
  readonly database: 'sqlite' | 'postgres';
  readonly times: number;
  readonly victims: readonly Exclude<Victim, 'postmaster'>[];
  readonly seed: number;
  /** Emptied first. */
  readonly folder: string;
  /** Progress and findings, for people. */
  readonly log: (text: string) => void;
}

function eventsIn(path: string): LedgerEvent[] {
  const db = openForReading(path);
  try {
    return [...eventsOf(db, 0)].map(({ event }) => event);
  } finally {
    db.close();
  }
}

function isHere(path: string, id: string): boolean {
  const db = openForReading(path);
  try {
    return db.prepare('SELECT 1 FROM events WHERE id = ?').get(id) !== undefined;
  } finally {
    db.close();
  }
}

/** One community under load on one kind of database, one kill after another; then what is left is compared. */
export async function runKills({ database, times, victims, seed, folder, log }: KillsOptions) {
  const startedMs = Date.now();
  rmSync(folder, { recursive: true, force: true });
  const postgres = database === 'postgres' ? await startPostgres() : null;
  const where = postgres === null ? {} : { databaseUrl: postgres.url };
  const world = await startWorld({ folder, terminals: 1, fixedPorts: false, log, ...where });
  const { server } = world;
  const [terminal] = world.terminals;
  if (terminal === undefined) throw new Error('no terminal');
  const itemsAt = (station: string) => world.items.filter(({ home }) => home === station).slice(0, ITEMS);

  // Each has a generator of its own: how fast one of them goes changes nothing for the others.
  const plan = planKills(times, victims, postgres !== null, seeded(seed));
  const executioner = await createExecutioner({
    server,
    terminal,
    postgres,
    labels: itemsAt(terminal.station).map(({ label }) => label),
    random: seeded(seed + 1),
  });
  const pushes = startPushLoad({
    ...(await becomeTerminal(server, SECOND_STATION)),
    serverUrl: server.url,
    station: SECOND_STATION,
    items: itemsAt(SECOND_STATION).map(({ item }) => item),
    random: seeded(seed + 2),
  });

  for (const [index, { victim, afterMs }] of plan.entries()) {
    await sleep(afterMs);
    await executioner.kill(victim);
    log(`${database}: kill ${index + 1} of ${plan.length}: ${victim}; ${pushes.acknowledged().length} acknowledged`);
  }
  const shown = await executioner.finish();
  await pushes.drain(QUIET_MS);

  const page = await openPage(await terminal.newLink());
  await page.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0, QUIET_MS, 0);
  await page.close();
  const sent = pushes.acknowledged().map(({ event }) => event);
  const visible = sent.filter(({ scope, subject }) => scope === 'community' && subject.startsWith('item:'));
  const last = visible.at(-1);
  for (const deadline = Date.now() + QUIET_MS; last !== undefined && Date.now() < deadline; await sleep(250)) {
    if (isHere(terminal.databasePath, last.id)) break;
  }
  await world.close();

  const choice: DatabaseChoice =
    postgres === null ? { kind: 'sqlite', path: server.databasePath } : { kind: 'postgres', url: postgres.url };
  const onServer = await readServer(choice);
  const findings = [...verifyTerminalFile(terminal.databasePath, false), ...(await verifyServer(choice, false))];
  await postgres?.stop();
  const atTerminal = eventsIn(terminal.databasePath);
  const own = atTerminal.filter((event) => deviceOf(event.terminal) === terminal.id);
  const pulled = new Set(atTerminal.map(({ id }) => id));

  const losses: Loss[] = [
    ...lostOutcomes(shown, own),
    // The screen has said that all of them are on the server.
    ...lostEvents(own, onServer),
    ...lostEvents(sent, onServer),
    ...faultsOfLog(onServer),
    ...visible.flatMap(({ id }): Loss[] => (pulled.has(id) ? [] : [{ what: 'not-pulled', about: id }])),
  ];
  for (const { what, about } of losses.slice(0, SHOWN_LOSSES)) log(`${what}: ${about}`);
  for (const finding of findings) log(JSON.stringify(finding));
  return {
    database,
    kills: plan.length,
    killed: executioner.killed(),
    serverEnded: executioner.serverEnded(),
    answers: pushes.answers(),
    shown: shown.length,
    recorded: own.length,
    onServer: onServer.events.filter(({ event }) => deviceOf(event.terminal) === terminal.id).length,
    acknowledged: own.length + sent.length,
    aside: onServer.aside.length,
    lost: losses.length,
    clean: findings.every(({ ok }) => ok),
    seconds: Math.round((Date.now() - startedMs) / 1000),
  };
}
