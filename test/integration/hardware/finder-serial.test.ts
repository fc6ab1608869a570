import { chmodSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createCardReaderEmulator } from '#hardware/emulator/card-reader.ts';
import { encodeReply } from '#hardware/protocol/sdt-message.ts';
import { IC_CARD_PROTOCOLS } from '#hardware/protocol/line-protocols.ts';
import { SW3 } from '#hardware/protocol/sdt-status.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { startScanner, becomes, until } from './device-bench.ts';
import { find, placeAt, speedOf, wire, SHORT } from './finder-bench.ts';

const LABEL = itemLabel('HF-000001');
const text = (sent: string) => new TextEncoder().encode(sent);

it('an ID-card reader is found at the speed it has, however it takes another', async () => {
  const { path, line, wasOnlyAsked } = await wire();
  line.onBytes(() => {
    const speed = speedOf(path);
    if (speed === 57_600) line.send(encodeReply(SW3.badChecksum));
    else line.send(speed === 19_200 ? encodeReply(SW3.ok) : Uint8Array.of(0x00, 0xf8, 0x66, 0x66, 0x66, 0x66));
  });
  const [finding] = await find([placeAt(path)]).done;
  expect(finding).toMatchObject({
    what: 'id-card-reader',
    condition: 'ready',
    speed: 19_200,
    settings: { path, baud: 19_200 },
    todo: null,
  });
  expect(wasOnlyAsked()).toBe(true);
});

it.each([
  [SW3.selfTestFailed, /power away for a minute/],
  [SW3.samUnauthorised, /only the vendor/],
])('a reader that says %i is broken, and what to do is said', async (sw3, todo) => {
  const { path, line } = await wire();
  line.onBytes(() => line.send(encodeReply(sw3)));
  const [finding] = await find([placeAt(path)]).done;
  expect(finding).toMatchObject({ what: 'id-card-reader', condition: 'broken', todo: expect.stringMatching(todo) });
});

it.each([
  ['\r', 'CR', null],
  ['\n', 'LF', null],
  ['', 'none', expect.stringContaining('send CR')],
])('a scanner that ends with %j is found, and is only asked before it speaks', async (end, terminator, todo) => {
  const { path, line, isListenedTo, asked, wasOnlyAsked } = await wire();
  const { done } = find([placeAt(path)]);
  await isListenedTo();
  const scan = setInterval(() => line.send(text(`${LABEL}${end}`)), 200);
  onTestFinished(() => clearInterval(scan));
  const [finding] = await done;
  expect(finding).toMatchObject({
    what: 'barcode-scanner',
    condition: 'ready',
    speed: 9600,
    settings: { path, baud: 9600 },
    todo,
  });
  expect(finding?.evidence).toEqual([`terminator: ${terminator}`, 'sends no AIM identifier', 'prefix "", suffix ""']);
  expect([asked(), wasOnlyAsked()]).toEqual([5, true]);
});

it('who speaks before it is asked is never asked', async () => {
  const { path, line, asked } = await wire();
  const scan = setInterval(() => line.send(text(`${LABEL}\r`)), 20);
  onTestFinished(() => clearInterval(scan));
  // So long that a machine that stands still for a moment is no silence.
  const [finding] = await find([placeAt(path)], null, { ...SHORT, quiet: 5_000 }).done;
  expect(finding).toMatchObject({ what: 'barcode-scanner' });
  expect(asked()).toBe(0);
});

it('a scanner at another speed is found at the speed at which it is understood', async () => {
  const { path, line, isListenedTo } = await wire();
  const { done, asks } = find([placeAt(path)]);
  await isListenedTo();
  const noise = Uint8Array.of(0x00, 0x80, 0xf8, 0x00);
  const scan = setInterval(() => {
    line.send(speedOf(path) === 38_400 ? text(`${LABEL}\r`) : noise);
  }, 200);
  onTestFinished(() => clearInterval(scan));
  const [finding] = await done;
  expect(finding).toMatchObject({ what: 'barcode-scanner', speed: 38_400 });
  expect(asks.length).toBeGreaterThanOrEqual(2);
});

