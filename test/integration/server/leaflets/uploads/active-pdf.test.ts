import { describe, expect, it, test } from 'vitest';
import { type MadePdf, madePdf, PAGE, streamObject } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

const pageWith = (more: string) => PAGE.replace('>>', `${more} >>`);
const link = (action: string) =>
  pageWith(`/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /Type /Action ${action} >> >>]`);

/** Ways in which a PDF does more than show something. */
const ACTIVE: readonly (readonly [string, MadePdf])[] = [
  ['a script when it is opened', { catalogue: '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>' }],
  ['the same under another spelling', { catalogue: '/OpenAction << /S /J#61vaScript /JS (app.alert\\(1\\)) >>' }],
  ['scripts by name', { catalogue: '/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (1) >>] >> >>' }],
  ['a script when a page is opened', { objects: [pageWith('/AA << /O << /S /JavaScript /JS (1) >> >>')] }],
  ['a script behind a link', { objects: [link('/S /JavaScript /JS (1)')] }],
  ['a program that is started', { objects: [link('/S /Launch /F (calc.exe)')] }],
  ['a form that is sent', { objects: [link('/S /SubmitForm /F (https://example.org/)')] }],
  ['data that are fetched', { objects: [link('/S /ImportData /F (a.fdf)')] }],
  [
    'a film that is a program',
    { objects: [link('/S /RichMediaExecute'), streamObject('/Type /RichMedia', 'x')], pages: 1 },
  ],
  [
    'a file within the file',
    {
      catalogue:
        '/Names << /EmbeddedFiles << /Names [(a.exe) << /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>] >> >>',
      objects: [PAGE, streamObject('/Type /EmbeddedFile', 'MZ')],
      pages: 1,
    },
  ],
  [
    'a form of XML',
    { catalogue: '/AcroForm << /XFA 4 0 R /Fields [] >>', objects: [PAGE, streamObject('', '<xdp/>')], pages: 1 },
  ],
  ['a collection of files', { catalogue: '/Collection << /View /T >>' }],
  [
    'a script in an object stream',
    { objects: [PAGE, streamObject('/Type /ObjStm /N 1 /First 4', '9 0 << /S /JavaScript /JS (1) >>')], pages: 1 },
  ],
];

describe('a PDF that does something is refused', () => {
  it.each(ACTIVE)('%s', async (_, made) => {
    const editor = await uploadingEditor();
    expect(await editor.send(Buffer.from(madePdf(made)), 'a.pdf')).toBe('active-content');
    expect([editor.leftOver(), editor.kept()]).toEqual([[], []]);
  });
});

test('links to pages, fields and words about scripts are no reason', async () => {
  const editor = await uploadingEditor();
  const harmless = madePdf({
    objects: [link('/S /URI /URI (https://example.org/)'), streamObject('', 'BT (JavaScript Launch) Tj ET')],
    pages: 1,
  });
  expect(await editor.send(Buffer.from(harmless), 'a.pdf')).toMatchObject({ file: { pages: 1 } });
});

test('a locked PDF', async () => {
  const editor = await uploadingEditor();
  const zeros = '00'.repeat(32);
  const lock = `/Filter /Standard /V 1 /R 2 /O <${zeros}> /U <${zeros}> /P -4`;
  const locked = madePdf({ trailer: `/ID [<00><00>] /Encrypt << ${lock} >>` });
  expect(await editor.send(Buffer.from(locked), 'a.pdf')).toBe('encrypted');
});

test('an object stream that swells beyond all measure', async () => {
  const editor = await uploadingEditor();
  const bomb = streamObject('/Type /ObjStm /N 1 /First 4', `9 0 ${' '.repeat(140_000_000)}`);
  expect(await editor.send(Buffer.from(madePdf({ objects: [PAGE, bomb], pages: 1 })), 'a.pdf')).toBe('damaged');
  expect(editor.kept()).toEqual([]);
});
