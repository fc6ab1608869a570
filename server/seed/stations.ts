import { z } from 'zod';
import { bilingualSchema } from '#shared/bilingual.ts';
import { stationCodeSchema } from '#shared/ledger/event.ts';
import stations from './data/stations.json' with { type: 'json' };

const seedStationSchema = z.object({ code: stationCodeSchema, name: bilingualSchema, phone: z.string() });
export type SeedStation = z.infer<typeof seedStationSchema>;

/** The twelve gatehouses (community.md, Facts). The telephone numbers are made up: no number in use begins with 0. */
export const seedStations: readonly SeedStation[] = z.array(seedStationSchema).parse(stations);
