import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/result.ts';
import { type DemoFile, demoFileSchema } from './seed/prepare-demo.ts';
import type { DatabaseChoice } from './store/database.ts';

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4400),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(?:ql)?:\/\//, 'wants postgres://user:password@host/database')
    .optional(),
  DATA_DIR: z.string().min(1).default('.data/server'),
  PAGE_DIR: z.string().min(1),
  COMMUNITY_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'wants 64 hex digits')
    .optional(),
  REQUIRE_TOTP: z.stringbool().optional(),
});

export interface ServerSettings {
  readonly port: number;
  readonly host: string;
  readonly database: DatabaseChoice;
  /** Where blobs are kept. No other server process may use it. */
  readonly blobDir: string;
  readonly pageDir: string;
  /** The server's own keys for releases. */
  readonly contentKeyFile: string;
  /** Null where it was not given: then no terminal can be enrolled. */
  readonly communityKey: string | null;
  /** Whether admins need a second step to sign in. */
  readonly requireTotp: boolean;
  /** Null where this is not a demo. */
  readonly demo: DemoFile | null;
}

function readDemoFile(path: string): Result<DemoFile, string> {
  try {
    const demo = demoFileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return demo.success ? ok(demo.data) : err(`the demo file ${path} is not right:\n${z.prettifyError(demo.error)}`);
  } catch (error) {
    return err(`the demo file ${path} can't be read: ${String(error)}`);
  }
}

/**
 * The settings of a server process: environment (PORT, HOST, DATABASE_URL, DATA_DIR, PAGE_DIR, COMMUNITY_KEY, REQUIRE_TOTP) and
 * `--demo FILE`. An error is a sentence for whoever starts it. Secrets have no defaults: they come with the demo's file or
 * not at all.
 */
export function readSettings(
  environment: NodeJS.ProcessEnv,
  args: readonly string[],
  defaultPageDir: string,
): Result<ServerSettings, string> {
  const parsed = environmentSchema.safeParse({ PAGE_DIR: defaultPageDir, ...environment });
  if (!parsed.success) return err(`the environment is not right:\n${z.prettifyError(parsed.error)}`);
  const { PORT: port, HOST: host, DATABASE_URL: url, DATA_DIR: folder, PAGE_DIR: pageDir } = parsed.data;
  const communityKey = parsed.data.COMMUNITY_KEY ?? null;
  const database: DatabaseChoice =
    url === undefined ? { kind: 'sqlite', path: join(folder, 'server.sqlite') } : { kind: 'postgres', url };

  const blobDir = join(folder, 'blobs');
  const contentKeyFile = join(folder, 'content-keys.json');
  const common = { port, host, database, blobDir, pageDir, contentKeyFile };

  let file: string | undefined;
  try {
    file = parseArgs({ args: [...args], options: { demo: { type: 'string' } } }).values.demo;
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
  if (file === undefined)
    return ok({ ...common, communityKey, requireTotp: parsed.data.REQUIRE_TOTP ?? true, demo: null });
  const demo = readDemoFile(file);
  if (!demo.ok) return demo;
  const requireTotp = parsed.data.REQUIRE_TOTP ?? false;
  return ok({ ...common, requireTotp, communityKey: demo.value.communityKey, demo: demo.value });
}
