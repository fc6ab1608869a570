import { parseArgs } from 'node:util';
import { isTerminalFile, verifyTerminalFile } from './verify-file.ts';
import { verifyServer } from './verify-server.ts';

/**
 * `verify [FILE] [--rebuild]` (`--db FILE` is the same): integrity, chains, folds and loans of a terminal's or a server's
 * SQLite file, or without one of the PostgreSQL database of DATABASE_URL. Only reads, unless `--rebuild` makes the
 * projections anew from the log, in one transaction. Exit 1 if not well.
 */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    options: { db: { type: 'string' }, rebuild: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const path = values.db ?? positionals[0] ?? null;
  const url = process.env['DATABASE_URL'] ?? '';
  if (path === null && url === '') throw new Error('which FILE? There is no DATABASE_URL either');
  const findings =
    path !== null && isTerminalFile(path)
      ? verifyTerminalFile(path, values.rebuild)
      : await verifyServer(path === null ? { kind: 'postgres', url } : { kind: 'sqlite', path }, values.rebuild);
  for (const finding of findings) out(finding);
  return findings.every(({ ok }) => ok) ? 0 : 1;
}
