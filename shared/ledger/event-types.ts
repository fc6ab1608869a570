import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';
import { DAY_PARTS } from '../lending/day-part.ts';
import { itemTypeSchema } from '../lending/item-type.ts';
import { hoursSchema, weekSchema } from '../lending/opening-hours.ts';
import { stationCodeSchema } from './event.ts';
import {
  borrowerId,
  eventId,
  isoDay,
  isoTime,
  itemKeyField,
  maskedName,
  plainKey,
  undone,
} from './event-types-fields.ts';
import { itemEventBodies } from './event-types-item.ts';

const wholeCount = z.int().max(1_000_000);
/** A day's own hours; null goes back to what its week says. */
const daySet = z.looseObject({ day: isoDay, hours: hoursSchema.nullable(), name: bilingualSchema.optional() });

/**
 * Every event this version folds: type -> version -> schema of the body. Bodies are loose: a later version's fields
 * are kept and passed on. A type that is not here is stored and passed on too, and folded by none.
 */
export const eventBodies = {
  'station.defined': {
    1: z.looseObject({
      name: bilingualSchema,
      zone: z.string().max(100),
      phone: z.string().max(100).optional(),
      /** Left out: open round the clock. */
      week: weekSchema.optional(),
      /** How many of a type the station should have, by the type's key. */
      targets: z.record(plainKey, wholeCount.min(0)).optional(),
    }),
  },
  'station.day-set': { 1: daySet },
  /** Holidays of the whole community; a station's own days come before them. */
  'calendar.day-set': { 1: daySet },
  'type.defined': { 1: itemTypeSchema },
  ...itemEventBodies,
  'reservations.made': {
    1: z.looseObject({ borrower: borrowerId, name: maskedName, day: isoDay, part: z.enum(DAY_PARTS) }),
  },
  /** Cancelled, or collected; `reservation` is the id of the `reservations.made`. */
  'reservations.ended': { 1: z.looseObject({ reservation: eventId }) },
  'stocktake.opened': { 1: z.looseObject({ station: stationCodeSchema }) },
  'stocktake.scanned': {
    1: z.looseObject({
      /** What the scanner read, for codes that mean nothing to us. */
      text: z.string().max(100),
      item: itemKeyField.nullable(),
      /** The item's status as the terminal knew it before the scan: the count itself may change it. */
      was: z.string().max(40).nullable(),
    }),
  },
  'stocktake.closed': { 1: z.looseObject({}) },
  'stocktake.undone': { 1: undone },
  'supply.defined': { 1: z.looseObject({ name: bilingualSchema, low: wholeCount.min(0) }) },
  'supply.counted': { 1: z.looseObject({ count: wholeCount.min(0), name: bilingualSchema.optional() }) },
  'supply.taken': { 1: z.looseObject({ count: wholeCount.min(1) }) },
  'supply.refilled': { 1: z.looseObject({ count: wholeCount.min(1) }) },
  'supply.undone': { 1: undone },
  'person.registered': {
    1: z.looseObject({ name: z.string().max(200), home: stationCodeSchema }),
  },
  /** Every station must know who may not borrow; why is nobody's business there. */
  'borrower.blocked': { 1: z.looseObject({ until: isoTime.nullable() }) },
  'borrower.unblocked': { 1: z.looseObject({}) },
} as const;

export type EventType = keyof typeof eventBodies;
/** The body of the latest version of an event type. */
export type BodyOf<T extends EventType> = (typeof eventBodies)[T] extends { 2: infer S extends z.ZodType }
  ? z.output<S>
  : z.output<(typeof eventBodies)[T][1]>;

type Versions = Readonly<Record<number, z.ZodType<Record<string, unknown>>>>;

function versionsOf(type: string): Versions | undefined {
  return Object.hasOwn(eventBodies, type) ? eventBodies[type as EventType] : undefined;
}

/** The schema of an event's body, or undefined where this version does not know the type or its version. */
export function bodySchema(type: string, v: number): z.ZodType<Record<string, unknown>> | undefined {
  const versions = versionsOf(type);
  return versions !== undefined && Object.hasOwn(versions, v) ? versions[v] : undefined;
}

/** The version in which this code writes an event type. */
export function latestVersion(type: EventType): number {
  return Math.max(...Object.keys(eventBodies[type]).map(Number));
}

/**
 * Who may write an event type: definitions, people and the calendar come from the server, facts of the physical world
 * from anyone. Types of later versions are anyone's.
 */
export function writersOf(type: string): 'anyone' | 'server' {
  return /^(?:station|calendar|type|person|borrower)\./.test(type) ? 'server' : 'anyone';
}
