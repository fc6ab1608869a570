/**
 * `npm run bench -- NAME ... [--events N] [--terminals N]`: measures of speed as JSON lines, each a ratio to a reference
 * measured in the same run.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { run as card } from './bench/card.ts';
import { run as commit } from './bench/commit.ts';
import type { BenchOptions } from './bench/options.ts';
import { run as publish } from './bench/publish.ts';
import { run as scan } from './bench/scan.ts';
import { run as search } from './bench/search.ts';
import { run as start } from './bench/start.ts';
import { run as storm } from './bench/storm.ts';
import { run as stutter } from './bench/stutter.ts';
import { run as sync } from './bench/sync.ts';

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<void>>> = {
  card,
  commit,
  publish,
  scan,
  search,
  start,
  storm,
  stutter,
  sync,
};

const count = z.coerce.number().int().min(1).nullable();
const optionsSchema = z.object({ events: count.default(null), terminals: count.default(null) });

function refuse(sentence: string): never {
  console.error(sentence);
  console.error(
    `usage: npm run bench -- NAME ... [--events N] [--terminals N], NAME one of ${Object.keys(BENCHES).join(', ')}`,
  );
  process.exit(2);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { events: { type: 'string' }, terminals: { type: 'string' } },
    });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

const { positionals: names, values } = readArguments();
const options = optionsSchema.safeParse(values);
if (!options.success) refuse(z.prettifyError(options.error));
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (names.length === 0 || unknown.length > 0) refuse(`unknown: ${unknown.join(', ') || 'no name was given'}`);
for (const name of names) await BENCHES[name]?.(options.data);
