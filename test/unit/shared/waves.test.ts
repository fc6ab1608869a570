import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beginWaves,
  splitIntoWaves,
  stepWaves,
  stopWaves,
  type Wave,
  WAVE_STATES,
  type WaveTerminal,
} from '#shared/content/waves.ts';

const CODES = Array.from({ length: 12 }, (_, place) => `S${String.fromCodePoint(65 + place)}`);
const MINUTE = 60_000;

function terminal(station: string, more: Partial<WaveTerminal> = {}): WaveTerminal {
  return {
    terminal: `${station}-1`,
    station,
    online: true,
    onlineSinceMs: 0,
    showing: 2,
    progress: { state: 'current' },
    ...more,
  };
}

const stations = (waves: readonly Wave[]) => waves.map((wave) => wave.stations.length);

test('one station, then three, then all; fewer stations make fewer waves', () => {
  expect(stations(splitIntoWaves(CODES, [1, 3]))).toEqual([1, 3, 8]);
  expect(stations(splitIntoWaves(CODES, []))).toEqual([12]);
  expect(stations(splitIntoWaves(CODES.slice(0, 3), [1, 3]))).toEqual([1, 2]);
  expect(splitIntoWaves([], [1, 3])).toEqual([]);
});

test('no station is left out or comes twice, whatever the sizes', () => {
  fc.assert(
    fc.property(fc.subarray(CODES), fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 5 }), (codes, sizes) => {
      expect(splitIntoWaves(codes, sizes).flatMap((wave) => wave.stations)).toEqual(codes);
    }),
  );
});

describe('a wave', () => {
  const release = 2;
  const begun = beginWaves(splitIntoWaves(CODES, [1, 3]), 0);
  const step = (terminals: readonly WaveTerminal[], nowMs = MINUTE, waves: readonly Wave[] = begun) =>
    stepWaves({ release, waves, terminals, nowMs });

  test('waits for one that shows it, and then the next begins', () => {
    expect(step([])).toEqual({ kind: 'wait' });
    expect(step([terminal('SA', { showing: 1 })])).toEqual({ kind: 'wait' });
    expect(step([terminal('SA', { online: false, showing: 1 })])).toEqual({ kind: 'wait' });
    const on = step([terminal('SA')]);
    expect(on).toMatchObject({ kind: 'on', done: false });
    expect(on.kind === 'on' ? on.waves.map(({ state }) => state) : []).toEqual(['healthy', 'running', 'waiting']);
  });

  test('is not held up by stations that are offline, but for the first', () => {
    const second = step([terminal('SA')]);
    if (second.kind !== 'on') throw new Error(second.kind);
    const offline = ['SB', 'SC', 'SD'].map((station) => terminal(station, { online: false, showing: 1 }));
    expect(step([terminal('SA'), ...offline], 2 * MINUTE, second.waves)).toMatchObject({ kind: 'on', done: false });
  });

  test('goes back when any station that has it refuses it, in an earlier wave too', () => {
    const second = step([terminal('SA')]);
    if (second.kind !== 'on') throw new Error(second.kind);
    const refused = { state: 'refused', release, why: 'not-rendered', leaflet: null, detail: 'blank' } as const;
    const back = step([terminal('SA', { showing: 1, progress: refused }), terminal('SB')], 2 * MINUTE, second.waves);
    expect(back).toMatchObject({ kind: 'back', fault: { terminal: 'SA-1', why: 'not-rendered', detail: 'blank' } });
    expect(back.kind === 'back' ? back.waves.map(({ state }) => state) : []).toEqual(['healthy', 'failed', 'stopped']);
    // A station that is not to have it yet says nothing of it.
    expect(step([terminal('SA'), terminal('SL', { progress: refused })], 2 * MINUTE).kind).toBe('on');
  });

  test('what a machine lacks is no fault of the release', () => {
    const full = { state: 'refused', release, why: 'no-room', leaflet: null, detail: '' } as const;
    const once = beginWaves(splitIntoWaves(['SA', 'SB'], []), 0);
    const terminals = [terminal('SA'), terminal('SB', { showing: 1, progress: full })];
    expect(step(terminals, MINUTE, once)).toMatchObject({ kind: 'on', done: true });
  });

  test('one that is there and comes to no end sends all back', () => {
    const slow = terminal('SA', { showing: 1, progress: { state: 'waiting', release } });
    expect(step([slow], 29 * MINUTE)).toEqual({ kind: 'wait' });
    expect(step([slow], 31 * MINUTE)).toMatchObject({ kind: 'back', fault: { why: null } });
    // One that comes back after a week has its own half hour, and a slow line is no fault.
    expect(step([{ ...slow, onlineSinceMs: 30 * MINUTE }], 31 * MINUTE)).toEqual({ kind: 'wait' });
    const downloading = { state: 'downloading', release, bytes: 1, total: 9 } as const;
    expect(step([{ ...slow, progress: downloading }], 600 * MINUTE)).toEqual({ kind: 'wait' });
  });

  test('nothing goes on once it was stopped', () => {
    expect(step([terminal('SA')], MINUTE, stopWaves(begun))).toEqual({ kind: 'wait' });
  });
});

const anyTerminal = fc.record({
  station: fc.constantFrom(...CODES),
  online: fc.boolean(),
  showing: fc.constantFrom(1, 2, null),
  refuses: fc.boolean(),
});

test('whatever terminals say: waves begin in their order, one runs at most, and nothing goes on after a fault', () => {
  fc.assert(
    fc.property(fc.array(fc.array(anyTerminal, { maxLength: 14 }), { maxLength: 12 }), (rounds) => {
      let waves = beginWaves(splitIntoWaves(CODES, [1, 3]), 0);
      let over = false;
      for (const [round, said] of rounds.entries()) {
        const terminals = said.map(({ station, online, showing, refuses }, place) =>
          terminal(station, {
            terminal: `${station}-${place}`,
            online,
            showing,
            progress: refuses
              ? { state: 'refused', release: 2, why: 'malformed', leaflet: null, detail: '' }
              : { state: 'current' },
          }),
        );
        const next = stepWaves({ release: 2, waves, terminals, nowMs: round * MINUTE });
        expect(over && next.kind !== 'wait').toBe(false);
        if (next.kind === 'wait') continue;
        waves = next.waves;
        over = next.kind === 'back' || next.done;
        const order = waves.map(({ state }) => WAVE_STATES.indexOf(state));
        expect(waves.filter(({ state }) => state === 'running').length).toBe(over ? 0 : 1);
        const firstOpen = waves.findIndex(({ state }) => state !== 'healthy');
        const later = firstOpen < 0 ? [] : waves.slice(firstOpen);
        expect(later.some(({ state }) => state === 'healthy')).toBe(false);
        expect(order).not.toContain(-1);
      }
    }),
  );
});
