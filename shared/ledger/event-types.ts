import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';
import { itemTypeSchema } from '../lending/item-type.ts';
import { stationCodeSchema } from './event.ts';

const eventId = z.string().min(1);
const borrowerId = z.string().regex(/^[0-9a-f]{64}$/);
const isoTime = z.iso.datetime({ offset: true });

/**
 * Every event this version folds: type -> version -> schema of the body. Bodies are loose: a later version's fields
 * are kept and passed on. A type that is not here is stored and passed on too, and folded by none.
 */
export const eventBodies = {
  'station.defined': {
    1: z.looseObject({ name: bilingualSchema, zone: z.string(), phone: z.string().optional() }),
  },
  'type.defined': { 1: itemTypeSchema },
  'item.registered': {
    1: z.looseObject({ type: z.string(), home: stationCodeSchema, note: bilingualSchema.optional() }),
  },
  'item.lent': {
    1: z.looseObject({
      borrower: borrowerId,
      /** Masked, as on the screen: 王*强. */
      name: z.string(),
      due: isoTime,
      station: stationCodeSchema,
    }),
  },
  'item.returned': {
    1: z.looseObject({
      station: stationCodeSchema,
      /** Id of the `item.lent` that this ends, where the terminal knew it. */
      loan: eventId.nullable(),
      /** The borrower gave it back at once: a tap on the line, not a return after use. */
      undone: z.boolean().optional(),
    }),
  },
  'supply.counted': { 1: z.looseObject({ count: z.int().min(0), name: bilingualSchema }) },
  'supply.taken': { 1: z.looseObject({ count: z.int().min(1) }) },
  'supply.refilled': { 1: z.looseObject({ count: z.int().min(1) }) },
  'person.registered': {
    1: z.looseObject({ name: z.string(), home: stationCodeSchema }),
  },
} as const;

export type EventType = keyof typeof eventBodies;
/** The body of version 1 of an event type. */
export type BodyOf<T extends EventType> = z.infer<(typeof eventBodies)[T][1]>;

/** The schema of an event's body, or undefined where this version does not know the type or its version. */
export function bodySchema(type: string, v: number): z.ZodType<Record<string, unknown>> | undefined {
  const byVersion: Record<number, z.ZodType<Record<string, unknown>>> | undefined = Object.hasOwn(eventBodies, type)
    ? eventBodies[type as EventType]
    : undefined;
  return byVersion?.[v];
}
