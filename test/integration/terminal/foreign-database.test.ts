import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { pulled, terminalWorld } from '../../fixtures/ledger-world.ts';
import { testIdentity } from '../../fixtures/test-identity.ts';
import { pino } from 'pino';
import { createTerminal } from '#electron/core/terminal.ts';
import { COMMUNITY_KEY } from '../../fixtures/ledger-world.ts';

it('a database of another terminal: the screen says so, and the file is not touched', async () => {
  const { path, db, ledger } = terminalWorld({ terminal: 'LF-1', station: 'LF' });
  ledger.takeIn(pulled([], 1));
  db.close();
  const before = readFileSync(path);
  const terminal = createTerminal(
    {
      terminal: 'LD-1',
      station: 'LD',
      zone: 'Asia/Shanghai',
      server: { url: 'http://127.0.0.1:9' },
      revocation: 'ab'.repeat(32),
      communityKey: COMMUNITY_KEY,
      scanner: { path: '/nonexistent/scanner', baud: 9600 },
      cardReader: { path: '/nonexistent/reader', baud: 115_200 },
    },
    {
      databasePath: path,
      keys: testIdentity(Date.now).store(),
      onRevoked: () => {},
      log: pino({ level: 'silent' }),
    },
  );
  expect(terminal.kiosk.view().fault).toBe('database');
  await terminal.stop();
  expect(readFileSync(path).equals(before)).toBe(true);
});
