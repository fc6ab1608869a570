import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ALWAYS } from '#shared/content/leaflet.ts';
import { temporaryFolder } from '../../../../fixtures/ledger-world.ts';
import { PASSWORD } from '../../console-browser.ts';
import { startServer } from '../../server-world.ts';
import { madePicture } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

const DAY = 86_400_000;

test('what no leaflet names is forgotten a week after it was last sent, and its bytes are given back', async () => {
  const blobDir = temporaryFolder();
  const editor = await uploadingEditor({ blobDir });
  const send = async (width: number) => {
    const sent = await editor.send(new Uint8Array(await madePicture('jpeg', width)));
    if (typeof sent === 'string' || !('width' in sent.file)) throw new Error(JSON.stringify(sent));
    return sent.file;
  };
  const named = await send(61);
  await send(62);
  const again = await send(63);
  await editor.client.leaflets.create({
    content: {
      title: { zh: '有图' },
      summary: { zh: '一张' },
      category: 'other',
      tags: [],
      priority: 'normal',
      audience: { kind: 'all' },
      window: ALWAYS,
      body: { kind: 'pictures', pictures: [{ file: named, caption: null }] },
    },
  });
  editor.clock.pass(5 * DAY);
  await editor.client.session.signIn({ account: 'editor', password: PASSWORD });
  expect(await send(63)).toEqual(again);
  expect(editor.kept()).toHaveLength(3);
  editor.clock.pass(3 * DAY);
  await editor.close();

  // It is looked at when the server starts, and then every day.
  const later = await startServer(editor.choice, { blobDir, now: editor.clock.now });
  await later.server.close();
  const kept = readdirSync(join(blobDir, 'held'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    /[0-9a-f]{64}$/.test(name),
  );
  expect(kept.map((name) => name.slice(-64)).toSorted((a, b) => a.localeCompare(b))).toEqual(
    [named.hash, again.hash].toSorted((a, b) => a.localeCompare(b)),
  );
});
