import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HidFound, pickHid } from '#hardware/transport/hid-pick.ts';

const KEYBOARD = { usagePage: 0x01, usage: 0x06 };
const SQUATTER = { usagePage: 0x8c, usage: 0x01 };
const SCANNER = { usagePage: 0x8c, usage: 0x02 };
const VENDOR = { usagePage: 0xff00, usage: 0x01 };

const found = fc.array(
  fc.record({
    path: fc.option(fc.constantFrom('/dev/hidraw0', '/dev/hidraw1', '/dev/hidraw2'), { nil: undefined }),
    serialNumber: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
    kind: fc.constantFrom(KEYBOARD, SQUATTER, SCANNER, VENDOR),
  }),
  { maxLength: 8 },
);
const toFound = (devices: readonly (HidFound & { readonly kind: typeof SCANNER })[]) =>
  devices.map(({ kind, ...device }) => ({ ...device, ...kind }));

describe('which interface is opened', () => {
  it('is the scanner before another of its own, and the first by path of those alike', () => {
    const devices = [
      { path: '/dev/hidraw0', ...KEYBOARD },
      { path: '/dev/hidraw1', ...VENDOR },
      { path: '/dev/hidraw3', ...SCANNER },
      { path: '/dev/hidraw2', ...SCANNER },
    ];
    expect(pickHid(devices, {})).toBe('/dev/hidraw2');
    expect(pickHid(devices.slice(0, 2), {})).toBe('/dev/hidraw1');
  });

  it('does not depend on the order in which they are listed', () => {
    fc.assert(
      fc.property(found, fc.constantFrom(undefined, 'A'), (devices, serial) => {
        const listed = toFound(devices);
        expect(pickHid(listed.toReversed(), { serial })).toBe(pickHid(listed, { serial }));
      }),
    );
  });

  it('is never that of a keyboard, and always of the serial number that was asked for', () => {
    fc.assert(
      fc.property(found, fc.constantFrom(undefined, 'A'), (devices, serial) => {
        const listed = toFound(devices);
        const path = pickHid(listed, { serial });
        const fits = listed.filter(
          (device) =>
            device.path !== undefined &&
            device.usagePage !== KEYBOARD.usagePage &&
            (device.usagePage !== SQUATTER.usagePage || device.usage !== SQUATTER.usage) &&
            (serial === undefined || device.serialNumber === serial),
        );
        expect(path === null ? fits.length === 0 : fits.some((device) => device.path === path)).toBe(true);
      }),
    );
  });
});
