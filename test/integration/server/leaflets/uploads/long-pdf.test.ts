import { expect, test } from 'vitest';
import { MOST_PDF_PAGES } from '#shared/content/leaflet.ts';
import { madePdf, PAGE } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

const pages = (count: number) => Buffer.from(madePdf({ objects: Array.from({ length: count }, () => PAGE) }));

test('a PDF of 5,000 pages is refused, one of as many as it may have is not', async () => {
  const editor = await uploadingEditor();
  expect(await editor.send(pages(5000), 'a.pdf')).toBe('too-many-pages');
  expect(await editor.send(pages(MOST_PDF_PAGES + 1), 'a.pdf')).toBe('too-many-pages');
  expect(editor.kept()).toEqual([]);
  expect(await editor.send(pages(MOST_PDF_PAGES), 'a.pdf')).toMatchObject({ file: { pages: MOST_PDF_PAGES } });
});

test('one that says it has fewer pages than it has shows no more than it says', async () => {
  const editor = await uploadingEditor();
  const liar = pages(400).toString('latin1').replace('/Count 400', '/Count 3  ');
  expect(await editor.send(Buffer.from(liar, 'latin1'), 'a.pdf')).toMatchObject({ file: { pages: 3 } });
});

test('one that says it has more pages than it has is counted', async () => {
  const editor = await uploadingEditor();
  const liar = pages(2).toString('latin1').replace('/Count 2', '/Count 9');
  expect(await editor.send(Buffer.from(liar, 'latin1'), 'a.pdf')).toMatchObject({ file: { pages: 2 } });
});
