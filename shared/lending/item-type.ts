import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';

/**
 * How long a loan lasts, an ISO 8601 duration. Weeks and days (`P1W`, `P3D`) end at 23:59 of the last day; with hours or
 * minutes (`PT4H`, `P1DT12H`) a period ends to the minute.
 */
const periodSchema = z.string().regex(/^P(?=\d|T\d)(?:\d{1,3}W)?(?:\d{1,3}D)?(?:T(?=\d)(?:\d{1,3}H)?(?:\d{1,4}M)?)?$/);

const keySchema = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/);

/** A part of a kit, counted when the kit comes back. */
const partSchema = z.object({ key: keySchema, name: bilingualSchema });

/** Asked when an item is lent or comes back ("dry?"). Whoever answers no sets the item aside. */
const questionSchema = z.object({
  key: keySchema,
  when: z.enum(['lending', 'return']),
  text: bilingualSchema,
  /** Whether a no wants a picture. */
  photo: z.boolean().default(false),
});

/**
 * What all items of a type share. Policies are data: a community edits these, no code changes. What a definition leaves
 * out has the default beside it here, so that definitions written before a policy existed mean what they meant.
 */
export const itemTypeSchema = z.looseObject({
  name: bilingualSchema,
  /** One of the icons the kiosk has, see renderer/ui. */
  icon: z.string(),
  period: periodSchema,
  /** How many of the type one borrower may hold at once. */
  limit: z.int().min(1),
  /** Sorts the types on screens, small first. */
  rank: z.int(),
  /** How often one loan may be renewed. */
  renewals: z.int().min(0).max(99).default(0),
  /** Whether a borrower may take one without a member of staff. */
  unattended: z.boolean().default(true),
  /** Whether somebody with something overdue may borrow one of these all the same. */
  lendWhileOverdue: z.boolean().default(false),
  /** What a terminal out of touch with the server may do. */
  offline: z.enum(['lend-and-return', 'return-only']).default('lend-and-return'),
  parts: z.array(partSchema).max(50).default([]),
  questions: z.array(questionSchema).max(10).default([]),
});

/** What the ledger keeps of a definition: the known fields in a fixed order, defaults filled in. */
export const knownItemTypeSchema = z.object(itemTypeSchema.shape);
export type ItemType = z.output<typeof knownItemTypeSchema>;
