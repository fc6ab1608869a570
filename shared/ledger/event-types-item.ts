import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';
import { stationCodeSchema } from './event.ts';
import {
  answer,
  borrowerId,
  eventId,
  isoTime,
  maskedName,
  override,
  plainKey,
  reasonText,
  undone,
} from './event-types-fields.ts';

const answers = z.array(answer).max(20);
/** Keys of the parts of a kit that did not come back. */
const missing = z.array(plainKey).max(50);

/** Events of one item, on the subject `item:HF-000123`: type -> version -> body. */
export const itemEventBodies = {
  'item.registered': {
    1: z.looseObject({ type: z.string().max(100), home: stationCodeSchema, note: bilingualSchema.optional() }),
  },
  'item.lent': {
    1: z.looseObject({
      borrower: borrowerId,
      name: maskedName,
      /** What the borrower was told. */
      due: isoTime,
      station: stationCodeSchema,
      override: override.optional(),
      answers: answers.optional(),
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
    /** A version of its own, since a reader that knows no parts would take a half return for a whole one. */
    2: z.looseObject({
      station: stationCodeSchema,
      loan: eventId.nullable(),
      undone: z.boolean(),
      missing,
      answers,
    }),
  },
  'item.renewed': { 1: z.looseObject({ loan: eventId, due: isoTime, override: override.optional() }) },
  'item.marked': {
    1: z.looseObject({
      as: z.enum(['damaged', 'set-aside', 'lost', 'retired', 'repaired', 'found']),
      /** The station that has it in its hands; left out where nobody has. */
      station: stationCodeSchema.optional(),
      reason: reasonText.optional(),
    }),
  },
  /** Seen in a stocktake. */
  'item.counted': { 1: z.looseObject({ station: stationCodeSchema, stocktake: z.string().max(100) }) },
  'item.transfer-opened': { 1: z.looseObject({ from: stationCodeSchema, to: stationCodeSchema }) },
  /** `transfer` is the id of the `item.transfer-opened`. */
  'item.transfer-cancelled': { 1: z.looseObject({ transfer: eventId }) },
  'item.transfer-received': { 1: z.looseObject({ station: stationCodeSchema }) },
  'item.reserved': {
    1: z.looseObject({
      borrower: borrowerId,
      name: maskedName,
      station: stationCodeSchema,
      from: isoTime,
      until: isoTime,
    }),
  },
  /** `reservation` is the id of the `item.reserved`. */
  'item.reservation-ended': { 1: z.looseObject({ reservation: eventId }) },
  'item.undone': { 1: undone },
  /** A person has looked at the exceptions that the named event shows. */
  'item.settled': { 1: z.looseObject({ exception: eventId, note: reasonText }) },
} as const;
