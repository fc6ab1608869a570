/**
 * `npm run kills -- [--times N] [--seed S] [--kill terminal|server|both] [--database sqlite|postgres|both]`: processes are killed
 * with -9 at random moments under load, N times on each database: the terminal while items are scanned, the server while
 * it is pushed to, and on PostgreSQL now and then its postmaster. Then: all that the page was shown and all that the
 * server acknowledged is on the server exactly once, and `verify` is clean. One JSON line a database; exits 1 if not.
 *
 * `npm run kills -- content [--times N] [--seed S]`: a terminal that gets one release of leaflets after the other is killed N times while
 * it downloads, verifies, proves, switches and goes back. Each time its disk and what its page saw are looked at: always one whole set,
 * never none after the first; and little was sent twice. One JSON line; exits 1 if not.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runContentKills } from './kills/content/run.ts';
import { runKills } from './kills/run.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    times: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    kill: { type: 'string', default: 'both' },
    database: { type: 'string', default: 'both' },
  },
});
const what = z.enum(['ledger', 'content']).parse(positionals[0] ?? 'ledger');
const options = z
  .object({
    times: z.coerce.number().int().min(1),
    seed: z.coerce.number().int(),
    kill: z.enum(['terminal', 'server', 'both']),
    database: z.enum(['sqlite', 'postgres', 'both']),
  })
  .parse(values);
const { times, seed } = options;
const folder = join(import.meta.dirname, '../out/kills');
const log = (text: string) => console.error(text);

async function killLedger(): Promise<boolean> {
  const databases = options.database === 'both' ? (['sqlite', 'postgres'] as const) : [options.database];
  const victims = options.kill === 'both' ? (['terminal', 'server'] as const) : [options.kill];
  let good = true;
  for (const database of databases) {
    const figures = await runKills({ database, times, victims, seed, folder: join(folder, database), log });
    console.log(JSON.stringify({ metric: 'kills', ...figures }));
    // A run in which hardly anything was shown or acknowledged has proved nothing.
    good &&= figures.lost === 0 && figures.clean && figures.shown > times && figures.acknowledged > 10 * times;
  }
  return good;
}

/** Bytes that may come in all, of those that there are. */
const MOST_BYTES_RATIO = 1.05;

async function killContent(): Promise<boolean> {
  const figures = await runContentKills({ times, seed, folder: join(folder, 'content'), log });
  console.log(JSON.stringify({ metric: 'kills', ...figures }));
  // A run in which hardly any release came through has proved nothing.
  return figures.faults === 0 && figures.ratio <= MOST_BYTES_RATIO && figures.releases > times / 20;
}

const good = what === 'ledger' ? await killLedger() : await killContent();
// The database's helpers want to be asked before this process ends.
process.exitCode = good ? 0 : 1;
