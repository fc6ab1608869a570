/**
 * `npm run demo [-- --terminals N] [--once] [--fresh]`: a whole community on this machine. `--once` needs no display: it lends
 * and returns one umbrella through the emulated devices, prints what the server recorded, and exits 0 only if all of it
 * happened.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createDockServer } from './demo/dock-server.ts';
import { freePort } from './demo/free-port.ts';
import { lendAndReturnOnce } from './demo/once.ts';
import { openInBrowser } from './demo/open-in-browser.ts';
import { startWorld } from './demo/world.ts';

const ROOT = join(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    terminals: { type: 'string', default: '1' },
    once: { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
  },
});
const terminals = Number(values.terminals);
if (!Number.isInteger(terminals) || terminals < 1 || terminals > 12) {
  console.error('--terminals wants a number from 1 to 12');
  process.exit(2);
}

const folder = join(ROOT, values.once ? 'out/demo-once' : '.data/demo');
if (values.once || values.fresh) rmSync(folder, { recursive: true, force: true });
const say = (text: string) => console.error(`[demo] ${text}`);
const world = await startWorld({ folder, terminals, fixedPorts: !values.once, log: say });

if (values.once) {
  const recorded = await lendAndReturnOnce(world, say);
  console.log(JSON.stringify(recorded, null, 2));
  await world.close();
  process.exit(recorded.ok ? 0 : 1);
}

const dock = await createDockServer({
  world,
  port: await freePort(4402),
  pageDir: join(ROOT, 'dist/dock'),
});
const kiosks = world.terminals.map((terminal) => `${dock.origin}/kiosk/${terminal.id}`);
console.log(`kiosk, console and dock are at ...

  kiosk    ${kiosks.join('\n           ')}
  console  ${world.server.url}   (account admin, password ${world.server.adminPassword})
  dock     ${dock.origin}

In the dock: choose an umbrella, "scan", then choose a resident, "tap card". Watch the kiosk and the console.
These are synthetic people and demo passwords, kept in ${folder}: not for real use. Ctrl-C ends it.`);
openInBrowser([...kiosks, world.server.url, dock.origin], process.env);

let ending = false;
async function end(): Promise<void> {
  if (ending) return;
  ending = true;
  say('stopping ...');
  await dock.close();
  await world.close();
  process.exit(0);
}
process.on('SIGINT', () => void end());
process.on('SIGTERM', () => void end());
