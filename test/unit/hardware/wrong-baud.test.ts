import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { heardAt } from '#hardware/emulator/wrong-baud.ts';

it('at the right speed all bytes are heard as they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(1200, 9600, 115_200), (bytes, baud) => {
      expect(heardAt(bytes, baud, baud)).toEqual(bytes);
    }),
  );
});

it('a listener a little fast or slow, as a cheap oscillator is, still hears all', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.double({ min: 0.97, max: 1.03, noNaN: true }), (bytes, off) => {
      expect(heardAt(bytes, 9600, 9600 * off)).toEqual(bytes);
    }),
  );
});

it.each([
  // The start bit is as long as two of the listener's bits: its start and one data bit.
  ['FF at 9600, heard at 19200', [0xff], 9600, 19_200, [0xfe]],
  // Nine low bits are eighteen: a byte without a stop bit, and no other falling edge.
  ['00 at 9600, heard at 19200', [0x00], 9600, 19_200, [0x00]],
  // The middle of the listener's start bit lies on the sender's first data bit: a glitch.
  ['FF at 9600, heard at 4800', [0xff], 9600, 4800, []],
] as const)('%s', (_, sent, sentBaud, heardBaud, heard) => {
  expect([...heardAt(Uint8Array.from(sent), sentBaud, heardBaud)]).toEqual(heard);
});

it('never more than one byte for each falling edge, at any speeds', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(1200, 2400, 9600, 38_400, 115_200),
      fc.constantFrom(1200, 2400, 9600, 38_400, 115_200),
      (bytes, sentBaud, heardBaud) => {
        // A byte has five falling edges at most: 01010101 and its stop bit.
        expect(heardAt(bytes, sentBaud, heardBaud).length).toBeLessThanOrEqual(5 * bytes.length);
      },
    ),
  );
});
