import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeWiegand, encodeWiegand } from '#hardware/protocol/wiegand.ts';
import { hex } from './byte-streams.ts';

const data = fc.uint8Array({ minLength: 3, maxLength: 4 });

it('comes back as it went', () => {
  fc.assert(
    fc.property(data, (bytes) => {
      expect(decodeWiegand(encodeWiegand(bytes)!)).toEqual({ ok: true, value: bytes });
    }),
  );
});

it('one wrong bit anywhere is seen', () => {
  fc.assert(
    fc.property(data, (bytes) => {
      const pattern = encodeWiegand(bytes)!;
      for (let place = 0; place < pattern.length; place += 1) {
        const turned = pattern[place] === '0' ? '1' : '0';
        const wrong = `${pattern.slice(0, place)}${turned}${pattern.slice(place + 1)}`;
        expect(decodeWiegand(wrong)).toEqual({ ok: false, error: 'parity' });
      }
    }),
  );
});

it('a line that is stuck is no card: all zero or all one has a wrong parity', () => {
  for (const length of [26, 34]) {
    expect(decodeWiegand('0'.repeat(length))).toEqual({ ok: false, error: 'parity' });
    expect(decodeWiegand('1'.repeat(length))).toEqual({ ok: false, error: 'parity' });
  }
});

it('is refused by name', () => {
  expect(decodeWiegand('')).toEqual({ ok: false, error: 'length' });
  expect(decodeWiegand('0'.repeat(32))).toEqual({ ok: false, error: 'length' });
  expect(decodeWiegand(`2${'0'.repeat(25)}`)).toEqual({ ok: false, error: 'not-bits' });
  expect(encodeWiegand(hex('6F6C'))).toBe(null);
});
