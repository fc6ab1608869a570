import { parseArgs } from 'node:util';
import { eventsOf, openForReading } from './event-files.ts';

/** `events --db FILE [--since N]`: the log of a terminal or a server, an event a line, with its local `seq`. */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values } = parseArgs({ args, options: { db: { type: 'string' }, since: { type: 'string', default: '0' } } });
  if (values.db === undefined) throw new Error('--db FILE is missing');
  const since = Number(values.since);
  if (!Number.isInteger(since) || since < 0) throw new Error('--since wants a whole number');
  for (const { seq, event } of eventsOf(openForReading(values.db), since)) out({ seq, ...event });
  return 0;
}
