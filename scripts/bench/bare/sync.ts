import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { startChild } from '../../demo/child.ts';
import { type Load, rateOf, type Rates } from '../contender.ts';
import { openBare } from './table.ts';

const HEADERS = { 'content-type': 'application/x-ndjson' };

async function pushAll(url: string, lines: readonly string[], page: number): Promise<void> {
  for (let start = 0; start < lines.length; start += page) {
    const body = lines.slice(start, start + page).join('\n');
    const answer = await fetch(`${url}/page`, { method: 'POST', headers: HEADERS, body });
    if (!answer.ok) throw new Error(`the bare server answered ${answer.status}`);
    await answer.text();
  }
}

/** How many came. */
async function pullAll(url: string, after: number, page: number, insert: (lines: string[]) => void): Promise<number> {
  for (let came = 0; ;) {
    const answer = await fetch(`${url}/page?after=${after + came}&limit=${page}`);
    const lines = (await answer.text()).split('\n').filter((line) => line !== '');
    if (lines.length === 0) return came;
    insert(lines);
    came += lines.length;
  }
}

/** The bare batch insert of process.ts, with another such table at the pulling end. */
export async function bareSync(folder: string, { lines, warmUp, pushPage, pullPage }: Load): Promise<Rates> {
  mkdirSync(folder, { recursive: true });
  const server = await startChild(
    'scripts/bench/bare/process.ts',
    [join(folder, 'server.sqlite')],
    {},
    `${folder}/log`,
  );
  const db = new Database(join(folder, 'reader.sqlite'));
  try {
    const { url } = server;
    const reader = openBare(db);
    await pushAll(url, warmUp, pushPage);
    await pullAll(url, 0, pullPage, reader.insert);
    const push = await rateOf(lines.length, () => pushAll(url, lines, pushPage));
    const pull = await rateOf(lines.length, async () => {
      const came = await pullAll(url, warmUp.length, pullPage, reader.insert);
      if (came !== lines.length) throw new Error(`${came} of ${lines.length} came back`);
    });
    return { push, pull };
  } finally {
    db.close();
    await server.stop();
  }
}
