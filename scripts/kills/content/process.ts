/**
 * A terminal's leaflets with a page that takes its time, to be killed: URL of a server, folder, seed. Prints what its page is
 * shown, a JSON line each time.
 */
import type { KioskContent } from '#shared/contract/kiosk-content.ts';
import { terminalSide } from '../../../test/integration/content/terminal-side.ts';
import { seeded } from '../seeded.ts';
import type { Shown } from './shown.ts';

const [url = '', folder = '', seed = '0'] = process.argv.slice(2);
/** Files come no faster, bytes a second, so that there is a time in which they come. */
const BYTES_PER_SECOND = 4_000_000;
const LONGEST_PROOF_MS = 120;
const LONGEST_READING_MS = 400;

const random = seeded(Number(seed));
const terminal = terminalSide(url, folder, { autoPage: false, bytesPerSecond: BYTES_PER_SECOND });
const later = (task: () => void, longestMs: number) => void setTimeout(task, random() * longestMs);

let proving: number | null = null;
let painted: number | null = null;

function look({ release, leaflets, toProve }: KioskContent): void {
  if (release !== null && release !== painted) {
    painted = release;
    const shown: Shown = { release, leaflets: leaflets.map(({ id, version }) => `${id}/${version}`) };
    process.stdout.write(`${JSON.stringify(shown)}\n`);
    terminal.act({ kind: 'painted', release });
  }
  if (toProve !== null && toProve.release !== proving) {
    proving = toProve.release;
    // Often somebody is reading just then, and goes away later.
    if (random() < 0.7) terminal.act({ kind: 'screen', screen: 'leaflets' });
    later(() => terminal.act({ kind: 'screen', screen: 'idle' }), LONGEST_READING_MS);
    later(() => terminal.act({ kind: 'proved', release: toProve.release, fault: null }), LONGEST_PROOF_MS);
  }
}

terminal.source.subscribe((content) => queueMicrotask(() => look(content)));
terminal.start();
look(terminal.view());
process.stdout.write('ready\n');
