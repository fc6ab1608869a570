import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { FILES_PATH } from '#shared/contract/uploads.ts';
import { temporaryFolder } from '../../../../fixtures/ledger-world.ts';
import { madeMp4 } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

/** Waits as long as it takes; the test's own time ends it. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(10);
}

test('an upload that is cut off leaves nothing, at whatever byte', async () => {
  const editor = await uploadingEditor();
  const video = madeMp4(200_000);
  for (const at of [1, 100, 150_000]) {
    const sending = request(`${editor.url}${FILES_PATH}?name=a.mp4`, {
      method: 'POST',
      headers: { ...editor.headers, 'content-length': video.length },
    });
    sending.on('error', () => {});
    sending.write(video.subarray(0, at));
    await until(() => editor.leftOver().length === 1);
    sending.destroy();
    await until(() => editor.leftOver().length === 0);
  }
  expect(editor.kept()).toEqual([]);
  expect(await editor.send(Buffer.from(video))).toMatchObject({ file: { bytes: video.length } });
});

test('what a server left over when its power went is gone at its next start', async () => {
  const blobDir = temporaryFolder();
  mkdirSync(join(blobDir, 'intake'));
  writeFileSync(join(blobDir, 'intake', 'half a film'), 'x');
  const editor = await uploadingEditor({ blobDir });
  expect(readdirSync(join(blobDir, 'intake'))).toEqual([]);
  expect(editor.kept()).toEqual([]);
});
