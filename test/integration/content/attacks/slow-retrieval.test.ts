import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { testLeaflet } from '../../../fixtures/leaflets.ts';
import { attackWorld, NEXT } from './attack-world.ts';

/** TUF: "Slow retrieval: an attacker sends data so slowly that the client never gets its update, and does not notice." */

/** Time in which a second lasts three milliseconds. */
function quickTime() {
  const FACTOR = 300;
  return {
    monotonic: () => performance.now() * FACTOR,
    sleep: (ms: number, signal: AbortSignal) =>
      delay(Math.min(ms, 86_400_000) / FACTOR, undefined, { signal }).catch(() => {}),
  };
}

function dripping() {
  let dripped = 0;
  let ended = false;
  async function* stream() {
    try {
      for (;;) {
        await delay(2);
        dripped += 1;
        yield Buffer.from(' ');
      }
    } finally {
      ended = true;
    }
  }
  return { stream, dripped: () => dripped, hasEnded: () => ended };
}

test.each(['metadata/timestamp.json', 'metadata/2.snapshot.json', 'targets/releases/'])(
  '%s that drips is given up, and asked for again',
  async (path) => {
    const world = await attackWorld(quickTime());
    await world.server.publish(2, [testLeaflet(2, [NEXT])], [NEXT]);
    const { stream, dripped, hasEnded } = dripping();
    world.server.state.mischief = (asked, bytes) => (asked.startsWith(path) ? stream() : bytes);
    world.terminal.poke();
    await expect.poll(hasEnded, { timeout: 10_000 }).toBe(true);
    expect(dripped()).toBeGreaterThan(0);
    // It is no refusal: nothing is known of the release. What is shown stays, and reports go on.
    expect(world.terminal.view()).toMatchObject({ release: 1, stale: false });
    expect(world.lastReport()?.showing?.release).toBe(1);
    await world.recovers();
  },
);

test('a file that drips is given up, what came of it stays, and it is asked for from there', async () => {
  const world = await attackWorld({ ...quickTime(), random: () => 0 });
  await world.server.publish(2, [testLeaflet(2, [NEXT])], [NEXT]);
  const asked: (string | null)[] = [];
  let slow = true;
  const terminal = world.start({
    folder: `${world.folder}/another`,
    async fetch(url, init) {
      const response = await fetch(url, init);
      if (!url.includes('/blobs/') || response.body === null) return response;
      asked.push(new Headers(init.headers).get('range'));
      if (!slow) return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      const { signal } = init;
      let at = 0;
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          await delay(20);
          if (signal?.aborted === true) return controller.error(new Error('given up'));
          controller.enqueue(bytes.subarray(at, at + 100));
          at += 100;
        },
      });
      return new Response(body, { status: response.status, headers: response.headers });
    },
  });
  await expect.poll(() => asked.length, { timeout: 10_000 }).toBeGreaterThan(2);
  const second = Number(/bytes=(\d+)-/.exec(asked[1] ?? '')?.[1]);
  expect(second).toBeGreaterThan(0);
  slow = false;
  await world.shows(terminal, 2);
});
