import { expect } from 'vitest';
import type { RefusalOfRelease } from '#shared/contract/content.ts';
import { fileBytes, testLeaflet } from '../../../fixtures/leaflets.ts';
import { contentWorld } from '../content-world.ts';
import type { TerminalSideOptions } from '../terminal-side.ts';

/** What release 1 shows, and what the attacked release 2 would. */
export const GOOD = fileBytes(120_000, 1);
export const NEXT = fileBytes(150_000, 2);

/** A station that shows release 1, which is good, and what must be true of it after each attack. */
export async function attackWorld(options: TerminalSideOptions = {}) {
  const world = await contentWorld(options);
  await world.server.publish(1, [testLeaflet(1, [GOOD])], [GOOD]);
  const terminal = world.start();
  await world.shows(terminal, 1);
  await expect.poll(() => world.lastReport()?.showing?.release).toBe(1);

  return {
    ...world,
    terminal,

    /** Asks the server; resolves when it was asked and the answer was judged. */
    async ask(asking: Pick<typeof terminal, 'poke' | 'lines'> = terminal): Promise<void> {
      const judged = () => asking.lines.filter((line) => line.includes('somebody was asked for leaflets')).length;
      const before = judged();
      asking.poke();
      await expect.poll(judged, { timeout: 10_000 }).toBeGreaterThan(before);
    },

    /**
     * The attack failed: what was shown is shown, the page is told that the server could not be believed, the console why. The
     * release that is shown.
     */
    async refused(why: RefusalOfRelease, asking: Pick<typeof terminal, 'poke' | 'view'> = terminal) {
      asking.poke();
      await world.reported({ state: 'refused', why });
      expect(asking.view()).toMatchObject({ release: 1, stale: true, toProve: null });
      expect(asking.view().leaflets.map(({ title }) => title.zh)).toEqual(['宣传单1']);
      expect(world.lastReport()).toMatchObject({ showing: { release: 1 }, stale: true });
      return asking.view().release;
    },

    /** With the attack gone, the next honest release is taken as if nothing had been. */
    async recovers(release = 5, asking: Pick<typeof terminal, 'poke' | 'view'> = terminal): Promise<void> {
      world.server.state.mischief = null;
      await world.server.publish(release, [testLeaflet(1, [NEXT], { version: release })], [NEXT]);
      asking.poke();
      await world.shows(asking, release);
      await world.reported({ state: 'current' });
      expect(asking.view().stale).toBe(false);
    },
  };
}
