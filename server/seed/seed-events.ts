import { z } from 'zod';
import { bilingualSchema } from '#shared/bilingual.ts';
import { scopeOfKind } from '#shared/ledger/event-rules.ts';
import { type EventType, latestVersion } from '#shared/ledger/event-types.ts';
import { type EventDraft, stationCodeSchema, subjectKind } from '#shared/ledger/event.ts';
import { itemKey } from '#shared/lending/item-code.ts';
import { itemTypeSchema } from '#shared/lending/item-type.ts';
import type { Week } from '#shared/lending/opening-hours.ts';
import { borrowerId } from '#shared/people/borrower-id.ts';
import { maskName } from '#shared/people/masked-name.ts';
import supplies from './data/supplies.json' with { type: 'json' };
import types from './data/types.json' with { type: 'json' };
import { seedResidents } from './residents.ts';
import { seedStations } from './stations.ts';

const ZONE = 'Asia/Shanghai';

const ALL_DAY = ['00:00-24:00'];
/** Gatehouses are never left alone. */
const ROUND_THE_CLOCK: Week = {
  mon: ALL_DAY,
  tue: ALL_DAY,
  wed: ALL_DAY,
  thu: ALL_DAY,
  fri: ALL_DAY,
  sat: ALL_DAY,
  sun: ALL_DAY,
};

const seedTypesSchema = z.array(
  z.object({
    key: z.string(),
    definition: itemTypeSchema,
    /** How many every station has, or which stations have one. */
    perStation: z.int().optional(),
    stations: z.array(stationCodeSchema).optional(),
    notes: z.array(bilingualSchema).min(1),
  }),
);
const seedSuppliesSchema = z.array(z.object({ key: z.string(), name: bilingualSchema, least: z.int() }));

const seedTypes = seedTypesSchema.parse(types);

function countAt({ perStation, stations }: (typeof seedTypes)[number], station: string): number {
  return perStation ?? (stations?.includes(station) === true ? 1 : 0);
}

const seedSupplies = seedSuppliesSchema.parse(supplies);

function draft(subject: string, type: EventType, body: Record<string, unknown>): EventDraft {
  const scope = scopeOfKind(subjectKind(subject));
  if (scope === null) throw new Error(`nobody knows who may see ${subject}`);
  return { subject, type, v: latestVersion(type), actor: { kind: 'system', id: 'server' }, scope, body };
}

/** Each station wants of a type what it began with. */
function targetsOf(station: string): Record<string, number> {
  return Object.fromEntries(
    seedTypes.flatMap((type) => {
      const count = countAt(type, station);
      return count === 0 ? [] : [[type.key, count] as const];
    }),
  );
}

function stationDrafts(): EventDraft[] {
  return seedStations.map(({ code, name, phone }) =>
    draft(`station:${code}`, 'station.defined', {
      name,
      zone: ZONE,
      phone,
      week: ROUND_THE_CLOCK,
      targets: targetsOf(code),
    }),
  );
}

function typeDrafts(): EventDraft[] {
  return seedTypes.map(({ key, definition }) => draft(`type:${key}`, 'type.defined', definition));
}

/** Labels are numbered station by station, so that a station's sheet of labels is one run of numbers. */
function itemDrafts(): EventDraft[] {
  const homes = seedStations.flatMap(({ code }) =>
    seedTypes.flatMap((type) =>
      Array.from({ length: countAt(type, code) }, () => ({ home: code, type: type.key, notes: type.notes })),
    ),
  );
  const made = new Map<string, number>();
  return homes.map(({ home, type, notes }, index) => {
    const before = made.get(type) ?? 0;
    made.set(type, before + 1);
    const note = notes[before % notes.length];
    return draft(`item:${itemKey(index + 1)}`, 'item.registered', { type, home, note });
  });
}

function supplyDrafts(): EventDraft[] {
  return seedStations.flatMap(({ code }, place) =>
    seedSupplies.flatMap(({ key, name, least }) => [
      draft(`supply:${code}/${key}`, 'supply.defined', { name, low: Math.floor(least / 4) }),
      draft(`supply:${code}/${key}`, 'supply.counted', { count: least + ((place * 7) % (least + 1)), name }),
    ]),
  );
}

/** The register of residents stays on the server: a terminal learns a borrower from the card alone. */
function personDrafts(communityKey: string): EventDraft[] {
  return seedResidents().map(({ card, station }) =>
    draft(`person:${borrowerId(communityKey, card.number)}`, 'person.registered', {
      name: maskName(card.name),
      home: station,
    }),
  );
}

/**
 * Everything a new community's ledger begins with: stations, item types, about 200 items, supplies, residents.
 * `communityKey` (64 hex digits) makes the residents' pseudonyms; the rest does not hang on it.
 */
export function seedEvents({ communityKey }: { readonly communityKey: string }): EventDraft[] {
  return [...stationDrafts(), ...typeDrafts(), ...itemDrafts(), ...supplyDrafts(), ...personDrafts(communityKey)];
}
