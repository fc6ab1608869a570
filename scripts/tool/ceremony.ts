import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { holdCeremony, serverKeysOf, serverKeysSchema } from '#server/releases/ceremony.ts';
import { installRoot } from '#server/releases/installation.ts';
import { onlineKey, openOnlineKeys } from '#server/releases/online-keys.ts';
import { openServerDatabase } from '#server/store/database.ts';

const USAGE = `wants one of
  keys --data DIR
  hold --server FILE --approver HEX [--approver HEX ..] --key FILE.pem --out DIR [--before ROOT.json [--old-key FILE.pem]]
  install --data DIR ROOT.json
The passphrase of root keys comes from ROOT_PASSPHRASE.`;

function passphrase(): string {
  const word = process.env['ROOT_PASSPHRASE'] ?? '';
  if (word.length < 12) throw new Error('ROOT_PASSPHRASE wants 12 characters at least');
  return word;
}

/** The root's key from a file under the passphrase; made where there is none. */
function rootKey(path: string): KeyObject {
  if (existsSync(path)) return createPrivateKey({ key: readFileSync(path), passphrase: passphrase() });
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: passphrase() });
  writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
  return privateKey;
}

/** The server's keys, and its database. */
function placesOf(data: string | undefined) {
  if (data === undefined) throw new Error('--data DIR is the server’s DATA_DIR');
  const url = process.env['DATABASE_URL'];
  return {
    keys: openOnlineKeys(join(data, 'content-keys.json')),
    database:
      url === undefined
        ? ({ kind: 'sqlite', path: join(data, 'server.sqlite') } as const)
        : ({ kind: 'postgres', url } as const),
  };
}

async function install(data: string | undefined, file: string | undefined): Promise<object | null> {
  if (file === undefined) throw new Error(USAGE);
  const { keys, database: choice } = placesOf(data);
  const database = await openServerDatabase(choice);
  try {
    const installed = await installRoot(database, keys, Date.now(), readFileSync(file, 'utf8'));
    if (installed.ok) return { installed: installed.value.version };
    console.error(`the root was not taken: ${installed.error}`);
    return null;
  } finally {
    await database.close();
  }
}

/** The root of trust for leaflets, in three steps on two computers (docs/releases.md). Exit 1: it was not taken. */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const [step, ...rest] = args;
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      data: { type: 'string' },
      server: { type: 'string' },
      approver: { type: 'string', multiple: true },
      key: { type: 'string' },
      out: { type: 'string' },
      before: { type: 'string' },
      'old-key': { type: 'string' },
    },
  });
  if (step === 'keys') {
    out(serverKeysOf(placesOf(values.data).keys));
    return 0;
  }
  if (step === 'install') {
    const installed = await install(values.data, positionals[0]);
    if (installed !== null) out(installed);
    return installed === null ? 1 : 0;
  }
  const { server, approver: approvers = [], key, out: folder, before, 'old-key': oldKey = key } = values;
  if (step !== 'hold' || server === undefined || key === undefined || folder === undefined || approvers.length === 0) {
    throw new Error(USAGE);
  }
  const wrong = approvers.find((each) => !/^[0-9a-f]{64}$/.test(each));
  if (wrong !== undefined) throw new Error(`${wrong} is no public key: 64 hex digits, small letters`);
  const held = holdCeremony({
    nowMs: Date.now(),
    rootKeys: [onlineKey(rootKey(key))],
    approvers,
    server: serverKeysSchema.parse(JSON.parse(readFileSync(server, 'utf8'))),
    before:
      before === undefined ? null : { text: readFileSync(before, 'utf8'), keys: [onlineKey(rootKey(oldKey ?? key))] },
  });
  if (!held.ok) {
    console.error('the root before is none, or was not made with this key');
    return 1;
  }
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${held.value.version}.root.json`);
  writeFileSync(file, held.value.text, { flag: 'wx' });
  out({ version: held.value.version, file, approvers });
  return 0;
}
