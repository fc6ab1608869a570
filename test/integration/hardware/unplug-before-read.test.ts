import { spawnSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import 'serialport';
import { bareWire, cpuShare, serialAt, until } from './device-bench.ts';

/** Stops this thread; threads that open files, and other processes, go on. */
const standStill = () => spawnSync('sleep', ['0.1']);

/**
 * The case of device notes 4.2: a line is open, and its plug is pulled before its first read. To be sure of that order,
 * this thread stands still while another has it opened, and while the plug is pulled, and put back where `putBack`.
 */
async function pullBeforeFirstRead(putBack: boolean) {
  const line = bareWire();
  await line.plug();
  let gone = 0;
  const opening = serialAt(line.path).open({
    onBytes: () => {},
    onGone: () => {
      gone += 1;
    },
  });
  // The line looks at its node first; when these looks, begun later, have ended too, it is being opened. Its library was
  // loaded before: that takes long.
  await stat(line.path);
  await stat(line.path);
  await turn();
  standStill();
  const unplugged = line.unplug();
  standStill();
  const plugged = putBack ? line.plug() : Promise.resolve();
  standStill();
  const [opened] = await Promise.all([opening, unplugged, plugged]);
  if (!opened.ok) throw new Error(`the line was not open before its plug was pulled: ${opened.error}`);
  return { line: opened.value, gone: () => gone };
}

it.each([
  ['is noticed', false],
  ['is noticed though it was put back at once', true],
])('a plug pulled before the first read %s, and no core spins', async (_what, putBack) => {
  const { line, gone } = await pullBeforeFirstRead(putBack);
  await until(() => gone() > 0, 'the hang-up to be noticed');
  expect(line.send(Uint8Array.of(1))).toBe(false);
  expect(await cpuShare(1_000)).toBeLessThan(0.5);
  await line.close();
  expect(gone()).toBe(1);
});
