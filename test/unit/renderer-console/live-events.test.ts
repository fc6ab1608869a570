import { ORPCError } from '@orpc/client';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEPT_ROWS, LiveEvents, mergeRows, RECONNECT_DELAYS } from '#renderer/console/live-events.ts';
import type { EventRow } from '#shared/contract/console.ts';

const row = (seq: number): EventRow => ({
  seq,
  id: `id-${seq}`,
  terminal: 'LD-1',
  station: 'LD',
  subject: 'item:HF-000001',
  type: 'item.lent',
  name: '王*春',
  atMs: seq,
  receivedMs: seq,
});

/** A line that plays a script: each entry is one connection, the events it brings, and how it ends. */
function play(script: readonly { readonly list: number[]; readonly events: number[]; readonly end?: Error }[]) {
  const seen: { state: string; seqs: number[] }[] = [];
  const pauses: number[] = [];
  let connection = -1;
  let changes = 0;
  const over = Promise.withResolvers<string>();
  const live: LiveEvents = new LiveEvents({
    watch: async () => {
      connection += 1;
      const part = script[connection];
      if (part === undefined) throw new ORPCError('UNAUTHORIZED');
      return (async function* () {
        for (const seq of part.events) yield row(seq);
        if (part.end !== undefined) throw part.end;
      })();
    },
    latest: async () => (script[connection]?.list ?? []).map(row),
    pause: async (ms) => {
      pauses.push(ms);
    },
    now: () => 7,
    onChange: () => {
      changes += 1;
    },
    onSignedOut: () => over.resolve('signed out'),
  });
  live.subscribe(() => {
    const { state, rows } = live.snapshot();
    seen.push({ state, seqs: rows.map(({ seq }) => seq) });
  });
  live.start();
  return { live, seen, pauses, over: over.promise, changes: () => changes };
}

describe('the live line', () => {
  it('shows the list, then puts each event on top', async () => {
    const line = play([{ list: [1, 2], events: [3, 4] }]);
    await line.over;
    expect(line.seen.slice(0, 3)).toEqual([
      { state: 'up', seqs: [2, 1] },
      { state: 'up', seqs: [3, 2, 1] },
      { state: 'up', seqs: [4, 3, 2, 1] },
    ]);
    expect([...line.live.snapshot().arrived.keys()]).toEqual(['id-3', 'id-4']);
    expect(line.changes()).toBe(3);
  });

  it('says that it is down, comes back by itself, and has what it missed', async () => {
    const line = play([
      { list: [1], events: [2], end: new TypeError('network error') },
      { list: [1, 2, 3, 4], events: [] },
    ]);
    await line.over;
    expect(line.seen.map(({ state }) => state)).toEqual(['up', 'up', 'down', 'up', 'down']);
    expect(line.live.snapshot().rows.map(({ seq }) => seq)).toEqual([4, 3, 2, 1]);
  });

  it('waits longer with each try that fails, and briefly again after one that worked', async () => {
    const failing = new LiveEventsOfFailures(6);
    await failing.over;
    expect(failing.pauses).toEqual([...RECONNECT_DELAYS, RECONNECT_DELAYS.at(-1), RECONNECT_DELAYS.at(-1)]);
    const line = play([
      { list: [], events: [] },
      { list: [], events: [] },
    ]);
    await line.over;
    expect(line.pauses).toEqual([RECONNECT_DELAYS[0], RECONNECT_DELAYS[0]]);
  });

  it('ends where the session is over', async () => {
    expect(await play([]).over).toBe('signed out');
  });
});

class LiveEventsOfFailures {
  readonly pauses: number[] = [];
  readonly over: Promise<void>;

  constructor(failures: number) {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.over = promise;
    const live: LiveEvents = new LiveEvents({
      watch: () => Promise.reject(new TypeError('connection refused')),
      latest: () => Promise.resolve([]),
      pause: async (ms) => {
        this.pauses.push(ms);
        if (this.pauses.length === failures) {
          live.stop();
          resolve();
        }
      },
      now: () => 0,
      onChange: () => undefined,
      onSignedOut: () => undefined,
    });
    live.start();
  }
}

describe('merging rows', () => {
  it('keeps the newest, each once, newest first', () => {
    const rows = fc.array(fc.integer({ min: 0, max: 400 }).map(row), { maxLength: 400 });
    fc.assert(
      fc.property(rows, rows, (known, more) => {
        const merged = mergeRows(known, more).map(({ seq }) => seq);
        const expected = [...new Set([...known, ...more].map(({ seq }) => seq))].sort((a, b) => b - a);
        expect(merged).toEqual(expected.slice(0, KEPT_ROWS));
      }),
    );
  });
});
