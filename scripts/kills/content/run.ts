import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileBytes, testLeaflet } from '../../../test/fixtures/leaflets.ts';
import { contentServer } from '../../../test/integration/content/content-server.ts';
import { pick, seeded } from '../seeded.ts';
import { inspect } from './inspect.ts';
import { type Shown, shownSchema } from './shown.ts';

export interface ContentKillsOptions {
  readonly times: number;
  readonly seed: number;
  /** Emptied first. */
  readonly folder: string;
  /** Progress and findings, for people. */
  readonly log: (text: string) => void;
}

const PROCESS = join(import.meta.dirname, 'process.ts');
/** Files that are new with each release, and bytes of each; as many stay from the one before. */
const NEW_FILES = 5;
const FILE_BYTES = 600_000;
/** What a process is to be killed at, or so long after it; one that does not get there is killed all the same. Milliseconds. */
const MOMENTS = ['at once', 'downloading', 'downloading', 'downloading', 'proving', 'ready', 'shown'] as const;
const LONGEST_LIFE_MS = 1500;
const LONGEST_AFTER_MS = 60;
const LONGEST_AFTER_DOWNLOADING_MS = 300;
/** So often the server calls a release back once it is shown, and shows it again. */
const CALLED_BACK = 0.2;
/** Whoever is left in peace must show the last release within this. */
const QUIET_MS = 60_000;

type Child = ChildProcessByStdio<null, Readable, null>;

/** One process, from its first word to its death. What its page was shown goes to `onShown`. */
async function start(url: string, folder: string, seed: number, onShown: (shown: Shown) => void): Promise<Child> {
  const child = spawn(process.execPath, [PROCESS, url, folder, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the terminal ended by itself')));
    lines.on('line', (line) => {
      if (line === 'ready') resolve();
      else onShown(shownSchema.parse(JSON.parse(line)));
    });
  });
  await ready;
  return child;
}

/**
 * A terminal that gets one release after the other and is killed with -9 again and again: while files come, while they are
 * verified and proved, while sets are switched, on the way forth and back. After each kill its disk is looked at.
 */
export async function runContentKills({ times, seed, folder, log }: ContentKillsOptions) {
  const startedMs = Date.now();
  rmSync(folder, { recursive: true, force: true });
  const terminalFolder = join(folder, 'terminal');
  const server = await contentServer(join(folder, 'server'));
  const random = seeded(seed);
  const published = new Map<number, string>();
  const phases: Record<string, number> = {};
  const faults: string[] = [];
  let size = 0;
  let files: Buffer[] = [];
  let newest = 0;
  let wanted = 0;
  let everShown = false;
  let shownNow = 0;

  async function publish(): Promise<void> {
    newest += 1;
    const fresh = Array.from({ length: NEW_FILES }, (_, index) => fileBytes(FILE_BYTES, newest * 100 + index));
    size += NEW_FILES * FILE_BYTES;
    files = [...files.slice(-NEW_FILES), ...fresh];
    const leaflets = files.map((bytes, index) => testLeaflet(newest * 100 + index, [bytes]));
    await server.publish(newest, leaflets, fresh);
    published.set(newest, leaflets.map(({ id, version }) => `${id}/${version}`).join(' '));
    wanted = newest;
  }

  /** A set that is not exactly one of those that were published is a mixture. */
  function judge({ release, leaflets }: Shown, where: string): void {
    everShown = true;
    shownNow = release;
    if (published.get(release) !== leaflets.join(' ')) faults.push(`${where}: release ${release} is mixed`);
  }

  function lookAtDisk(kill: number): void {
    const found = inspect(terminalFolder);
    if (found === null) {
      if (everShown) faults.push(`kill ${kill}: nothing is to be shown any more`);
      return;
    }
    judge(found, `kill ${kill}, disk`);
    faults.push(...found.faults.map((fault) => `kill ${kill}, release ${found.release}: ${fault}`));
  }

  async function live(): Promise<void> {
    const moment = MOMENTS[pick(random, MOMENTS.length)];
    const reports = server.reports.length;
    const isThere = () =>
      moment === 'shown' ? shownNow === wanted : server.reports.slice(reports).at(-1)?.progress.state === moment;
    const deadline = Date.now() + (moment === 'at once' ? 0 : LONGEST_LIFE_MS);
    while (!isThere() && Date.now() < deadline) await sleep(2);
    await sleep(pick(random, moment === 'downloading' ? LONGEST_AFTER_DOWNLOADING_MS : LONGEST_AFTER_MS));
  }

  async function goOn(): Promise<void> {
    if (shownNow !== wanted) return;
    const back = newest > 1 && wanted === newest && random() < CALLED_BACK;
    if (!back && wanted === newest) return publish();
    wanted = back ? newest - 1 : newest;
    server.point(wanted);
  }

  await publish();
  for (let kill = 1; kill <= times; kill += 1) {
    const child = await start(server.url, terminalFolder, seed + kill, (shown) => judge(shown, `kill ${kill}, page`));
    await live();
    const phase = server.reports.at(-1)?.progress.state ?? 'starting';
    child.removeAllListeners('exit');
    child.kill('SIGKILL');
    await once(child, 'exit');
    phases[phase] = (phases[phase] ?? 0) + 1;
    lookAtDisk(kill);
    if (kill % 25 === 0) log(`kill ${kill} of ${times}: release ${shownNow} of ${newest}; ${JSON.stringify(phases)}`);
    await goOn();
  }

  const last = await start(server.url, terminalFolder, seed, (shown) => judge(shown, 'at the end, page'));
  for (const deadline = Date.now() + QUIET_MS; shownNow !== wanted && Date.now() < deadline;) await sleep(50);
  if (shownNow !== wanted) faults.push(`release ${wanted} was not shown in the end`);
  last.removeAllListeners('exit');
  last.kill('SIGKILL');
  await once(last, 'exit');
  lookAtDisk(times + 1);
  await server.close();
  for (const fault of faults.slice(0, 10)) log(fault);
  return {
    what: 'content',
    kills: times,
    phases,
    releases: newest,
    bytes: size,
    sent: server.sentBytes(),
    ratio: Math.round((server.sentBytes() / size) * 1000) / 1000,
    faults: faults.length,
    seconds: Math.round((Date.now() - startedMs) / 1000),
  };
}
