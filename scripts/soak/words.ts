import { z } from 'zod';
import { deviceConditionSchema } from '#shared/contract/kiosk.ts';

/** The four lines of the soak. */
export const LANES = ['scanner', 'cardReader', 'icCardReader', 'tcpScanner'] as const;
export type Lane = (typeof LANES)[number];
const lane = z.enum(LANES);

/** What the drivers' process is started with, as JSON. */
export const setUpSchema = z.object({
  scanner: z.string(),
  cardReader: z.string(),
  icCardReader: z.string(),
  tcpPort: z.int(),
  /** Every wait of the drivers divided by this: 1 is the product. */
  hurry: z.number().min(1),
  sampleMs: z.int().min(1),
});
export type SetUp = z.infer<typeof setUpSchema>;

/** What the drivers' process says, one JSON line each. */
export const wordSchema = z.discriminatedUnion('word', [
  /** `what`: the code, the card's number or the tag. */
  z.object({ word: z.literal('reading'), lane, what: z.string() }),
  /** A card lies there and can't be read. */
  z.object({ word: z.literal('unreadable'), lane }),
  z.object({ word: z.literal('condition'), lane, condition: deviceConditionSchema }),
  /** CPU time since its start, microseconds; memory in bytes, the heap after a collection. */
  z.object({ word: z.literal('usage'), cpuMicros: z.number(), rss: z.number(), heap: z.number() }),
]);
export type Word = z.infer<typeof wordSchema>;
