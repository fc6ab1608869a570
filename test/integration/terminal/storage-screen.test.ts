import { existsSync, mkdirSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { seedResidents } from '#server/seed/residents.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { seedDrafts, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { startServer, TERMINALS } from '../server/server-world.ts';
import { isReady, startStation } from './station.ts';

const [WANG] = seedResidents().map(({ card }) => card);
const [WHO] = TERMINALS;

/** A terminal that has lent an umbrella, told the server, and was switched off; with a backup from before the loan. */
async function afterOneLoan() {
  const server = await startServer({ kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') });
  server.clock.set(Date.now());
  await server.server.log.append(seedDrafts());
  const folder = temporaryFolder();
  const switchOn = () => startStation({ ...WHO, identity: server.identityOf(WHO.id), serverUrl: server.url, folder });
  const station = await switchOn();
  await station.until(isReady);
  const backup = join(folder, 'backups', 'terminal-20261122T190000000Z-v3-daily.sqlite');
  mkdirSync(join(folder, 'backups'));
  const copy = new Database(station.databasePath, { readonly: true });
  copy.prepare('VACUUM INTO ?').run(backup);
  copy.close();
  station.scanner.scan(itemLabel('HF-000001'));
  await station.until(({ sheet }) => sheet.kind === 'card');
  station.cardReader.placeCard(WANG!);
  await station.until(
    ({ sheet }) => sheet.kind === 'borrow' && sheet.lines.some((line) => line.outcome.kind === 'lent'),
  );
  await station.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0);
  await station.stop();
  return { server, switchOn, path: station.databasePath, folder };
}

const DAMAGE: readonly (readonly [string, (path: string) => void])[] = [
  ['cut in half', (path) => truncateSync(path, 20_000)],
  ['empty', (path) => truncateSync(path, 0)],
  ['overwritten with something else', (path) => writeFileSync(path, 'x'.repeat(50_000))],
];

describe.each(DAMAGE)('a terminal whose database is %s', (_what, damage) => {
  it('mends itself, is filled in by the server, lends, and says so until somebody has read it', async () => {
    const { server, switchOn, path, folder } = await afterOneLoan();
    damage(path);
    const station = await switchOn();
    expect(station.kiosk.view()).toMatchObject({
      fault: null,
      repair: { what: 'restored', backupMs: Date.UTC(2026, 10, 22, 19), filledIn: false },
    });
    // Not to be put away before it is true.
    station.kiosk.act({ kind: 'repair-seen' });
    expect(station.kiosk.view().repair).not.toBeNull();

    await station.until(({ repair, sync }) => repair?.filledIn === true && sync.unsent === 0);
    station.scanner.scan(itemLabel('HF-000001'));
    // The loan is known again: a scan takes the umbrella back.
    await station.until(({ sheet }) => sheet.kind === 'return');
    await station.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0);
    const types = (await server.pullAll('LF-1')).filter(({ subject }) => subject === 'item:HF-000001');
    expect(types.map(({ type }) => type)).toEqual(['item.registered', 'item.lent', 'item.returned']);

    station.kiosk.act({ kind: 'repair-seen' });
    expect(station.kiosk.view().repair).toBeNull();
    await station.stop();
    expect(readdirSync(folder).filter((name) => name.includes('.damaged-'))).not.toEqual([]);
    const again = await switchOn();
    expect(again.kiosk.view().repair).toBeNull();
    expect(existsSync(`${path}.report.json`)).toBe(false);
  });
});
