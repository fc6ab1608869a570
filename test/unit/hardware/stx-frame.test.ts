import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createStxParser, type StxLook } from '#hardware/protocol/stx-frame.ts';

it('looks twice at a byte at most, and never at more than a frame, whatever comes', () => {
  const byte = fc.oneof(fc.constantFrom(0x02, 0x02, 0x03, 0x41), fc.nat(0xff));
  const longest = 16;
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 500 }), (bytes) => {
      let looks = 0;
      let longestLook = 0;
      const parser = createStxParser('probe', (waiting): StxLook => {
        looks += 1;
        longestLook = Math.max(longestLook, waiting.length);
        const last = waiting.at(-1);
        if (waiting.length > 1 && last === 0x02) return { kind: 'error', code: 'content' };
        return waiting.length < longest ? { kind: 'more' } : { kind: 'error', code: 'checksum' };
      });
      parser.push(Uint8Array.from(bytes));
      expect(looks).toBeLessThanOrEqual(2 * bytes.length);
      expect(longestLook).toBeLessThanOrEqual(longest);
      parser.pause();
      expect(parser.dropped()).toBe(bytes.length);
    }),
  );
});
