import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseRules, runRules, type SysDevice } from './udev-machine.ts';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const FILE = 'packaging/linux/70-redsail-devices.rules';
const rules = parseRules(read(FILE));

const usb = (idVendor: string, idProduct: string): SysDevice => ({
  subsystem: 'usb',
  devtype: 'usb_device',
  attributes: { idVendor, idProduct, 'power/control': 'auto' },
});
const interfaceOf = (bInterfaceClass: string, bInterfaceProtocol: string): SysDevice => ({
  subsystem: 'usb',
  devtype: 'usb_interface',
  attributes: { bInterfaceClass, bInterfaceProtocol },
});
const PATH = 'pci-0000:00:14.0-usb-0:1.2:1.0';
const LINK = `redsail/by-path/${PATH}`;

const node = (subsystem: string, [idVendor, idProduct]: readonly [string, string], protocol = '00') =>
  runRules(
    rules,
    { subsystem, attributes: {} },
    [interfaceOf(subsystem === 'hidraw' ? '03' : '02', protocol), usb(idVendor, idProduct)],
    PATH,
  );
const usbNode = (idVendor: string, idProduct: string) => runRules(rules, usb(idVendor, idProduct), [], PATH);

describe('the udev rules', () => {
  it('open the USB node of a card reader with bulk endpoints to one group, and let it not sleep', () => {
    expect(usbNode('0400', 'c35a')).toMatchObject({
      group: 'redsail',
      mode: '0660',
      env: { ID_MM_DEVICE_IGNORE: '1' },
      attributes: { 'power/control': 'on' },
    });
  });

  it.each([
    ['2b8b', '2721'],
    ['0c2e', '0b87'],
    ['05e0', '1900'],
    ['05f9', '4204'],
  ] as const)('open hidraw of %s:%s to one group, under a name that stays', (vid, pid) => {
    expect(node('hidraw', [vid, pid])).toMatchObject({ group: 'redsail', mode: '0660', links: [LINK] });
    // Not through the USB node, with which the kernel's driver could be pushed aside.
    const own = usbNode(vid, pid);
    expect(own.group).toBe(undefined);
    expect(own.attributes).toEqual({ 'power/control': 'on' });
    expect(own.env).toMatchObject({ ID_MM_DEVICE_IGNORE: '1' });
  });

  it('leave the keyboard of a scanner to root', () => {
    const made = node('hidraw', ['0c2e', '0b87'], '01');
    expect([made.group, made.links]).toEqual([undefined, []]);
  });

  it.each([
    ['1a86', '7523'],
    ['0403', '6001'],
    ['0c2e', '0b63'],
  ] as const)('open the serial port of %s:%s to one group and keep ModemManager from it', (vid, pid) => {
    expect(node('tty', [vid, pid])).toMatchObject({
      group: 'redsail',
      mode: '0660',
      env: { ID_MM_PORT_IGNORE: '1' },
    });
    expect(usbNode(vid, pid)).toMatchObject({
      env: { ID_MM_DEVICE_IGNORE: '1' },
      attributes: { 'power/control': 'on' },
    });
  });

  it('leave a modem, a memory stick and a port of the board alone', () => {
    for (const made of [
      node('tty', ['2c7c', '0125']),
      usbNode('0781', '5567'),
      runRules(rules, { subsystem: 'tty', attributes: {} }, [], PATH),
    ]) {
      expect(made).toEqual({ links: [], env: { DEVTYPE: made.env['DEVTYPE'] }, attributes: {} });
    }
  });

  it('write ids as udev compares them: four lower-case hex digits', () => {
    const ids = rules.flat().filter(({ name }) => name === 'idVendor' || name === 'idProduct');
    expect(ids.length).toBeGreaterThan(0);
    for (const { value } of ids) expect(value).toMatch(/^[0-9a-f]{4}$/);
  });

  it('name every device that the code names', () => {
    const sources = globSync('{hardware,electron,scripts}/**/*.ts', { cwd: ROOT }).map(read);
    const named = sources.flatMap((text) => [
      ...text.matchAll(/\b([0-9A-F]{4}):([0-9A-F]{4})\b/g),
      ...text.matchAll(/vid: 0x([0-9a-f]{4}), pid: 0x([0-9a-f]{4})/g),
    ]);
    const ids = [...new Set(named.map(([, vid = '', pid = '']) => `${vid}:${pid}`.toLowerCase()))].sort();
    expect(ids).toContain('0400:c35a');
    for (const id of ids) {
      const [vid = '', pid = ''] = id.split(':');
      expect([id, usbNode(vid, pid).env['REDSAIL']]).toEqual([id, expect.stringMatching(/^(card-reader|scanner)$/)]);
    }
  });
});

it('the package carries the rules, and makes their group before they are there', () => {
  const builder = read('electron-builder.yml');
  expect(builder).toContain(`- ${FILE}=/usr/lib/udev/rules.d/70-redsail-devices.rules`);
  const script = /--before-install=(\S+)/.exec(builder)?.[1] ?? '';
  expect(read(script)).toContain('groupadd --system redsail');
  const groups = rules.flat().filter(({ key }) => key === 'GROUP');
  expect(new Set(groups.map(({ value }) => value))).toEqual(new Set(['redsail']));
});

describe('what reads the rules here', () => {
  it.each([
    'SUBSYTEM=="usb"',
    'ATTRS{idVendor}="0400"',
    'ATTRS=="0400"',
    'GROUP=="redsail"',
    'MODE="0660',
    'GOTO="nowhere"',
  ])('refuses %s', (line) => {
    expect(() => parseRules(line)).toThrow(/udev doesn't know|no label/);
  });
});
