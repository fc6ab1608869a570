import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createWire, type WireManner } from '#hardware/emulator/wire.ts';
import { join } from './byte-streams.ts';

/** A line in memory, its waits added up and not waited for. */
function onALine(random: () => number = () => 0.5) {
  const writes: Uint8Array[] = [];
  let isPlugged = true;
  let waited = 0;
  let fromHost: (bytes: Uint8Array) => void = () => {};
  const wire = createWire({
    line: {
      send(bytes) {
        if (isPlugged) writes.push(Uint8Array.from(bytes));
        return isPlugged;
      },
      onBytes(listener) {
        fromHost = listener;
      },
      taken: async () => {},
    },
    sleep: async (ms) => {
      waited += ms;
    },
    random,
    unplug: async () => {
      isPlugged = false;
    },
  });
  return {
    wire,
    writes,
    waited: () => waited,
    isPlugged: () => isPlugged,
    hostWrites: (bytes: Uint8Array) => fromHost(bytes),
    plug: () => {
      isPlugged = true;
    },
  };
}

const FRAME = Uint8Array.from({ length: 40 }, (_, place) => place);

async function sent(manner: WireManner, frame = FRAME, random?: () => number) {
  const line = onALine(random);
  line.wire.behave(manner);
  line.wire.send(frame);
  await line.wire.settled();
  return line;
}

it('frames come whole and in order in each manner that only cuts them', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom<WireManner>('correct', 'slow', 'split', 'echoing'), fc.uint8Array())),
      async (frames) => {
        const { wire, writes } = onALine();
        for (const [manner, frame] of frames) {
          wire.behave(manner);
          wire.send(frame);
        }
        await wire.settled();
        expect(join(...writes)).toEqual(join(...frames.map(([, frame]) => frame)));
      },
    ),
  );
});

it('slow takes the time of the wire, split sends each byte alone', async () => {
  const slow = await sent('slow', new Uint8Array(960));
  expect(slow.waited()).toBeCloseTo(1000);
  const split = await sent('split');
  expect(split.writes.map(({ length }) => length)).toEqual(Array.from(FRAME, () => 1));
});

it('noisy keeps the frame whole between its noise', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (random) => {
      const { writes } = await sent('noisy', FRAME, () => random);
      const text = join(...writes).join();
      expect(text).toContain(FRAME.join());
      expect(join(...writes).length).toBeGreaterThan(FRAME.length);
    }),
  );
});

it('flipping turns exactly one bit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.double({ min: 0, max: 0.999, noNaN: true }), async (random) => {
      const { writes } = await sent('flipping', FRAME, () => random);
      const turned = Array.from(join(...writes), (byte, place) => byte ^ (FRAME[place] ?? 0)).filter(
        (bits) => bits > 0,
      );
      expect(turned).toHaveLength(1);
      expect(Math.log2(turned[0] ?? 0) % 1).toBe(0);
    }),
  );
});

it('echoing sends back what the host wrote before the device hears it', () => {
  const { wire, writes, hostWrites } = onALine();
  wire.behave('echoing');
  wire.onBytes(() => wire.send(Uint8Array.of(9)));
  hostWrites(Uint8Array.of(1, 2));
  expect(writes.map((bytes) => [...bytes])).toEqual([[1, 2], [9]]);
});

it('half sends half a frame and nothing more, stuck nothing at all', async () => {
  const half = await sent('half');
  half.wire.send(FRAME);
  await half.wire.settled();
  expect(join(...half.writes)).toEqual(FRAME.subarray(0, 20));
  expect((await sent('stuck')).writes).toEqual([]);
});

it('unplugged pulls the plug behind half a frame; the rest is lost, also when the plug is back', async () => {
  const { wire, writes, isPlugged, plug } = await sent('unplugged');
  expect(isPlugged()).toBe(false);
  expect(join(...writes)).toEqual(FRAME.subarray(0, 20));
  wire.behave('correct');
  expect(wire.send(FRAME)).toBe(false);
  plug();
  expect(wire.send(FRAME)).toBe(true);
  expect(join(...writes)).toEqual(join(FRAME.subarray(0, 20), FRAME));
});

it('a slow frame behind a pulled plug does not come out when the plug is back', async () => {
  const { wire, writes, plug } = onALine();
  wire.behave('unplugged');
  wire.send(Uint8Array.of(1, 2));
  wire.behave('slow');
  wire.send(FRAME);
  await wire.settled();
  plug();
  await wire.settled();
  expect(join(...writes)).toEqual(Uint8Array.of(1));
});

it('a flood is as long as was asked, and what is sent behind it comes behind it', async () => {
  const { wire, writes } = onALine();
  const flooding = wire.flood(10_000);
  wire.send(FRAME);
  await flooding;
  await wire.settled();
  const all = join(...writes);
  expect(all.length).toBeGreaterThanOrEqual(10_000 + FRAME.length);
  expect(all.subarray(-FRAME.length)).toEqual(FRAME);
});

it('a flood ends with the plug', async () => {
  const { wire, writes } = await sent('unplugged');
  await wire.flood(1_000_000);
  expect(join(...writes)).toEqual(FRAME.subarray(0, 20));
});
