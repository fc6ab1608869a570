import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { withGeneratedSections } from '../../../scripts/ledger-doc/sections.ts';

const ROOT = join(import.meta.dirname, '../../..');
const text = readFileSync(join(ROOT, 'docs/ledger.md'), 'utf8');

test('docs/ledger.md has the events and the folds of this version; if not: npm run ledger-doc', () => {
  expect(withGeneratedSections(text)).toBe(text);
});

test('the files that docs/ledger.md names are there', () => {
  const folders = ['shared', 'electron', 'server', 'test', 'docs'];
  const files = folders.flatMap((folder) => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }));
  const there = new Set(files.map((file) => basename(file)));
  const named = [...text.matchAll(/`([\w./-]+\.(?:ts|json))`/g)].map(([, name = '']) => basename(name));
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !there.has(name))).toEqual([]);
});
