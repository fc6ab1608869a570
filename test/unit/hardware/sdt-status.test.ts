import { describe, expect, it } from 'vitest';
import { type SdtCondition, statusOf, SW3 } from '#hardware/protocol/sdt-status.ts';

/** The list of device notes 1.3, written down a second time: the code under test has it by name. */
const CODES: [number, SdtCondition][] = [
  [0x90, 'done'],
  [0x9f, 'done'],
  [0x91, 'nothing'],
  [0x80, 'idle'],
  [0x10, 'resend'],
  [0x11, 'resend'],
  [0x21, 'unsupported'],
  [0x23, 'unsupported'],
  [0x24, 'retry'],
  [0x41, 'retry'],
  [0x47, 'retry'],
  [0x81, 'retry'],
  [0x31, 'refused'],
  [0x32, 'refused'],
  [0x33, 'refused'],
  [0x40, 'refused'],
  [0x60, 'broken'],
  [0x66, 'broken'],
];

describe('status codes', () => {
  it.each(CODES)('%i is %s', (code, condition) => {
    expect(statusOf(code).condition).toBe(condition);
    expect(statusOf(code).name).not.toBeNull();
  });

  it('are those of the notes, no more; any other byte is unknown', () => {
    const known = new Set(CODES.map(([code]) => code));
    expect(new Set<number>(Object.values(SW3))).toEqual(known);
    const others = Array.from({ length: 256 }, (_, code) => code).filter((code) => !known.has(code));
    const found = new Set(others.map((code) => JSON.stringify(statusOf(code))));
    expect([...found]).toEqual(['{"name":null,"condition":"unknown"}']);
  });

  it('no card is not an error, and a broken reader is not a card that slipped', () => {
    expect(statusOf(SW3.noCard)).toEqual({ name: 'noCard', condition: 'idle' });
    expect(statusOf(SW3.samUnauthorised)).toEqual({ name: 'samUnauthorised', condition: 'broken' });
  });
});
