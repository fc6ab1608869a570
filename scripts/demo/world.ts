import type { ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Bilingual } from '#shared/bilingual.ts';
import { itemTypeSchema } from '#shared/lending/item-type.ts';
import { itemLabel } from '#shared/lending/item-code.ts';
import { eventBodies } from '#shared/ledger/event-types.ts';
import { subjectKey } from '#shared/ledger/event.ts';
import { SERVER_NODE_FLAGS } from '#server/node-flags.ts';
import { seedEvents } from '#server/seed/seed-events.ts';
import { seedResidents, type SeedResident } from '#server/seed/residents.ts';
import { DEMO_STATIONS, demoCommunity } from './community.ts';
import { signInAtConsole } from './console-client.ts';
import { type StartedChild, startChild } from './child.ts';
import { freePort } from './free-port.ts';
import { startStation, type Station, type StationOptions } from './station.ts';

const ROOT = join(import.meta.dirname, '../..');

export interface WorldOptions {
  /** Where databases, secrets and logs are kept; what is there is gone on with. */
  readonly folder: string;
  readonly terminals: number;
  /** Well-known ports where they are free, for people; any ports for tests. */
  readonly fixedPorts: boolean;
  /** Where the server keeps its log: `postgres://...`; SQLite in `folder` where it is left out. */
  readonly databaseUrl?: string;
  readonly cardReaderWire?: StationOptions['cardReaderWire'];
  /** The address by which stations reach the server, where something is to lie between. */
  readonly wayToServer?: (serverUrl: string) => Promise<string>;
  /** Progress for people. */
  readonly log: (text: string) => void;
}

export interface WorldItem {
  readonly item: string;
  readonly label: string;
  readonly typeName: Bilingual;
  readonly note: Bilingual | null;
  readonly home: string;
}

/** The seeded items, as the dock lists them and scripts pick from them. */
function seededItems(communityKey: string): WorldItem[] {
  const drafts = seedEvents({ communityKey });
  const types = new Map(
    drafts
      .filter((draft) => draft.type === 'type.defined')
      .map((draft) => [subjectKey(draft.subject), itemTypeSchema.parse(draft.body).name]),
  );
  return drafts
    .filter((draft) => draft.type === 'item.registered')
    .map((draft) => {
      const { type, home, note } = eventBodies['item.registered'][1].parse(draft.body);
      const item = subjectKey(draft.subject);
      const typeName = types.get(type);
      if (typeName === undefined) throw new Error(`no type ${type}`);
      return { item, label: itemLabel(item), typeName, note: note ?? null, home };
    });
}

/**
 * A community in small: the server and some stations as processes of their own, with emulated devices on real
 * pseudo-terminals. The demo, the end-to-end tests and the benches all live in one of these.
 */
export async function startWorld({
  folder,
  terminals: count,
  fixedPorts,
  databaseUrl,
  cardReaderWire,
  wayToServer,
  log,
}: WorldOptions) {
  mkdirSync(folder, { recursive: true });
  const { community, file } = demoCommunity(folder);
  const serverPort = await freePort(fixedPorts ? 4400 : 0);
  const serverUrl = `http://127.0.0.1:${serverPort}`;
  const serverData = join(folder, 'server');
  mkdirSync(serverData, { recursive: true });
  let child: StartedChild | null = null;

  const server = {
    url: serverUrl,
    databasePath: join(serverData, 'server.sqlite'),
    adminPassword: community.adminPassword,
    isUp: () => child !== null,
    process: (): ChildProcess | undefined => child?.process,
    async up(): Promise<void> {
      if (child !== null) return;
      const env = {
        NODE_OPTIONS: [process.env['NODE_OPTIONS'] ?? '', ...SERVER_NODE_FLAGS].join(' ').trim(),
        PORT: String(serverPort),
        DATA_DIR: serverData,
        PAGE_DIR: join(ROOT, 'dist/console'),
        ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      };
      child = await startChild('server/main.ts', ['--demo', file], env, join(folder, 'server.log'));
      child.process.once('exit', () => {
        child = null;
      });
    },
    async down(): Promise<void> {
      await child?.stop();
      child = null;
    },
  };

  log('starting the community server ...');
  await server.up();
  const residents: readonly SeedResident[] = seedResidents();
  const stations: Station[] = [];
  /** As an admin would: a code for the station's first terminal, the one that is known or a new one. */
  const newCode = async (id: string, station: string): Promise<string> => {
    const { terminals } = await signInAtConsole(serverUrl, 'admin', community.adminPassword);
    const known = (await terminals.list()).rows.some((row) => row.id === id);
    return (await terminals.issueCode({ station, ...(known ? { terminal: id } : {}) })).code;
  };
  for (const station of DEMO_STATIONS.slice(0, count)) {
    const id = `${station}-1`;
    log(`starting terminal ${id} with its emulated scanner and card reader ...`);
    const port = await freePort(fixedPorts ? 4410 + stations.length + 1 : 0);
    stations.push(
      await startStation({
        folder: join(folder, id),
        id,
        station,
        serverUrl: wayToServer === undefined ? serverUrl : await wayToServer(serverUrl),
        newCode: () => newCode(id, station),
        port,
        residents,
        ...(cardReaderWire === undefined ? {} : { cardReaderWire }),
      }),
    );
  }

  return {
    server,
    terminals: stations,
    items: seededItems(community.communityKey),
    residents,
    async close(): Promise<void> {
      await Promise.all(stations.map((station) => station.close()));
      await server.down();
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;
