import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sealEvents } from '#electron/core/identity/wipe.ts';
import { temporaryFolder } from '../../fixtures/ledger-world.ts';
import { run } from '../../../scripts/tool/unseal.ts';

it.each(['abc', '-abc', '--db', '-'])('opens with the word %s, whatever it begins with', async (word) => {
  const file = join(temporaryFolder(), 'unsent-LD-1.sealed');
  writeFileSync(file, sealEvents(word, ['{"n":1}']));
  const printed: object[] = [];
  expect(await run([file, '--word', word], (line) => printed.push(line))).toBe(0);
  expect(printed).toEqual([{ n: 1 }]);
});
