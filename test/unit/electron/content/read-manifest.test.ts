import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readManifest } from '#electron/core/content/read-manifest.ts';
import { fileBytes, pictureOf, testLeaflet, testManifest } from '../../../fixtures/leaflets.ts';

const A = fileBytes(10, 1);
const B = fileBytes(10, 2);
const OWN = { release: 3, station: 'LD' };
const read = (json: string) => readManifest(json, OWN, async () => {});

it('gives the leaflets, and each file once', async () => {
  const leaflets = [testLeaflet(1, [A, B]), testLeaflet(2), testLeaflet(3, [A])];
  const result = await read(JSON.stringify(testManifest(3, leaflets)));
  expect(result).toEqual({ ok: true, value: { leaflets, files: [pictureOf(A), pictureOf(B)] } });
});

it('of another station or release it is refused', async () => {
  expect(await read(JSON.stringify(testManifest(3, [], 'LF')))).toMatchObject({ error: { why: 'wrong-station' } });
  expect(await read(JSON.stringify(testManifest(4, [])))).toMatchObject({ error: { why: 'malformed' } });
});

it('whatever the text is, there is an answer', async () => {
  const whole = JSON.stringify(testManifest(3, [testLeaflet(1, [A])]));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc
          .tuple(fc.nat(whole.length), fc.string({ maxLength: 3 }))
          .map(([at, text]) => whole.slice(0, at) + text + whole.slice(at + 1)),
      ),
      async (text) => {
        const result = await read(text);
        expect(result.ok ? result.value.leaflets.length : result.error.detail.length).toBeLessThanOrEqual(300);
      },
    ),
  );
});

it('a large one is read in slices: others go first once for every twenty leaflets', async () => {
  const leaflets = Array.from({ length: 1000 }, (_, index) => testLeaflet(index + 1));
  let pauses = 0;
  const result = await readManifest(JSON.stringify(testManifest(3, leaflets)), OWN, async () => {
    pauses += 1;
  });
  expect([result.ok, pauses]).toEqual([true, 50]);
});
