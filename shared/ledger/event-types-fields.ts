import { z } from 'zod';

/** Fields that bodies of many event types have. */
export const eventId = z.string().min(1).max(100);

/** Pseudonym of a borrower, see shared/people/borrower-id.ts. */
export const borrowerId = z.string().regex(/^[0-9a-f]{64}$/);

/** Masked, as on the screen: 王*强. */
export const maskedName = z.string().max(200);

export const isoTime = z.iso.datetime({ offset: true }).max(40);
export const isoDay = z.iso.date();

/** Why somebody decided what they decided, in their words. */
export const reasonText = z.string().min(1).max(500);

/** A name in `[a-z0-9-]`: of an item type, a part, a question, a supply. */
export const plainKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);

/** An item's key, `HF-000123`. */
export const itemKeyField = z.string().min(1).max(40);

/** Who lent although the rules say no, and why. */
export const override = z.looseObject({ reason: reasonText, by: z.string().min(1).max(100) });

/** Answer to a question of the item's type. A no sets the item aside. */
export const answer = z.looseObject({
  question: plainKey,
  yes: z.boolean(),
  /** SHA-256, hex, of the picture. */
  photo: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** Leaves an event of the same subject out of the fold: a mistake is corrected, not erased. */
export const undone = z.looseObject({ event: eventId, reason: reasonText });
