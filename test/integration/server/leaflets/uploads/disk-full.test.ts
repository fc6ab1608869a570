import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { createIntake, type IntakeDeps } from '#server/leaflets/intake/intake.ts';
import type { LeafletFile } from '#shared/content/leaflet.ts';
import { temporaryFolder } from '../../../../fixtures/ledger-world.ts';
import { madeMp4 } from './made-files.ts';

const TIB = 1_099_511_627_776;

function intakeOf(changed: Partial<IntakeDeps>) {
  const folder = temporaryFolder();
  const recorded: LeafletFile[] = [];
  const files: IntakeDeps['files'] = {
    find: () => Promise.resolve(null),
    record: (file) => {
      recorded.push(file);
      return Promise.resolve();
    },
  };
  const blobs: IntakeDeps['blobs'] = { put: () => Promise.reject(new Error('not to be asked')) };
  const intake = createIntake({ folder, blobs, files, freeBytes: () => Promise.resolve(TIB), ...changed });
  const send = (length: number | null, bytes: AsyncIterable<Uint8Array> = Readable.from([madeMp4()])) =>
    intake.take({ name: 'a.mp4', account: 'editor', length, bytes });
  return { send, recorded, leftOver: () => readdirSync(folder) };
}

test('what would fill the disk is refused before a byte is read', async () => {
  const unread = new Readable({
    read() {
      throw new Error('it was read');
    },
  });
  const { send, leftOver } = intakeOf({ freeBytes: () => Promise.resolve(2_200_000_000) });
  expect(await send(60_000_000, unread)).toEqual({ ok: false, error: 'no-room' });
  // Who does not say how much it is has to be able to bring the most.
  expect(await send(null, unread)).toEqual({ ok: false, error: 'no-room' });
  expect(leftOver()).toEqual([]);
});

test('a disk that is full before all is kept: nothing is noted, nothing is left', async () => {
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  const { send, recorded, leftOver } = intakeOf({ blobs: { put: () => Promise.reject(full) } });
  expect(await send(null)).toEqual({ ok: false, error: 'no-room' });
  expect([recorded, leftOver()]).toEqual([[], []]);
});

test('a disk that fails otherwise is no refusal but a fault', async () => {
  const broken = Object.assign(new Error('input/output error'), { code: 'EIO' });
  const { send, recorded, leftOver } = intakeOf({ blobs: { put: () => Promise.reject(broken) } });
  await expect(send(null)).rejects.toThrow('input/output error');
  expect([recorded, leftOver()]).toEqual([[], []]);
});
