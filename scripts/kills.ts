/**
 * `npm run kills -- [--times N] [--seed S] [--kill terminal|server|both] [--database sqlite|postgres|both]`: processes are killed
 * with -9 at random moments under load, N times on each database: the terminal while items are scanned, the server while
 * it is pushed to, and on PostgreSQL now and then its postmaster. Then: all that the page was shown and all that the
 * server acknowledged is on the server exactly once, and `verify` is clean. One JSON line a database; exits 1 if not.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { runKills } from './kills/run.ts';

const options = z
  .object({
    times: z.coerce.number().int().min(1),
    seed: z.coerce.number().int(),
    kill: z.enum(['terminal', 'server', 'both']),
    database: z.enum(['sqlite', 'postgres', 'both']),
  })
  .parse(
    parseArgs({
      options: {
        times: { type: 'string', default: '100' },
        seed: { type: 'string', default: '1' },
        kill: { type: 'string', default: 'both' },
        database: { type: 'string', default: 'both' },
      },
    }).values,
  );
const { times, seed, kill } = options;
const databases = options.database === 'both' ? (['sqlite', 'postgres'] as const) : [options.database];
const victims = kill === 'both' ? (['terminal', 'server'] as const) : [kill];

let good = true;
for (const database of databases) {
  const folder = join(import.meta.dirname, '../out/kills', database);
  const figures = await runKills({ database, times, victims, seed, folder, log: (text) => console.error(text) });
  console.log(JSON.stringify({ metric: 'kills', ...figures }));
  // A run in which hardly anything was shown or acknowledged has proved nothing.
  good &&= figures.lost === 0 && figures.clean && figures.shown > times && figures.acknowledged > 10 * times;
}
// The database's helpers want to be asked before this process ends.
process.exitCode = good ? 0 : 1;
