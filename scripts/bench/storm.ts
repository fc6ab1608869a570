import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DEMO_STATIONS } from '../demo/community.ts';
import { startWorld, type World } from '../demo/world.ts';
import { printMeasure } from './measure.ts';
import type { BenchOptions } from './options.ts';
import type { EndedReport } from './storm/messages.ts';
import { startTerminalProcess } from './storm/terminal-process.ts';
import { newCode } from './terminal.ts';

const TERMINALS = 12;
const EVENTS = 50_000;
/** What measures.md allows the server. */
const TARGET_MB = 400;
const FOLDER = join(import.meta.dirname, '../../out/bench/storm');

/** The most memory that a process ever had, megabytes: VmHWM of proc(5), which counts in kB of 1024 bytes. */
function peakMegabytes(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error('no VmHWM: is this Linux?');
  return Number(kilobytes) / 1024;
}

/** Answers that say no, but for those that say later (429, 503). */
function refusals(reports: readonly EndedReport[]): { refused: number; later: number; unanswered: number } {
  const all = reports.flatMap(({ answers }) => Object.entries(answers));
  const sum = (which: (status: number) => boolean) =>
    all.reduce((total, [status, count]) => (which(Number(status)) ? total + count : total), 0);
  const isLater = (status: number) => status === 429 || status === 503;
  return {
    refused: sum((status) => status >= 400 && !isLater(status)),
    later: sum(isLater),
    unanswered: reports.reduce((total, report) => total + report.unanswered, 0),
  };
}

async function storm(world: World, count: number, events: number): Promise<void> {
  const stations = Array.from({ length: count }, (_, index) => DEMO_STATIONS[index % DEMO_STATIONS.length] ?? 'LD');
  console.error(`${count} terminals write ${events} events each, offline ...`);
  const terminals: ReturnType<typeof startTerminalProcess>[] = [];
  /** What was in the server's log before. */
  let seed = 0;
  try {
    for (const [index, station] of stations.entries()) {
      const terminal = startTerminalProcess({
        folder: join(FOLDER, `terminal-${index + 1}`),
        serverUrl: world.server.url,
        code: await newCode(world, station),
        items: world.items.flatMap(({ item, home }) => (home === station ? [item] : [])),
        events,
      });
      terminals.push(terminal);
      // One after another: what they do before the storm is not what is measured.
      seed = (await terminal.ready).seq;
    }
    const pid = world.server.process()?.pid;
    if (pid === undefined) throw new Error('no server');
    const before = peakMegabytes(pid);
    const all = events * count;
    const started = performance.now();
    console.error('all reconnect at once ...');
    const quiet = terminals.map(async (terminal, index) => {
      await terminal.quiet(seed + all);
      console.error(`terminal ${index + 1} is quiet after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    });
    await Promise.all(quiet);
    const seconds = (performance.now() - started) / 1000;
    const peak = peakMegabytes(pid);
    const { refused, later, unanswered } = refusals(await Promise.all(terminals.map((terminal) => terminal.stop())));

    printMeasure({ metric: 'storm time to quiet', value: seconds, unit: 's', reference: null });
    printMeasure({ metric: 'storm taken by the server', value: all / seconds, unit: 'events/s', reference: null });
    printMeasure({
      metric: 'storm taken by all terminals',
      value: (all * (count - 1)) / seconds,
      unit: 'events/s',
      reference: null,
    });
    printMeasure({
      metric: 'storm server memory',
      value: peak,
      unit: 'MB',
      reference: { name: 'target', value: TARGET_MB },
    });
    printMeasure({
      metric: 'storm server memory',
      value: peak,
      unit: 'MB',
      reference: { name: 'before the storm', value: before },
    });
    printMeasure({ metric: 'storm requests refused', value: refused, unit: 'requests', reference: null });
    printMeasure({ metric: 'storm requests told to come later', value: later, unit: 'requests', reference: null });
    printMeasure({ metric: 'storm requests without an answer', value: unanswered, unit: 'requests', reference: null });
  } finally {
    for (const terminal of terminals) terminal.kill();
  }
}

/**
 * Terminals that were cut off for long and come back in the same moment, each a process, with what they wrote meanwhile: how
 * long until all have all, and what it costs the server. The terminals share the machine with it.
 */
export async function run({ events, terminals }: BenchOptions): Promise<void> {
  rmSync(FOLDER, { recursive: true, force: true });
  const world = await startWorld({ folder: FOLDER, terminals: 0, fixedPorts: false, log: () => {} });
  try {
    await storm(world, terminals ?? TERMINALS, events ?? EVENTS);
  } finally {
    await world.close();
  }
}
