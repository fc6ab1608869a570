import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openEvents } from '#electron/core/identity/wipe.ts';
import { openForReading } from './event-files.ts';

/** The word of revocation that the server's database (SQLite) has for the terminal. */
function wordIn(database: string, terminal: string): string {
  const db = openForReading(database);
  try {
    const row = db.prepare('SELECT revocation FROM terminals WHERE id = ?').get(terminal);
    if (row === undefined) throw new Error(`${database} knows no terminal ${terminal}`);
    return z.object({ revocation: z.string() }).parse(row).revocation;
  } finally {
    db.close();
  }
}

/**
 * `unseal unsent-LD-1.sealed --db server.sqlite` (or `--word W`, from another database): what a revoked terminal had not
 * sent, an event a line.
 */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const options = { db: { type: 'string' }, word: { type: 'string' } } as const;
  // One word in 64 begins with a dash: as its own argument it would be taken for an option.
  const wordAt = args.indexOf('--word');
  const joined = wordAt < 0 ? args : args.toSpliced(wordAt, 2, `--word=${args[wordAt + 1] ?? ''}`);
  const { values, positionals } = parseArgs({ args: joined, options, allowPositionals: true });
  const [file] = positionals;
  if (file === undefined || (values.db === undefined) === (values.word === undefined)) {
    throw new Error('wants FILE and one of --db FILE and --word WORD');
  }
  const terminal = /^unsent-(.+)\.sealed$/.exec(basename(file))?.[1] ?? '';
  const word = values.word ?? wordIn(values.db ?? '', terminal);
  for (const line of openEvents(word, readFileSync(file, 'utf8'))) out(z.looseObject({}).parse(JSON.parse(line)));
  return 0;
}
