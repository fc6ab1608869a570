import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import 'serialport';
import { createTransport } from '#hardware/transport/device-transport.ts';
import { cpuShare, SILENT_LOG, until } from './device-bench.ts';

/** linux/tty: ioctl TIOCVHANGUP, for root alone. */
const TIOCVHANGUP = 0x5437;

/** A pseudo-terminal whose far end says nothing and holds it. */
async function heldWire() {
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-devices-'));
  const path = join(folder, 'wire');
  const socat = spawn('socat', [`PTY,link=${path},raw,echo=0`, 'STDIO'], { stdio: ['pipe', 'ignore', 'inherit'] });
  onTestFinished(() => {
    socat.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });
  await until(() => existsSync(path), 'the pseudo-terminal');
  return {
    path,
    /**
     * Whoever has the line open is hung up, as a driver does whose device is gone; the node stays, as it does in a
     * container with nodes of its own. All is done when it returns, and this thread stood still meanwhile. Who is not root
     * can only take the node away with it.
     */
    hangUp(): void {
      if (process.getuid?.() !== 0) {
        socat.kill('SIGKILL');
        spawnSync('sleep', ['0.1']);
        return;
      }
      socat.kill('SIGSTOP');
      const script = `open(my $tty, '+<', $ARGV[0]) or die $!; ioctl($tty, ${TIOCVHANGUP}, 0) or die $!`;
      const { status, stderr } = spawnSync('perl', ['-e', script, path], { encoding: 'utf8' });
      if (status !== 0 || !existsSync(path)) throw new Error(`not hung up: ${stderr}`);
    },
  };
}

function start(path: string) {
  let gone = 0;
  const events = {
    onBytes: () => {},
    onGone: () => {
      gone += 1;
    },
  };
  // As the product has it: its own time between two looks counts here.
  const opening = createTransport({ path, baud: 115_200 }, SILENT_LOG).open(events);
  return { opening, gone: () => gone };
}

/** Ends in less than this: the share of a core for the 2 s in which a hang-up must be noticed. */
const CPU_MICROSECONDS = 2_000_000;

async function expectNoticed(gone: () => number, before: NodeJS.CpuUsage) {
  await until(() => gone() > 0, 'the hang-up to be noticed');
  const { user, system } = process.cpuUsage(before);
  expect(user + system).toBeLessThan(CPU_MICROSECONDS);
  expect(await cpuShare(1_000)).toBeLessThan(0.5);
}

it('a hang-up before the first read, which makes no event and leaves the node, is noticed and spins no core for long', async () => {
  const wire = await heldWire();
  const { opening, gone } = start(wire.path);
  // The line looks at its node first; when these looks, begun later, have ended too, it is being opened.
  await stat(wire.path);
  await stat(wire.path);
  await turn();
  // While this thread stands still another opens the line.
  spawnSync('sleep', ['0.1']);
  wire.hangUp();
  const before = process.cpuUsage();
  const opened = await opening;
  if (!opened.ok) throw new Error(`the line was not open before it was hung up: ${opened.error}`);
  await expectNoticed(gone, before);
  expect(opened.value.send(Uint8Array.of(1))).toBe(false);
  await opened.value.close();
  expect(gone()).toBe(1);
});

it('a hang-up of a line that is being read, with its node still there, is noticed once', async () => {
  const wire = await heldWire();
  const { opening, gone } = start(wire.path);
  const opened = await opening;
  if (!opened.ok) throw new Error(opened.error);
  // Its first read is waiting.
  await cpuShare(100);
  const before = process.cpuUsage();
  wire.hangUp();
  await expectNoticed(gone, before);
  await opened.value.close();
  expect(gone()).toBe(1);
});
