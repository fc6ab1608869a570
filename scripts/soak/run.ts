import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeviceCondition } from '#shared/contract/kiosk.ts';
import { createRandom } from '../../test/sim/random.ts';
import { DEVICES, type DeviceName, type Told, toldSchema } from './contract.ts';
import { type LifeTally, liveThrough } from './device-life.ts';
import { createSoakDevices } from './devices.ts';

export interface SoakFigures {
  readonly seconds: number;
  readonly devices: Readonly<Record<string, LifeTally & { readonly twice: number; readonly unasked: number }>>;
  /** CPU time of the process with the drivers, in parts of one core. */
  readonly cpu: number;
  /** Its memory, bytes: at each look. */
  readonly rss: readonly number[];
}

export interface SoakOptions {
  readonly seed: number;
  /** Asked before each round of a device, with how many it has had and how long all have lived. */
  readonly goesOn: (rounds: number, seconds: number) => boolean;
  /** How often to look at the memory. */
  readonly lookMs: number;
}

type Usage = Extract<Told, { kind: 'usage' }>;

const PATIENCE_MS = 20_000;
const POLL_MS = 50;
/** Longer than the pause with which drivers drop half a frame. */
const SILENCE_MS = 500;

/** Lets three devices live through mishaps in front of the real drivers in a process of their own. */
export async function runSoak({ seed, goesOn, lookMs }: SoakOptions): Promise<SoakFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-soak-'));
  const devices = createSoakDevices(folder);
  await Promise.all(DEVICES.map((name) => devices[name].line.plug()));
  const child = fork(join(import.meta.dirname, 'process.ts'), [folder]);
  const conditions = new Map<DeviceName, DeviceCondition>();
  const readings: Record<DeviceName, string[]> = { scanner: [], cardReader: [], icCardReader: [] };
  let answer: (usage: Usage) => void = () => {};
  child.on('message', (message) => {
    const told = toldSchema.parse(message);
    if (told.kind === 'condition') conditions.set(told.device, told.condition);
    else if (told.kind === 'reading') readings[told.device].push(told.what);
    else answer(told);
  });
  let asked: Promise<unknown> = Promise.resolve();
  const usage = (): Promise<Usage> => {
    const next = asked.then(
      () =>
        new Promise<Usage>((resolve) => {
          answer = resolve;
          child.send('usage');
        }),
    );
    asked = next;
    return next;
  };

  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const before = await usage();
  const rss: number[] = [];
  const look = async () => {
    rss.push((await usage()).rss);
  };
  const looking = setInterval(() => void look(), lookMs);

  const live = async (name: DeviceName, index: number) => {
    const settled = async () => {
      for (let seen = -1; ;) {
        await sleep(SILENCE_MS);
        const now = (await usage()).seen[name];
        if (conditions.get(name) === 'ready' && now === seen && name !== 'cardReader') return;
        // It is asked all the time, so it is never silent: that it is well is enough.
        if (conditions.get(name) === 'ready' && name === 'cardReader' && seen !== -1) return;
        seen = now;
      }
    };
    const expected: string[] = [];
    const isRead = async (what: string) => {
      expected.push(what);
      for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
        if (readings[name].includes(what)) return true;
        await sleep(POLL_MS);
      }
      return false;
    };
    let rounds = 0;
    const tally = await liveThrough(
      devices[name],
      { random: createRandom(seed * DEVICES.length + index), sleep: (ms) => sleep(ms), settled, isRead },
      () => goesOn(rounds++, elapsed()),
    );
    const counts = new Map<string, number>();
    for (const what of readings[name]) counts.set(what, (counts.get(what) ?? 0) + 1);
    const twice = expected.filter((what) => (counts.get(what) ?? 0) > 1).length;
    const unasked = readings[name].filter((what) => !expected.includes(what)).length;
    return [name, { ...tally, twice, unasked }] as const;
  };

  try {
    const lives = await Promise.all(DEVICES.map((name, index) => live(name, index)));
    clearInterval(looking);
    const after = await usage();
    const seconds = elapsed();
    return { seconds, devices: Object.fromEntries(lives), cpu: (after.cpuUs - before.cpuUs) / 1e6 / seconds, rss };
  } finally {
    clearInterval(looking);
    const ended = once(child, 'exit');
    child.disconnect();
    await ended;
    await Promise.all(DEVICES.map((name) => devices[name].line.unplug()));
    rmSync(folder, { recursive: true, force: true });
  }
}
