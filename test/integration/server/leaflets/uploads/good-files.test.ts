import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it, test } from 'vitest';
import { signedIn } from '../../console-browser.ts';
import { madeMp4, madePdf, madePicture, madeSvg, madeWebm, PAGE } from './made-files.ts';
import { uploadingEditor, type UploadingEditor } from './uploading.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

async function fileOf(editor: UploadingEditor, body: Uint8Array<ArrayBuffer>) {
  const answer = await editor.send(body);
  if (typeof answer === 'string') throw new Error(answer);
  return answer.file;
}

async function bytesOf(editor: UploadingEditor, hash: string): Promise<Buffer> {
  return Buffer.from(await (await editor.get(hash)).arrayBuffer());
}

describe('pictures are made anew', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('%s', async (format) => {
    const editor = await uploadingEditor();
    const sent = await madePicture(format);
    expect(sent.includes('SECRET-PLACE')).toBe(true);
    const file = await fileOf(editor, Buffer.from(sent));
    expect(file).toMatchObject({ type: `image/${format}`, width: 60, height: 40 });
    const kept = await bytesOf(editor, file.hash);
    expect([sha256(kept), kept.length]).toEqual([file.hash, file.bytes]);
    expect(kept.includes('SECRET-PLACE')).toBe(false);
    expect((await sharp(kept).metadata()).format).toBe(format);
    expect(editor.leftOver()).toEqual([]);
  });

  test('what hangs behind a picture is gone', async () => {
    const editor = await uploadingEditor();
    const tail = Buffer.from('<script>alert(1)</script>PK\u0003\u0004');
    const file = await fileOf(editor, Buffer.concat([await madePicture('jpeg'), tail]));
    expect((await bytesOf(editor, file.hash)).includes('script')).toBe(false);
  });

  test('a large one is made smaller, one that lies on its side is put upright', async () => {
    const editor = await uploadingEditor();
    const file = await fileOf(editor, Buffer.from(await madePicture('png', 6000, 3000)));
    expect(file).toMatchObject({ width: 4096, height: 2048 });
    const lying = await sharp(await madePicture('jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await fileOf(editor, Buffer.from(lying))).toMatchObject({ width: 40, height: 60 });
  });

  test('the same picture sent twice is one file', async () => {
    const editor = await uploadingEditor();
    const body = Buffer.from(await madePicture('webp'));
    expect(await fileOf(editor, body)).toEqual(await fileOf(editor, body));
    expect(editor.kept()).toHaveLength(1);
  });
});

test('a drawing becomes a picture as large as a screen', async () => {
  const editor = await uploadingEditor();
  const inside = '<defs><g id="a"><rect width="9" height="9" fill="#c00"/></g></defs><use href="#a"/>';
  const file = await fileOf(editor, Buffer.from(madeSvg(inside)));
  expect(file).toMatchObject({ type: 'image/png', width: 2048, height: 1024 });
  const corner = await sharp(await bytesOf(editor, file.hash))
    .extract({ left: 9, top: 9, width: 1, height: 1 })
    .raw()
    .toBuffer();
  expect([...corner]).toEqual([204, 0, 0, 255]);
  const huge = await fileOf(editor, Buffer.from(madeSvg('', 'width="90000" height="45000"')));
  expect(huge).toMatchObject({ width: 2048, height: 1024 });
});

test('PDF and video are kept as they are', async () => {
  const editor = await uploadingEditor();
  const pdf = madePdf({ objects: [PAGE, PAGE, PAGE] });
  const whole = { bytes: pdf.length, hash: sha256(pdf) };
  expect(await fileOf(editor, Buffer.from(pdf))).toEqual({ type: 'application/pdf', ...whole, pages: 3 });
  for (const [type, video] of [
    ['video/mp4', madeMp4()],
    ['video/webm', madeWebm()],
  ] as const) {
    expect(await fileOf(editor, Buffer.from(video))).toEqual({ type, bytes: video.length, hash: sha256(video) });
    expect(await bytesOf(editor, sha256(video))).toEqual(video);
  }
  expect(editor.leftOver()).toEqual([]);
});

test('files are sent with their type and may do nothing; ranges of them, too', async () => {
  const editor = await uploadingEditor();
  const video = madeMp4(1000);
  await editor.post('电影.mp4', Buffer.from(video));
  const whole = await editor.get(sha256(video));
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'video/mp4',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent('电影.mp4')}`,
    'accept-ranges': 'bytes',
  });
  const part = await editor.get(sha256(video), { range: 'bytes=4-7' });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    `bytes 4-7/${video.length}`,
    'ftyp',
  ]);
  const behind = await editor.get(sha256(video), { range: `bytes=${video.length}-` });
  expect([behind.status, behind.headers.get('content-range')]).toEqual([416, `bytes */${video.length}`]);
});

test('only who is signed in sees files, only leaflets’ files are seen, only editors send', async () => {
  const editor = await uploadingEditor();
  const photograph = await editor.server.blobs?.put(Buffer.from('of somebody'), 'server');
  expect((await editor.get(String(photograph))).status).toBe(404);
  expect((await editor.get('..%2f..%2fetc%2fpasswd')).status).toBe(404);
  const file = await fileOf(editor, Buffer.from(await madePicture('png')));
  expect((await editor.get(file.hash, { cookie: '' })).status).toBe(401);
  const body = Buffer.from(await madePicture('webp'));
  const target = `${editor.url}/files/v1?name=a`;
  const statusOf = async (headers: Record<string, string>) =>
    (await fetch(target, { method: 'POST', headers: { ...editor.headers, ...headers }, body })).status;
  expect(await statusOf({ cookie: '' })).toBe(401);
  expect(await statusOf({ origin: 'https://example.org' })).toBe(403);
  expect(await statusOf({})).toBe(201);
  const auditor = await signedIn(editor, 'auditor');
  expect(await statusOf({ cookie: auditor.seen.cookie })).toBe(403);
  expect((await editor.get(file.hash, { cookie: auditor.seen.cookie })).status).toBe(200);
  const dispatcher = await signedIn(editor, 'dispatcher');
  expect((await editor.get(file.hash, { cookie: dispatcher.seen.cookie })).status).toBe(403);
  const { client } = await signedIn(editor);
  const noted = (await client.audit.list({})).rows.map(({ account, act, outcome }) => [account, act, outcome]);
  expect(noted).toContainEqual(['auditor', 'files.upload', 'FORBIDDEN']);
  expect(noted).toContainEqual(['dispatcher', 'files.read', 'FORBIDDEN']);
  expect(noted).toContainEqual(['editor', 'files.upload', 'done']);
});
