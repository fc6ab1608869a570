import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asSevenBits } from '#hardware/finder/seven-bits.ts';

const ones = (value: number) => value.toString(2).replaceAll('0', '').length;
const withParity = (text: string, parity: 'even' | 'odd') =>
  Uint8Array.from(new TextEncoder().encode(text), (byte) =>
    ones(byte) % 2 === (parity === 'even' ? 0 : 1) ? byte : byte | 0x80,
  );
const ascii = fc.string({
  unit: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
  minLength: 6,
});

describe('what comes with 7 data bits and parity', () => {
  test.each(['even', 'odd'] as const)('%s: our label is known, and read', (parity) => {
    const found = asSevenBits({ bytes: withParity('HF-000001-84\r', parity), isCut: false });
    expect(found?.framing).toEqual({ dataBits: 7, parity });
    expect(new TextDecoder().decode(found?.burst.bytes)).toBe('HF-000001-84\r');
  });

  test('any text comes out as it was sent, or says nothing of a parity', () => {
    fc.assert(
      fc.property(ascii, fc.constantFrom('even' as const, 'odd' as const), (text, parity) => {
        const found = asSevenBits({ bytes: withParity(text, parity), isCut: false });
        if (found === null) return;
        expect(found.framing.parity).toBe(parity);
        expect(new TextDecoder().decode(found.burst.bytes)).toBe(text);
      }),
    );
  });

  test('text without parity is left as it is, in letters, in Chinese and as noise', () => {
    fc.assert(
      fc.property(ascii, (text) => {
        expect(asSevenBits({ bytes: new TextEncoder().encode(text), isCut: false })).toBeNull();
      }),
    );
    for (const text of ['红帆驿站红帆驿站', '柳度园驿站', '雨伞 HF-000001-84']) {
      expect(asSevenBits({ bytes: new TextEncoder().encode(text), isCut: false })).toBeNull();
    }
  });
});
