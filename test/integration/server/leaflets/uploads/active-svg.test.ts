import { describe, expect, it, test } from 'vitest';
import { madeSvg } from './made-files.ts';
import { uploadingEditor } from './uploading.ts';

describe('a drawing that does more than show something is refused', () => {
  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script of a name space', '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>'],
    ['a handler', '<rect onload="alert(1)"/>'],
    ['a handler right behind another attribute', '<rect x="1"onclick="alert(1)"/>'],
    ['a page in it', '<foreignObject><div/></foreignObject>'],
    ['a link to a script', '<a href="javascript:alert(1)"><rect/></a>'],
    ['the same, written as numbers', '<a href="&#106;ava&#x73;cript:alert(1)"><rect/></a>'],
    ['a picture from elsewhere', '<image href="https://example.org/a.png"/>'],
    ['a file of the server', '<image xlink:href="file:///etc/passwd"/>'],
    ['a picture within', '<image href="data:image/png;base64,AAAA"/>'],
    ['a drawing from elsewhere', '<use href="https://example.org/a.svg#a"/>'],
    ['colours from elsewhere', '<rect fill="url(https://example.org/a.svg#a)"/>'],
    ['a font from elsewhere', '<style>@font-face { src: url("//example.org/a") }</style>'],
    ['a style sheet from elsewhere', '<style>@import "a.css";</style>'],
  ])('%s', async (_, inside) => {
    const editor = await uploadingEditor();
    expect(await editor.send(Buffer.from(madeSvg(inside)), 'a.svg')).toBe('active-content');
    expect([editor.leftOver(), editor.kept()]).toEqual([[], []]);
  });
});

test('what it refers to within itself may be', async () => {
  const editor = await uploadingEditor();
  const inside = `<defs><linearGradient id="g"/><rect id="r" width="3" height="3"/></defs>
    <style>rect { fill: url(#g) }</style><use href="#r"/><rect fill="url('#g')" width="4" height="4"/>`;
  expect(await editor.send(Buffer.from(madeSvg(inside)), 'a.svg')).toMatchObject({ file: { type: 'image/png' } });
});

test('a drawing in another coding than UTF-8 can’t be looked at', async () => {
  const editor = await uploadingEditor();
  const svg = madeSvg('<rect/>').toString('utf8');
  expect(await editor.send(Buffer.concat([Buffer.from(svg), Buffer.from([0xff, 0xfe])]), 'a.svg')).toBe('damaged');
  expect(await editor.send(Buffer.from(`\ufeff${svg}`, 'utf16le'), 'a.svg')).toBe('unknown-type');
});
