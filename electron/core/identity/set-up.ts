import { z } from 'zod';
import { err, ok, type Result } from '#shared/result.ts';
import type { Log } from '../log.ts';
import { machineSchema, type Retired, retiredSchema, type Settings, settingsSchema } from '../settings.ts';
import { enrol, type EnrolDeps } from './enrol.ts';
import type { KeyStore } from './key-store.ts';

/** The settings file; a write replaces it whole. */
export interface SettingsFile {
  read(): unknown;
  write(settings: Settings | Retired): void;
}

export interface SetUpDeps extends Pick<EnrolDeps, 'device' | 'fetch' | 'now'> {
  readonly file: SettingsFile;
  readonly keys: KeyStore;
  /** From whoever sets the machine up; null at an ordinary start. */
  readonly enrolment: Pick<EnrolDeps, 'code' | 'serverUrl'> | null;
  readonly log: Log;
}

export type SetUp =
  | { readonly kind: 'terminal'; readonly settings: Settings }
  /** Was revoked, and nobody has enrolled it anew. */
  | { readonly kind: 'retired'; readonly settings: Retired };

function hasKey(keys: KeyStore, log: Log): boolean {
  try {
    return keys.read() !== null;
  } catch (error) {
    log.error({ err: error }, 'the key of this terminal can’t be read');
    return false;
  }
}

/**
 * What this machine is, after it was enrolled if it had to be: one that is a terminal and has its key just starts. An
 * error is a sentence for whoever sets it up.
 */
export async function setUp(deps: SetUpDeps): Promise<Result<SetUp, string>> {
  const { file, keys, enrolment, log } = deps;
  const found = file.read();
  const known = settingsSchema.safeParse(found);
  // Without its key it can lend all the same; the server will not know it until it is enrolled anew.
  if (known.success && (enrolment === null || hasKey(keys, log))) return ok({ kind: 'terminal', settings: known.data });
  if (enrolment === null) {
    const retired = retiredSchema.safeParse(found);
    if (retired.success) return ok({ kind: 'retired', settings: retired.data });
  }
  const machine = machineSchema.safeParse(found);
  if (!machine.success) return err(z.prettifyError(machine.error));
  if (enrolment === null) return err('this machine is no terminal yet: start it with --enrol CODE --server URL');

  const answer = await enrol({ ...deps, ...enrolment });
  if (!answer.ok) {
    const { error } = answer;
    return err(error.kind === 'refused' ? `${error.code}: ${error.sentence}` : `no answer: ${error.detail}`);
  }
  const settings: Settings = { ...machine.data, server: { url: enrolment.serverUrl }, ...answer.value };
  file.write(settings);
  log.info({ terminal: settings.terminal, keyStore: keys.kind }, 'enrolled');
  return ok({ kind: 'terminal', settings });
}
