import { expect, test } from 'vitest';
import { madeSvg } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

const LEVELS = Array.from({ length: 12 }, (_, level) => level + 1);

test('entities made of entities', async () => {
  const editor = await uploadingEditor();
  const entities = LEVELS.map((level) => `<!ENTITY e${level} "${`&e${level - 1};`.repeat(10)}">`).join('');
  const bomb = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e0 "ha">${entities}]>${madeSvg('<text>&e12;</text>').toString()}`;
  expect(await editor.send(Buffer.from(bomb), 'a.svg')).toBe('active-content');
});

test('entities of other files', async () => {
  const editor = await uploadingEditor();
  const bomb = `<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${madeSvg('<text>&x;</text>').toString()}`;
  expect(await editor.send(Buffer.from(bomb), 'a.svg')).toBe('active-content');
});

test('groups that use groups that use groups', async () => {
  const editor = await uploadingEditor();
  const groups = LEVELS.map((level) => `<g id="g${level}">${`<use href="#g${level - 1}"/>`.repeat(10)}</g>`).join('');
  const bomb = madeSvg(`<defs><rect id="g0" width="9" height="9"/>${groups}</defs><use href="#g12"/>`);
  expect(await editor.send(Buffer.from(bomb), 'a.svg')).toBe('damaged');
  expect([editor.leftOver(), editor.kept()]).toEqual([[], []]);
});

test('more than a drawing is long', async () => {
  const editor = await uploadingEditor();
  expect(await editor.send(Buffer.from(madeSvg(`<!--${'x'.repeat(1_048_576)}-->`)), 'a.svg')).toBe('too-large');
});

test('nested deeper than anybody draws', async () => {
  const editor = await uploadingEditor();
  expect(await editor.send(Buffer.from(madeSvg('<g>'.repeat(100_000))), 'a.svg')).toBe('damaged');
  expect(editor.kept()).toEqual([]);
});
