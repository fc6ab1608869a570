import { join } from 'node:path';
import { expect, it } from 'vitest';
import { seedResidents } from '#server/seed/residents.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { seedDrafts, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { startServer, TERMINALS } from '../server/server-world.ts';
import { isReady, startStation, type StationOptions } from './station.ts';

const UMBRELLA = itemLabel('HF-000001');
const [WANG] = seedResidents().map(({ card }) => card);

async function world(scannerAt?: StationOptions['scannerAt']) {
  const server = await startServer({ kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') });
  server.clock.set(Date.now());
  await server.server.log.append(seedDrafts());
  const [who] = TERMINALS;
  const station = await startStation({
    ...who,
    identity: server.identityOf(who.id),
    serverUrl: server.url,
    ...(scannerAt === undefined ? {} : { scannerAt }),
  });
  await station.until(isReady);
  return station;
}

it('where the scanner is a keyboard, what the page heard it type lends and takes back', async () => {
  const station = await world({ kind: 'keyboard' });
  station.kiosk.act({ kind: 'scan', text: `]C0${UMBRELLA}` });
  await station.until(({ sheet }) => sheet.kind === 'card');
  // Held a little too long, it types again.
  station.kiosk.act({ kind: 'scan', text: `]C0${UMBRELLA}` });
  station.cardReader.placeCard(WANG!);
  const { sheet } = await station.until((view) => view.sheet.kind === 'borrow');
  expect(sheet).toMatchObject({ lines: [{ item: 'HF-000001', outcome: { kind: 'lent' } }], notice: null });
});

it('where it is not, a keyboard that somebody plugs in scans nothing', async () => {
  const station = await world();
  station.kiosk.act({ kind: 'scan', text: UMBRELLA });
  expect(station.kiosk.view().sheet.kind).toBe('idle');
  expect(station.logged.join('')).toContain('a scan was typed, but no such scanner is set up');
  expect(station.logged.join('')).not.toContain(UMBRELLA);
});
