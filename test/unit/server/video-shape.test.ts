import { writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isWholeMp4, isWholeWebm } from '#server/leaflets/intake/video-shape.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';
import { madeMp4, madeWebm } from '../../integration/server/leaflets/uploads/made-files.ts';

const path = join(temporaryFolder(), 'video');

async function isWhole(check: typeof isWholeMp4, bytes: Uint8Array): Promise<boolean> {
  writeFileSync(path, bytes);
  const file = await open(path);
  try {
    return await check(file, bytes.length);
  } finally {
    await file.close();
  }
}

test('a file that is whole, and the same cut off at every byte', async () => {
  for (const [check, whole] of [
    [isWholeMp4, madeMp4(20)],
    [isWholeWebm, madeWebm(20)],
  ] as const) {
    expect(await isWhole(check, whole)).toBe(true);
    for (let length = 0; length < whole.length; length += 1) {
      expect([length, await isWhole(check, whole.subarray(0, length))]).toEqual([length, false]);
    }
  }
});

test('lengths of 64 bits, up to the end, and unknown ones', async () => {
  const mp4 = madeMp4(0);
  const long = Buffer.alloc(40);
  long.writeUInt32BE(1, 0);
  long.write('mdat', 4);
  long.writeBigUInt64BE(40n, 8);
  expect(await isWhole(isWholeMp4, Buffer.concat([mp4, long]))).toBe(true);
  long.writeBigUInt64BE(2n ** 63n, 8);
  expect(await isWhole(isWholeMp4, Buffer.concat([mp4, long]))).toBe(false);
  long.writeUInt32BE(0, 0);
  expect(await isWhole(isWholeMp4, Buffer.concat([mp4, long]))).toBe(true);
  const unknown = madeWebm(20);
  unknown.writeUInt32BE(0x1fffffff, unknown.length - 24);
  expect(await isWhole(isWholeWebm, unknown)).toBe(true);
});

test('any bytes are judged, without throwing', async () => {
  const piece = fc.constantFrom(
    'ftyp',
    'moov',
    '\0\0\0\u0001',
    '\0\0\0\0',
    '\u001aE\u00df\u00a3',
    '\u0018S\u0080g',
    '\u00ff',
    '\u0001',
  );
  const bytes = fc
    .array(
      fc.oneof(
        piece.map((text) => Buffer.from(text, 'latin1')),
        fc.uint8Array({ maxLength: 9 }),
      ),
      { maxLength: 12 },
    )
    .map((all) => Buffer.concat(all));
  await fc.assert(
    fc.asyncProperty(bytes, fc.constantFrom(isWholeMp4, isWholeWebm), async (each, check) => {
      expect(typeof (await isWhole(check, each))).toBe('boolean');
    }),
    { numRuns: 1000 },
  );
});
