import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Only measured against, so no dependencies of the project. */
const VERSIONS = { pouchdb: '9.0.0', 'express-pouchdb': '4.2.0', express: '4.21.2' };

const FOLDER = join(import.meta.dirname, '../../../out/bench/pouchdb');
const STAMP = join(FOLDER, 'installed.json');

/** Installs PouchDB beside the project where it isn't there yet. False, and a message, where that is not possible. */
export function installPouch(): boolean {
  const wanted = JSON.stringify({ private: true, dependencies: VERSIONS });
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return true;
  console.error('installing PouchDB and express-pouchdb into out/bench/pouchdb, to measure against ...');
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), wanted);
  // What LevelDB needs of this machine comes ready-made in its package: no scripts have to run.
  const npm = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: FOLDER,
    stdio: ['ignore', 2, 2],
  });
  if (npm.status !== 0) {
    console.error('PouchDB could not be installed (is there a network?): this run is without it.');
    return false;
  }
  writeFileSync(STAMP, wanted);
  return true;
}

/** What of PouchDB is used here. */
export interface PouchDatabase {
  bulkDocs(docs: readonly object[]): Promise<readonly { readonly ok?: boolean }[]>;
  close(): Promise<void>;
  readonly replicate: {
    to(url: string): Promise<{ readonly ok: boolean; readonly docs_written: number }>;
    from(url: string): Promise<{ readonly ok: boolean; readonly docs_written: number }>;
  };
}
export interface Pouch {
  new (path: string, options?: object): PouchDatabase;
  defaults(options: object): Pouch;
}

const load = createRequire(join(FOLDER, 'package.json'));

// The packages have no types; these are the parts of their documentation that are used.
export const loadPouch = () => load('pouchdb') as Pouch;
export const loadExpress = () =>
  load('express') as () => {
    use(path: string, handler: unknown): void;
    listen(port: number, host: string, done: () => void): Server;
  };
export const loadExpressPouch = () => load('express-pouchdb') as (pouch: Pouch, options: object) => unknown;
