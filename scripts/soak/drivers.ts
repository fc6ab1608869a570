import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DeviceCondition } from '#shared/contract/kiosk.ts';
import { type Lane, type SetUp, wordSchema } from './words.ts';

export interface Usage {
  readonly atMs: number;
  readonly cpuMicros: number;
  readonly rss: number;
  readonly heap: number;
}

/** What the drivers' process has said so far. */
export interface Drivers {
  /** All conditions of a line in turn; the last is the present one. */
  readonly conditions: Readonly<Record<Lane, DeviceCondition[]>>;
  /** What was read on a line, and how often. */
  readonly readings: Readonly<Record<Lane, Map<string, number>>>;
  /** How often a line has said that a card can't be read. */
  readonly unreadable: Readonly<Record<Lane, { times: number }>>;
  readonly usage: Usage[];
  hasEnded(): boolean;
  /** Resolves with its exit code, null where a signal has ended it. */
  stop(): Promise<number | null>;
}

function ofEach<Value>(make: () => Value): Record<Lane, Value> {
  return { scanner: make(), cardReader: make(), icCardReader: make(), tcpScanner: make() };
}

export function startDrivers(setUp: SetUp, monotonic: () => number): Drivers {
  const conditions = ofEach((): DeviceCondition[] => ['no-device']);
  const readings = ofEach(() => new Map<string, number>());
  const unreadable = ofEach(() => ({ times: 0 }));
  const usage: Usage[] = [];
  const began = monotonic();
  const child = spawn(
    process.execPath,
    ['--expose-gc', join(import.meta.dirname, 'process.ts'), JSON.stringify(setUp)],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exit = once(child, 'exit');
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (text) => {
    const said = wordSchema.parse(JSON.parse(text));
    if (said.word === 'condition') conditions[said.lane].push(said.condition);
    else if (said.word === 'reading') readings[said.lane].set(said.what, (readings[said.lane].get(said.what) ?? 0) + 1);
    else if (said.word === 'unreadable') unreadable[said.lane].times += 1;
    else usage.push({ atMs: monotonic() - began, cpuMicros: said.cpuMicros, rss: said.rss, heap: said.heap });
  });
  return {
    conditions,
    readings,
    unreadable,
    usage,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async stop() {
      child.stdin.end();
      await exit;
      return child.exitCode;
    },
  };
}
