import { describe, expect, it } from 'vitest';
import { machineSchema } from '#electron/core/settings.ts';

const SERIAL = { path: '/dev/serial/by-id/scanner', baud: 9600 };
const parse = (scanner: unknown, cardReader: unknown = SERIAL) => machineSchema.safeParse({ scanner, cardReader });

describe('how a device is reached', () => {
  it('a plain path, as in files of before, is a serial line', () => {
    const { data } = parse({ path: '/dev/ttyACM0' });
    expect(data?.scanner).toEqual({ path: '/dev/ttyACM0', baud: 115_200 });
    expect(data?.cardReader).toEqual(SERIAL);
  });

  it.each([
    { kind: 'serial', ...SERIAL, parity: 'even', dataBits: 7, stopBits: 2 },
    { kind: 'tcp', host: 'gate-2.local', port: 4001 },
    { kind: 'hid', vid: 0x0c2e, pid: 0x0b87 },
    { kind: 'hid', vid: 0x0c2e, pid: 0x0b87, serial: 'S1' },
    { kind: 'hid', vid: 0x0c2e, pid: 0x0b87, path: '/dev/kiosk-scanner' },
  ])('$kind is kept as it is, for scanners and card readers', (device) => {
    const { data } = parse(device, device);
    expect([data?.scanner, data?.cardReader]).toEqual([device, device]);
  });

  it('what a serial scanner sends around a code is kept; nobody else sends anything', () => {
    const scanner = { ...SERIAL, prefix: 'A:', suffix: '#', pause: 'pause-ends' };
    expect(parse(scanner).data?.scanner).toEqual(scanner);
    expect(parse(SERIAL, scanner).data?.cardReader).toEqual(SERIAL);
  });

  it('a reader of staff cards has a protocol, and a speed of its own', () => {
    const machine = (icCardReader: unknown) =>
      machineSchema.safeParse({ scanner: SERIAL, cardReader: SERIAL, icCardReader });
    const { data } = machine({ path: '/dev/ttyUSB3', protocol: 'rdm6300' });
    expect(data?.icCardReader).toEqual({ path: '/dev/ttyUSB3', baud: 9600, protocol: 'rdm6300' });
    expect(machine(undefined).data).toEqual({ zone: 'Asia/Shanghai', scanner: SERIAL, cardReader: SERIAL });
    for (const protocol of [undefined, 'barcode', 'toString']) {
      expect(machine({ path: '/dev/ttyUSB3', protocol }).success).toBe(false);
    }
  });

  it('bulk USB is for card readers alone', () => {
    const bulk = { kind: 'usb', vid: 0x0400, pid: 0xc35a };
    expect(parse(SERIAL, bulk).data?.cardReader).toEqual(bulk);
    expect(parse(bulk).success).toBe(false);
  });

  it.each([
    {},
    { path: '' },
    { ...SERIAL, parity: 'space' },
    { ...SERIAL, dataBits: 9 },
    { ...SERIAL, prefix: '\u0002' },
    { ...SERIAL, suffix: '\r' },
    { ...SERIAL, pause: 'never' },
    { kind: 'tcp', host: 'gate-2.local' },
    { kind: 'tcp', host: 'gate-2.local', port: 65_536 },
    { kind: 'hid', vid: 0x1_0000, pid: 1 },
    { kind: 'hid', vid: '0c2e', pid: 1 },
    { kind: 'parallel', ...SERIAL },
  ])('%o is none', (device) => {
    expect(parse(device).success).toBe(false);
  });
});
