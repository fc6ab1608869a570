import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { createKeyStore } from '#electron/core/identity/key-store.ts';
import { makeKey } from '#electron/core/identity/keys.ts';
import { setUp, type SettingsFile } from '#electron/core/identity/set-up.ts';
import { wipeDatabase } from '#electron/core/identity/wipe.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';
import { startServer } from '../server/server-world.ts';

const MACHINE = { scanner: { path: '/dev/scanner', baud: 9600 }, cardReader: { path: '/dev/reader', baud: 115_200 } };

async function world(settings: unknown = MACHINE) {
  const folder = temporaryFolder();
  const server = await startServer({ kind: 'sqlite', path: join(folder, 'server.sqlite') });
  const keyFile = join(folder, 'terminal-key.json');
  const keys = createKeyStore(keyFile);
  const logged: string[] = [];
  let written: unknown = settings;
  let writable = true;
  const file: SettingsFile = {
    read: () => written,
    write(next) {
      if (!writable) throw new Error('power cut');
      written = next;
    },
  };
  return {
    server: server.server,
    keys,
    keyFile,
    logged,
    written: () => written,
    powerOn: (on: boolean): void => {
      writable = on;
    },
    newCode: async () => (await server.server.enrolment.issue({ station: 'LF' })).code,
    start: (code: string | null, serverUrl = server.url) =>
      setUp({
        file,
        keys,
        enrolment: code === null ? null : { code, serverUrl },
        device: 'box 7',
        fetch,
        now: server.clock.now,
        log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
      }),
  };
}

describe('setting a machine up', () => {
  test('enrolled once, it just starts from then on', async () => {
    const { start, newCode, written, keyFile, logged, keys } = await world();
    const first = await start(await newCode());
    expect(first).toMatchObject({ ok: true, value: { kind: 'terminal', settings: { terminal: 'LF-2', ...MACHINE } } });
    expect(await start(null)).toEqual(first);
    // Whatever is still on the command line.
    expect(await start('AAAAAAAA')).toEqual(first);
    expect(written()).toEqual(first.ok && first.value.settings);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(logged.join('')).not.toContain(keys.read()!.current.d);
  });

  test('without a code it says what it wants', async () => {
    const { start } = await world();
    expect(await start(null)).toMatchObject({ ok: false, error: expect.stringContaining('--enrol CODE') });
  });

  test('a code that is not taken is said in words, and leaves it as it was', async () => {
    const { start, newCode, written } = await world();
    expect(await start('AAAAAAAA')).toMatchObject({ ok: false, error: expect.stringContaining('wrong-code: ') });
    expect(await start(await newCode(), 'http://127.0.0.1:9')).toMatchObject({
      ok: false,
      error: expect.stringContaining('no answer'),
    });
    expect(written()).toEqual(MACHINE);
  });

  test('cut off before its settings were written, the same code makes it the same terminal', async () => {
    const { start, newCode, powerOn, server } = await world();
    const code = await newCode();
    powerOn(false);
    await expect(start(code)).rejects.toThrow('power cut');
    powerOn(true);
    expect(await start(code)).toMatchObject({ ok: true, value: { settings: { terminal: 'LF-2' } } });
    expect((await server.terminals.list()).map(({ id }) => id)).toEqual(['LD-1', 'LD-2', 'LF-1', 'LF-2']);
  });

  test('a revoked one stays out of service until it is enrolled anew, with another key', async () => {
    const retired = { ...MACHINE, zone: 'Asia/Shanghai', terminal: 'LF-1', station: 'LF', revokedMs: 1 };
    const { start, newCode, written } = await world(retired);
    expect(await start(null)).toEqual({ ok: true, value: { kind: 'retired', settings: retired } });
    expect(await start(await newCode())).toMatchObject({ ok: true, value: { settings: { terminal: 'LF-2' } } });
    expect(written()).not.toHaveProperty('revokedMs');
  });
});

describe('the key file', () => {
  const ring = () => ({ current: makeKey(1), next: null });

  test('is replaced whole, for its owner only, whatever was there before', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'key.json');
    const store = createKeyStore(path);
    expect(store.read()).toBeNull();
    writeFileSync(`${path}.new`, 'half of a ke');
    chmodSync(`${path}.new`, 0o666);
    const [one, other] = [ring(), ring()];
    store.write(one);
    store.write(other);
    expect(store.read()).toEqual(other);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['key.json']);
    store.clear();
    expect(existsSync(path)).toBe(false);
    store.clear();
  });

  test('one that is damaged is an error, not a reason to make another', () => {
    const path = join(temporaryFolder(), 'key.json');
    writeFileSync(path, '{"current":');
    expect(() => createKeyStore(path).read()).toThrow(/JSON/);
    writeFileSync(path, '{}');
    expect(() => createKeyStore(path).read()).toThrow(/current/);
  });

  test('holds no key in the clear where the operating system seals it', () => {
    const path = join(temporaryFolder(), 'key.sealed');
    const flip = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ 0x55));
    const store = createKeyStore(path, {
      kind: 'os',
      seal: (text) => flip(Buffer.from(text)),
      open: (sealed) => flip(sealed).toString('utf8'),
    });
    const made = ring();
    store.write(made);
    expect(readFileSync(path, 'latin1')).not.toContain(made.current.d);
    expect(store.read()).toEqual(made);
  });
});

test('wiping takes the database with its journals and copies, and nothing else', () => {
  const folder = temporaryFolder();
  for (const name of [
    'terminal.sqlite',
    'terminal.sqlite-wal',
    'terminal.sqlite-shm',
    'terminal.sqlite.2026-11-23',
    'settings.json',
  ]) {
    writeFileSync(join(folder, name), 'x');
  }
  wipeDatabase(join(folder, 'terminal.sqlite'));
  wipeDatabase(join(folder, 'terminal.sqlite'));
  expect(readdirSync(folder)).toEqual(['settings.json']);
});
