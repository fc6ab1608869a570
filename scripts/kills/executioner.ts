import { exited } from '../demo/child.ts';
import type { Station } from '../demo/station.ts';
import type { World } from '../demo/world.ts';
import { type KioskLoad, type ShownOutcome, startKioskLoad } from './kiosk-load.ts';
import type { Victim } from './plan.ts';
import type { Postgres } from './postgres.ts';

export interface ExecutionerDeps {
  readonly server: World['server'];
  readonly terminal: Station;
  readonly postgres: Postgres | null;
  /** What is scanned at the terminal. */
  readonly labels: readonly string[];
  readonly random: () => number;
}

/** Kills one process of the community with -9 and starts it again at once; the kiosk's load goes on with the terminal. */
export async function createExecutioner({ server, terminal, postgres, labels, random }: ExecutionerDeps) {
  const shown: ShownOutcome[] = [];
  const killed: Record<Victim, number> = { terminal: 0, server: 0, postmaster: 0 };
  let serverEnded = 0;
  const startKiosk = (): Promise<KioskLoad> => startKioskLoad(terminal, labels, random);
  let kiosk = await startKiosk();

  async function killTerminal(): Promise<void> {
    terminal.process().kill('SIGKILL');
    await exited(terminal.process());
    const restarted = terminal.restart();
    shown.push(...(await kiosk.stop()));
    await restarted;
    kiosk = await startKiosk();
  }

  async function killServer(): Promise<void> {
    const child = server.process();
    if (child === undefined) throw new Error('there is no server to kill');
    child.kill('SIGKILL');
    await exited(child);
    await server.up();
  }

  async function killPostmaster(): Promise<void> {
    if (postgres === null) throw new Error('there is no postmaster to kill');
    await postgres.killAndRestart();
  }

  const ways: Readonly<Record<Victim, () => Promise<void>>> = {
    terminal: killTerminal,
    server: killServer,
    postmaster: killPostmaster,
  };

  return {
    killed: (): Readonly<Record<Victim, number>> => killed,

    /** How often the server was found to have ended though nobody had killed it. */
    serverEnded: () => serverEnded,

    async kill(victim: Victim): Promise<void> {
      if (!server.isUp()) {
        serverEnded += 1;
        await server.up();
      }
      await ways[victim]();
      killed[victim] += 1;
    },

    /** Ends the load at the kiosk. All that was shown there, in order. */
    async finish(): Promise<readonly ShownOutcome[]> {
      if (!server.isUp()) {
        serverEnded += 1;
        await server.up();
      }
      shown.push(...(await kiosk.stop()));
      return shown;
    },
  };
}