it('a reader of proximity cards is found by its checksum, though a card is held there without a pause', async () => {
  const { path, line, isListenedTo } = await wire();
  const { done } = find([placeAt(path)]);
  await isListenedTo();
  const frame = IC_CARD_PROTOCOLS.rdm6300.encode(Uint8Array.of(1, 0, 0x63, 0xe9, 0xae)) ?? new Uint8Array();
  const hold = setInterval(() => line.send(frame), 20);
  onTestFinished(() => clearInterval(hold));
  const [finding] = await done;
  expect(finding).toMatchObject({
    what: 'ic-card-reader',
    settings: { path, baud: 9600, protocol: 'rdm6300' },
    todo: null,
  });
  expect(JSON.stringify(finding)).not.toContain('63E9AE');
});

it('digits that several would say are asked for again, and a label settles it', async () => {
  const { path, line, isListenedTo } = await wire();
  const { done, asks, findings } = find([placeAt(path)]);
  await isListenedTo();
  const digits = setInterval(() => line.send(text('0006547886\r\n')), 200);
  await until(() => asks.length > 0, 'to be asked');
  clearInterval(digits);
  expect(asks[0]).toContain('barcode, hex-line, decimal-8h10d, decimal-4h4h');
  expect(findings).toEqual([]);
  await sleep(200);
  line.send(text(`${LABEL}\r\n`));
  expect(await done).toMatchObject([{ what: 'barcode-scanner' }]);
  expect(JSON.stringify([asks, findings])).not.toContain('6547886');
});

it('what stays unclear is said to be unclear, without settings', async () => {
  const { path, line, isListenedTo } = await wire();
  const { done, asks, end } = find([placeAt(path)]);
  await isListenedTo();
  const digits = setInterval(() => line.send(text('0006547886\r\n')), 200);
  onTestFinished(() => clearInterval(digits));
  await until(() => asks.length > 0, 'to be asked');
  end();
  expect(await done).toMatchObject([{ what: 'unclear', settings: null, todo: expect.stringContaining('--shown') }]);
});

it('two alike, a reader that is silent beside them: each is looked at by itself', async () => {
  const [first, second, mute] = [await wire(), await wire(), await wire()];
  for (const { line } of [first, second]) createCardReaderEmulator({ line });
  createCardReaderEmulator({ line: mute.line }).behave('silent');
  const { done, findings, end } = find([first, second, mute].map(({ path }) => placeAt(path)));
  await until(() => findings.length === 2, 'the two');
  await mute.isListenedTo();
  end();
  expect(await done).toMatchObject([
    { port: first.path, what: 'id-card-reader' },
    { port: second.path, what: 'id-card-reader' },
    { port: mute.path, what: 'unknown', condition: 'silent', todo: expect.stringContaining('has it power') },
  ]);
});

it('a port that another has open is busy, and who it is is said', async () => {
  const { path } = await wire();
  const { driver } = startScanner(path);
  await becomes(driver, 'ready');
  expect(await find([placeAt(path)]).done).toMatchObject([
    { condition: 'busy', settings: null, todo: expect.stringContaining('pid 7 (somebody)') },
  ]);
});

it('a port that this user may not open says what to do', async () => {
  const { path } = await wire();
  chmodSync(dirname(path), 0o755);
  chmodSync(path, 0o000);
  if (process.getuid?.() === 0) {
    process.seteuid?.(65_534);
    onTestFinished(() => process.seteuid?.(0));
  }
  expect(await find([placeAt(path)]).done).toMatchObject([
    { condition: 'no-permission', todo: expect.stringContaining('group redsail') },
  ]);
});

it('a port that is unplugged while it is listened to is gone', async () => {
  const { path, line, isListenedTo } = await wire();
  const { done } = find([placeAt(path)]);
  await isListenedTo();
  await line.unplug();
  expect(await done).toMatchObject([{ condition: 'no-device', settings: null }]);
});

it.each(['even', 'odd'] as const)(
  'a scanner of 7 data bits with %s parity is found, and how to set it is said',
  async (parity) => {
    const { path, line, isListenedTo } = await wire();
    const { done } = find([placeAt(path)]);
    await isListenedTo();
    const ones = (byte: number) => byte.toString(2).replaceAll('0', '').length;
    const sent = text(`${LABEL}\r`).map((byte) =>
      (ones(byte) % 2 === 0) === (parity === 'even') ? byte : byte | 0x80,
    );
    const scan = setInterval(() => line.send(sent), 200);
    onTestFinished(() => clearInterval(scan));
    const [finding] = await done;
    expect(finding).toMatchObject({
      what: 'barcode-scanner',
      settings: { path, baud: 9600, dataBits: 7, parity },
      evidence: expect.arrayContaining([`7 data bits, ${parity} parity`]),
    });
  },
);
