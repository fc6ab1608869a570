import { hostname } from 'node:os';
import { join } from 'node:path';
import { ok, type Result } from '#shared/result.ts';
import type { KeyStore } from './identity/key-store.ts';
import { setUp, type SetUpDeps } from './identity/set-up.ts';
import type { Log } from './log.ts';
import { createRetiredTerminal, createTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

/** What electron-store and conf have in common: reading gives the whole file, and writing replaces it. */
export interface SettingsStore {
  store: object;
}

export interface StartOptions {
  readonly file: SettingsStore;
  /** Where the database is kept. */
  readonly folder: string;
  readonly keys: KeyStore;
  readonly enrolment: SetUpDeps['enrolment'];
  readonly log: Log;
}

export interface Started {
  readonly terminal: Terminal;
  /** The terminal's id. */
  readonly name: string;
}

/** Starts what this machine is, in either shell: a terminal, or one that was. An error is a sentence for a technician. */
export async function startTerminal(options: StartOptions): Promise<Result<Started, string>> {
  const { file, folder, keys, enrolment, log } = options;
  const settingsFile: SetUpDeps['file'] = {
    read: () => file.store,
    write(settings) {
      file.store = settings;
    },
  };
  const ready = await setUp({ file: settingsFile, keys, enrolment, device: hostname(), fetch, now: Date.now, log });
  if (!ready.ok) return ready;
  const terminalOptions: TerminalOptions = {
    databasePath: join(folder, 'terminal.sqlite'),
    keys,
    onRevoked: (settings) => settingsFile.write(settings),
    log,
  };
  const { kind, settings } = ready.value;
  const terminal =
    kind === 'terminal' ? createTerminal(settings, terminalOptions) : createRetiredTerminal(settings, terminalOptions);
  return ok({ terminal, name: settings.terminal });
}
