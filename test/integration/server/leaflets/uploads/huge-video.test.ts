import { request } from 'node:http';
import { expect, test } from 'vitest';
import { MAX_BLOB_BYTES } from '#shared/contract/blobs.ts';
import { FILES_PATH } from '#shared/contract/uploads.ts';
import { madeMp4 } from './made-files.ts';
import { uploadingEditor, type UploadingEditor } from './uploading.ts';

const GIB = 1_073_741_824;
const MIB = 1_048_576;

interface Sent {
  readonly status: number;
  readonly answer: string;
  /** Bytes that the sender got rid of. */
  readonly bytes: number;
}

/** Sends a video of two gigabytes until there is an answer; a piece is made when the one before it has gone. */
function sendVideo({ url, headers }: UploadingEditor, more: Record<string, string | number>): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const piece = Buffer.alloc(MIB);
    let bytes = 0;
    const sending = request(`${url}${FILES_PATH}?name=a.mp4`, { method: 'POST', headers: { ...headers, ...more } });
    const state = { answered: false };
    sending.on('response', (response) => {
      state.answered = true;
      let answer = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (answer += text));
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, answer, bytes });
        sending.destroy();
      });
    });
    sending.on('error', (error) => {
      if (!state.answered) reject(error);
    });
    const next = () => {
      if (state.answered || bytes >= 2 * GIB) return;
      bytes += piece.length;
      sending.write(piece, next);
    };
    sending.write(madeMp4(), next);
  });
}

test('a video of two gigabytes is refused before it is read', async () => {
  const editor = await uploadingEditor();
  const { status, answer, bytes } = await sendVideo(editor, { 'content-length': 2 * GIB });
  expect([status, answer]).toEqual([413, expect.stringContaining('too-large')]);
  expect(bytes).toBeLessThan(MAX_BLOB_BYTES);
  expect([editor.leftOver(), editor.kept()]).toEqual([[], []]);
});

test('one that does not say how long it is, as soon as it is too long', async () => {
  const editor = await uploadingEditor();
  const { status, answer, bytes } = await sendVideo(editor, { 'transfer-encoding': 'chunked' });
  expect([status, answer]).toEqual([413, expect.stringContaining('too-large')]);
  expect(bytes).toBeLessThan(2 * MAX_BLOB_BYTES);
  expect([editor.leftOver(), editor.kept()]).toEqual([[], []]);
});
