import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

function sync(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What was written to a file is on the disk when this returns. */
export function syncFile(path: string): void {
  sync(path, 'r+');
}

/** What was made, renamed or removed in the folder of `path` is on the disk when this returns. */
export function syncFolderOf(path: string): void {
  try {
    sync(dirname(path), 'r');
  } catch (error) {
    // Windows has no handle on a folder, and needs none: its file system journals names.
    if (process.platform !== 'win32') throw error;
  }
}

/** Gives a whole, synced file its name at last: after a power cut it is there under this name or not at all. */
export function renameDurably(from: string, to: string): void {
  renameSync(from, to);
  syncFolderOf(to);
}

export function removeDurably(path: string): void {
  rmSync(path, { force: true });
  syncFolderOf(path);
}

/** A small file that is there whole or as it was before. */
export function writeDurably(path: string, text: string): void {
  writeFileSync(`${path}.tmp`, text);
  syncFile(`${path}.tmp`);
  renameDurably(`${path}.tmp`, path);
}

/** The text of a small file, or null where there is none. */
export function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
