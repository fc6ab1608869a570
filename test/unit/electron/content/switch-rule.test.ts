import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bringsEmergency, type SwitchQuestion, switchInMs } from '#electron/core/content/switch-rule.ts';
import { testLeaflet } from '../../../fixtures/leaflets.ts';

const question = fc.record<SwitchQuestion>({
  screen: fc.constantFrom('none', 'idle', 'leaflets', 'emergency', 'sheet', 'fault'),
  readyForMs: fc.nat(200_000),
  isWayBack: fc.boolean(),
  isEmergency: fc.boolean(),
});

describe('when a set that is ready is shown', () => {
  it('only a reader is waited for, and never longer than a minute; on the way back than 15 s', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const ms = switchInMs(asked);
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms + asked.readyForMs).toBeLessThanOrEqual(
          Math.max(asked.readyForMs, asked.isWayBack ? 15_000 : 60_000),
        );
        expect(ms === 0 || (asked.screen === 'leaflets' && !asked.isEmergency)).toBe(true);
      }),
    );
  });

  it('whoever waits as long as it says has waited long enough', () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(switchInMs({ ...asked, readyForMs: asked.readyForMs + switchInMs(asked) })).toBe(0);
      }),
    );
  });
});

describe('an emergency', () => {
  const calm = testLeaflet(1);
  const alarm = testLeaflet(2, [], { priority: 'emergency' });

  it.each([
    ['is new where none was', [calm, alarm], [calm], true],
    ['is none where it is shown already', [calm, alarm], [alarm], false],
    ['is new in another version', [{ ...alarm, version: 2 }], [alarm], true],
    ['is new where the leaflet was none', [alarm], [{ ...alarm, priority: 'normal' as const }], true],
    ['is over', [calm], [calm, alarm], false],
  ])('%s', (_, next, shown, expected) => {
    expect(bringsEmergency(next, shown)).toBe(expected);
  });
});
