import { readdirSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import fc from 'fast-check';
import { cleanFileName } from '#server/leaflets/intake/file-name.ts';
import { madeMp4 } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

describe('names', () => {
  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\temp\\a.pdf', 'a.pdf'],
    ['..', 'file'],
    ['/', 'file'],
    ['', 'file'],
    ['.htaccess', 'htaccess'],
    ['a\u0000.pdf\u0007', 'a.pdf'],
    ['gnp\u202egnp.exe', 'gnpgnp.exe'],
    ['a:b*c?"<>|.png', 'a_b_c_____.png'],
    [' 通知 1.pdf ', '通知 1.pdf'],
    ['e\u0301.png', '\u00e9.png'],
    [`${'长'.repeat(200)}.webm`, `${'长'.repeat(75)}.webm`],
  ])('%j is kept as %j', (sent, kept) => {
    expect(cleanFileName(sent)).toBe(kept);
  });

  test('whatever comes, what is kept is a short name without a path', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string()), (sent) => {
        const kept = cleanFileName(sent);
        expect(kept).toMatch(/^[^/\\:*?"<>|\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]+$/u);
        expect(Array.from(kept).length).toBeLessThanOrEqual(80);
        expect(['.', '..']).not.toContain(kept);
        expect(cleanFileName(kept)).toBe(kept);
      }),
      { numRuns: 2000 },
    );
  });
});

test('a name with a path is cleaned, and no file has it', async () => {
  const editor = await uploadingEditor();
  const answer = await editor.send(Buffer.from(madeMp4()), '../../../../tmp/\u202e电影.mp4\u0000');
  expect(answer).toMatchObject({ name: '电影.mp4' });
  expect(readdirSync('/tmp')).not.toContain('电影.mp4');
  expect(editor.kept().map((path) => path.split('/').at(-1))).toHaveLength(1);
});

test('a name beyond all measure is refused', async () => {
  const editor = await uploadingEditor();
  expect(await editor.send(Buffer.from(madeMp4()), 'x'.repeat(1001))).toBe('malformed');
});
