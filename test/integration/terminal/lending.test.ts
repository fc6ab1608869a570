import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { seedResidents } from '#server/seed/residents.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { maskName } from '#shared/people/masked-name.ts';
import { seedDrafts, temporaryFolder } from '../../fixtures/ledger-world.ts';
import { startServer, TERMINALS } from '../server/server-world.ts';
import { isReady, startStation, type TestStation } from './station.ts';

const UMBRELLA = itemLabel('HF-000001');
const [WANG, LI] = seedResidents().map(({ card }) => card);

async function world(terminal: (typeof TERMINALS)[number] = TERMINALS[0], folder = temporaryFolder()) {
  const server = await startServer({ kind: 'sqlite', path: join(temporaryFolder(), 'server.sqlite') });
  server.clock.set(Date.now());
  await server.server.log.append(seedDrafts());
  const join_ = (who: (typeof TERMINALS)[number], data = temporaryFolder()) =>
    startStation({ ...who, identity: server.identityOf(who.id), serverUrl: server.url, folder: data });
  return { server, join: join_, station: await join_(terminal, folder) };
}

async function lend(station: TestStation): Promise<void> {
  await station.until(isReady);
  station.scanner.scan(UMBRELLA);
  await station.until(({ sheet }) => sheet.kind === 'card');
  station.cardReader.placeCard(WANG!);
  await station.until(
    ({ sheet }) => sheet.kind === 'borrow' && sheet.lines.some((line) => line.outcome.kind === 'lent'),
  );
  station.cardReader.liftCard();
}

describe('a terminal with its devices and its server', () => {
  it('bytes in at one end, a loan in the server’s ledger at the other', async () => {
    const { server, station } = await world();
    await lend(station);
    await station.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0);
    const seen = await server.pullAll('LF-1');
    expect(seen.at(-1)).toMatchObject({
      terminal: 'LD-1',
      n: 1,
      type: 'item.lent',
      subject: 'item:HF-000001',
      body: { name: maskName(WANG!.name), station: 'LD' },
    });
  });

  it('an umbrella lent at one station comes back at the other', async () => {
    const { station: here, join: joinWith } = await world();
    const there = await joinWith(TERMINALS[2]);
    await there.until(isReady);
    await lend(here);
    await expect.poll(() => there.kiosk.view().stock[0]?.type).toBe('umbrella');
    await expect
      .poll(
        async () => {
          there.kiosk.act({ kind: 'leave' });
          there.scanner.scan(UMBRELLA);
          const { sheet } = await there.until((view) => view.sheet.kind === 'return' || view.sheet.kind === 'card');
          return sheet.kind;
        },
        { timeout: 20_000, interval: 2_000 },
      )
      .toBe('return');
    await there.until(({ stock }) => stock[0]?.available === 1);
    await here.until(({ stock }) => stock[0]?.available === 2);
  });

  it('no ID number and no full name in any file, log or event', async () => {
    const { server, station } = await world();
    await lend(station);
    station.cardReader.placeCard(LI!);
    await station.until(({ sheet }) => sheet.kind === 'borrow' && sheet.borrower.name === maskName(LI!.name));
    await station.until(({ sync }) => sync.unsent === 0);
    await station.stop();
    const files = readdirSync(station.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)).toString('latin1'));
    expect(files.length).toBeGreaterThan(0);
    const events = JSON.stringify(await server.pullAll('LF-1'));
    const everything = [...files, ...station.logged, events].join('\n');
    for (const { number, name } of [WANG!, LI!]) {
      expect(everything).not.toContain(number);
      expect(everything).not.toContain(number.slice(6, 17));
      expect(everything).not.toContain(Buffer.from(name).toString('latin1'));
      expect(events).not.toContain(name);
    }
  });

  it('goes on after a restart where it stood', async () => {
    const { server, station, join: joinWith } = await world();
    await lend(station);
    await station.until(({ sync }) => sync.unsent === 0);
    await station.stop();
    const again = await joinWith(TERMINALS[0], station.folder);
    await again.until(isReady);
    again.scanner.scan(UMBRELLA);
    await again.until(({ sheet }) => sheet.kind === 'return');
    await again.until(({ sync }) => sync.state === 'synced' && sync.unsent === 0);
    const own = (await server.pullAll('LF-1')).filter((event) => event.terminal === 'LD-1');
    expect(own.map(({ n, type }) => [n, type])).toEqual([
      [1, 'item.lent'],
      [2, 'item.returned'],
    ]);
  });
});
