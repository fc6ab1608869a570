import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { terminalKeySchema } from './keys.ts';

/** The key in use, and while it is being changed, the one that is to take over. */
const keyRingSchema = z.object({ current: terminalKeySchema, next: terminalKeySchema.nullable() });
export type KeyRing = z.infer<typeof keyRingSchema>;

/** Where the private keys are. A write happens whole or not at all, and is on the disk when it returns. */
export interface KeyStore {
  /** Who guards them: the operating system's key store, or a file that only the terminal's user may read. */
  readonly kind: 'os' | 'file';
  /** Null where there are none. Throws where there are some that can't be read: they are not to be written over. */
  read(): KeyRing | null;
  write(ring: KeyRing): void;
  clear(): void;
}

/** What makes the file unreadable to others: nothing but its mode, or the operating system. */
export interface Seal {
  readonly kind: KeyStore['kind'];
  seal(text: string): Buffer;
  open(sealed: Buffer): string;
}

const PLAIN: Seal = { kind: 'file', seal: (text) => Buffer.from(text), open: (sealed) => sealed.toString('utf8') };

function readWhole(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function flush(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Replaces a file whole: whatever happens in between, there is the old one or the new one. Mode 0600. */
export function replaceFile(path: string, content: Buffer): void {
  const draft = `${path}.new`;
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  flush(dirname(path));
}

/** The keys in one file of mode 0600, sealed by the operating system where `seal` says so. */
export function createKeyStore(path: string, seal: Seal = PLAIN): KeyStore {
  return {
    kind: seal.kind,
    read() {
      const content = readWhole(path);
      return content === null ? null : keyRingSchema.parse(JSON.parse(seal.open(content)));
    },
    write(ring) {
      replaceFile(path, seal.seal(JSON.stringify(ring)));
    },
    clear() {
      rmSync(`${path}.new`, { force: true });
      rmSync(path, { force: true });
    },
  };
}
