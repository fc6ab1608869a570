import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { seedFiles, seedLeaflets } from '#server/seed/leaflets/seed-leaflets.ts';
import { filesOf, LEAFLET_KINDS } from '#shared/content/leaflet.ts';

test('the drawn files are what the list says of them', () => {
  for (const { path, file } of seedFiles()) {
    const bytes = readFileSync(path);
    expect([path, createHash('sha256').update(bytes).digest('hex')]).toEqual([path, file.hash]);
    expect(bytes.length).toBe(file.bytes);
  }
});

test('no picture is blank', async () => {
  const pictures = seedFiles().filter(({ file }) => file.type === 'image/webp');
  expect(pictures.length).toBeGreaterThan(10);
  for (const { path } of pictures) {
    const { channels } = await sharp(path).stats();
    expect([path, Math.max(...channels.map(({ stdev }) => stdev)) > 20]).toEqual([path, true]);
  }
});

test('there is one of each kind, each id once, and every file is used', () => {
  const leaflets = seedLeaflets();
  expect(new Set(leaflets.map(({ content }) => content.body.kind))).toEqual(new Set(LEAFLET_KINDS));
  expect(new Set(leaflets.map(({ id }) => id)).size).toBe(leaflets.length);
  const used = new Set(leaflets.flatMap(({ content }) => filesOf(content.body).map(({ hash }) => hash)));
  expect(seedFiles().filter(({ file }) => !used.has(file.hash))).toEqual([]);
});

test('all are in Chinese and English, and the emergency is only kept ready', () => {
  for (const { content, draft } of seedLeaflets()) {
    expect(content.title.en).toBeTypeOf('string');
    expect(content.summary.en).toBeTypeOf('string');
    expect([content.title.zh, content.priority === 'emergency']).toEqual([content.title.zh, draft]);
  }
});

test('each picture that a text shows is one of its own', () => {
  for (const { content } of seedLeaflets()) {
    if (content.body.kind !== 'article') continue;
    const own = new Set<string>(content.body.pictures.map(({ hash }) => hash));
    const shown = [content.body.text.zh, content.body.text.en ?? ''].flatMap((text) =>
      [...text.matchAll(/\(picture:([^)]*)\)/g)].map(([, hash]) => hash),
    );
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.filter((hash) => hash === undefined || !own.has(hash))).toEqual([]);
  }
});
