import { describe, expect, it, test } from 'vitest';
import { madePdf, madePicture } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

describe('a file is what its bytes are, whatever it is called', () => {
  it.each([
    ['a page', 'a.jpg', '<!doctype html><script>alert(1)</script>'],
    ['a program', 'a.png', '\u007fELF\u0002\u0001\u0001'],
    ['a program for Windows', 'a.pdf', 'MZ\u0090\u0000'],
    ['an archive', 'a.pdf', 'PK\u0003\u0004'],
    ['XML that is no drawing', 'a.svg', '<?xml version="1.0"?><note>svg</note>'],
    ['a page with a drawing in it', 'a.svg', '<html><body><svg></svg></body></html>'],
    ['words', 'a.mp4', 'ftyp isom moov'],
    ['GIF', 'a.png', 'GIF89a\u0001\u0000\u0001\u0000'],
    ['a PDF behind other bytes', 'a.pdf', 'GIF88 %PDF-1.7'],
    ['nothing', 'a.png', ''],
  ])('%s called %s', async (_, name, text) => {
    const editor = await uploadingEditor();
    expect(await editor.send(Buffer.from(text, 'latin1'), name)).toBe('unknown-type');
    expect([editor.leftOver(), editor.kept()]).toEqual([[], []]);
  });

  test('a PDF called a picture is a PDF, and of no use where a picture is wanted', async () => {
    const editor = await uploadingEditor();
    expect(await editor.send(Buffer.from(madePdf()), 'photo.jpg')).toMatchObject({
      file: { type: 'application/pdf', pages: 1 },
    });
  });
});

describe('only the beginning is of its type', () => {
  it.each([
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Buffer.from('\0\u0010JFIF<script>', 'latin1')])],
    ['PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 73, 72, 68, 82])],
    ['WebP', Buffer.from('RIFF\u00ff\0\0\0WEBPVP8 nothing', 'latin1')],
    ['PDF', Buffer.from('%PDF-1.7\nnothing')],
    ['MP4', Buffer.from('\0\0\0\u0018ftypisom\0\0\u0002\0isommp41\0\0\u00ff\u00ffmoov', 'latin1')],
    ['WebM', Buffer.from('\u001aE\u00df\u00a3\u0087B\u0082\u0084webm\u0018S\u0080g\u0010\u00ff\u00ff\u00ff', 'latin1')],
  ])('%s', async (_, body) => {
    const editor = await uploadingEditor();
    expect(['damaged', 'unknown-type']).toContain(await editor.send(body));
    expect([editor.leftOver(), editor.kept()]).toEqual([[], []]);
  });

  test('a picture that was cut off', async () => {
    const editor = await uploadingEditor();
    const whole = await madePicture('jpeg', 600, 600);
    expect(await editor.send(Buffer.from(whole.subarray(0, whole.length / 2)))).toBe('damaged');
  });
});

test('a picture with more pixels than it may have is not unpacked', async () => {
  const editor = await uploadingEditor();
  const head = await madePicture('png', 8000, 6300);
  expect(await editor.send(Buffer.from(head))).toBe('too-many-pixels');
  expect(editor.kept()).toEqual([]);
});
