import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';

/**
 * What all items of a type share. Policies are data: a community edits these, no code changes.
 * `period` is an ISO 8601 duration: days (`P3D`) end at 23:59 of the last day, hours (`PT4H`) to the minute.
 */
export const itemTypeSchema = z.looseObject({
  name: bilingualSchema,
  /** One of the icons the kiosk has, see renderer/ui. */
  icon: z.string(),
  period: z.string().regex(/^P(?:\d{1,3}D|T\d{1,3}H)$/),
  /** How many of the type one borrower may hold at once. */
  limit: z.int().min(1),
  /** Sorts the types on screens, small first. */
  rank: z.int(),
});
export type ItemType = z.infer<typeof itemTypeSchema>;
