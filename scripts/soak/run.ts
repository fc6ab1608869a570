import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createPseudoTerminal } from '#hardware/emulator/pseudo-terminal.ts';
import { createSerialServer } from '#hardware/emulator/serial-server.ts';
import { seeded } from '../kills/seeded.ts';
import { startDrivers, type Usage } from './drivers.ts';
import { cardReaderPlayer, icCardPlayer, type Player, scannerPlayer, tcpScannerPlayer } from './lanes.ts';
import { live } from './live.ts';
import type { Lane } from './words.ts';

export interface SoakOptions {
  readonly seed: number;
  /** Every wait of the drivers but the pauses divided by this; 1 is the product. */
  readonly hurry: number;
  readonly sampleMs: number;
  /** Whether another round is wanted, by the rounds that a device has had. */
  readonly goOn: (round: number) => boolean;
}

export interface LaneFigures {
  readonly lane: Lane;
  readonly sent: number;
  readonly delivered: number;
  readonly missing: readonly string[];
  /** Of all that was shown, also in trouble. */
  readonly twice: readonly string[];
  /** Read, but never shown: damage that no check has found. */
  readonly neverShown: number;
  /** How often a card was said to be unreadable, as one is on a bad wire. */
  readonly unreadable: number;
  /** Whether there must be none of these: what the device sends has a check. */
  readonly isChecked: boolean;
  readonly troubles: Readonly<Record<string, number>>;
  readonly stuck: readonly string[];
}

export interface SoakFigures {
  readonly lanes: readonly LaneFigures[];
  readonly usage: readonly Usage[];
  /** Of the drivers' process; 0 is good. */
  readonly exitCode: number | null;
}

/** Devices that misbehave from a seed, the real drivers in a process of their own, and what came of it. */
export async function runSoak({ seed, hurry, sampleMs, goOn }: SoakOptions): Promise<SoakFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'red-sail-soak-'));
  const at = (name: string) => join(folder, name);
  const lines = ['scanner', 'card-reader', 'ic-card-reader'].map((name) => createPseudoTerminal({ path: at(name) }));
  const [scanner, cardReader, icCardReader] = lines;
  if (scanner === undefined || cardReader === undefined || icCardReader === undefined) throw new Error('three lines');
  const server = createSerialServer();
  await server.listen();

  const around = (turn: number) => ({
    sleep: (ms: number) => sleep(ms),
    random: seeded(seed * 8 + turn),
  });
  const players: readonly Player[] = [
    scannerPlayer(scanner, around(0)),
    cardReaderPlayer(cardReader, around(1)),
    icCardPlayer(icCardReader, around(2)),
    tcpScannerPlayer(server, around(3)),
  ];
  const drivers = startDrivers(
    {
      scanner: at('scanner'),
      cardReader: at('card-reader'),
      icCardReader: at('ic-card-reader'),
      tcpPort: server.port(),
      hurry,
      sampleMs,
    },
    () => performance.now(),
  );
  const tallies = await Promise.all(
    players.map(async (player, turn) => ({
      player,
      tally: await live({ player, drivers, sleep: (ms) => sleep(ms), random: seeded(seed * 8 + 4 + turn), goOn }),
    })),
  );
  const exitCode = await drivers.stop();
  await Promise.all(players.map(({ unplug }) => unplug()));
  rmSync(folder, { recursive: true });

  const lanes = tallies.map(({ player: { lane, isChecked }, tally }): LaneFigures => {
    const { valid, doubtful, troubles, stuck } = tally;
    const read = drivers.readings[lane];
    const shown = new Set([...valid, ...doubtful]);
    const missing = valid.filter((what) => !read.has(what));
    return {
      lane,
      sent: valid.length,
      delivered: valid.length - missing.length,
      missing,
      twice: [...shown].filter((what) => (read.get(what) ?? 0) > 1),
      neverShown: [...read.keys()].filter((what) => !shown.has(what)).length,
      unreadable: drivers.unreadable[lane].times,
      isChecked,
      troubles,
      stuck,
    };
  });
  return { lanes, usage: drivers.usage, exitCode };
}
