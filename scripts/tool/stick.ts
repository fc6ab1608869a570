import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { blobHashSchema } from '#shared/contract/blobs.ts';
import { createHeldBlobs } from '#server/blobs/held-blobs.ts';
import { writeStick } from '#server/releases/stick.ts';
import { connect } from '#server/store/database.ts';

/** `stick --data DIR --station LD --out DIR`: what a station shows, for a terminal without a network. Exit 1: there is nothing. */
export async function run(args: string[], out: (line: object) => void): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { data: { type: 'string' }, station: { type: 'string' }, out: { type: 'string' } },
  });
  const { data, station, out: folder } = values;
  if (data === undefined || station === undefined || folder === undefined) {
    throw new Error('wants --data DIR (the server’s DATA_DIR), --station CODE and --out DIR');
  }
  const url = process.env['DATABASE_URL'];
  const db = connect(
    url === undefined ? { kind: 'sqlite', path: join(data, 'server.sqlite') } : { kind: 'postgres', url },
    true,
  );
  try {
    const held = createHeldBlobs(join(data, 'blobs/held'));
    const written = await writeStick(db, { find: (hash) => held.find(blobHashSchema.parse(hash)) }, station, folder);
    if (written.ok) out({ station, ...written.value });
    else console.error(`nothing was written: ${written.error}`);
    return written.ok ? 0 : 1;
  } finally {
    await db.destroy();
  }
}
