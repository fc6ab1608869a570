import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { startChild } from '../../demo/child.ts';
import { type Load, rateOf, type Rates } from '../contender.ts';
import { loadPouch } from './install.ts';

const eventSchema = z.looseObject({ id: z.string() });

/** Documents with the same content as the events. */
function documents(lines: readonly string[]): object[] {
  return lines.map((line) => {
    const event = eventSchema.parse(JSON.parse(line));
    return { _id: event.id, ...event };
  });
}

/**
 * PouchDB on LevelDB in this process, express-pouchdb on LevelDB in another, with the options they come with. Neither waits
 * for the disk at a write.
 */
export async function pouchSync(folder: string, { lines, warmUp }: Load): Promise<Rates> {
  mkdirSync(folder, { recursive: true });
  const Pouch = loadPouch();
  const server = await startChild('scripts/bench/pouch/process.ts', [join(folder, 'server')], {}, `${folder}/log`);

  async function both(name: string, some: readonly string[]): Promise<Rates> {
    const url = `${server.url}/${name}`;
    const from = new Pouch(join(folder, `${name}-from`), { adapter: 'leveldb' });
    const to = new Pouch(join(folder, `${name}-to`), { adapter: 'leveldb' });
    await from.bulkDocs(documents(some));
    const all = ({ ok, docs_written }: { ok: boolean; docs_written: number }) => {
      if (!ok || docs_written !== some.length) throw new Error(`${docs_written} of ${some.length} went over`);
    };
    const push = await rateOf(some.length, async () => all(await from.replicate.to(url)));
    const pull = await rateOf(some.length, async () => all(await to.replicate.from(url)));
    await from.close();
    await to.close();
    return { push, pull };
  }

  try {
    await both('warm', warmUp);
    return await both('timed', lines);
  } finally {
    await server.stop();
  }
}
