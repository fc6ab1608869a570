import { z } from 'zod';
import { deviceConditionSchema } from '#shared/contract/kiosk.ts';

export const DEVICES = ['scanner', 'cardReader', 'icCardReader'] as const;
const device = z.enum(DEVICES);
export type DeviceName = z.infer<typeof device>;

/** What the process with the drivers tells. `what` is the code, the card's number, or its bytes. */
export const toldSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reading'), device, what: z.string() }),
  z.object({ kind: z.literal('condition'), device, condition: deviceConditionSchema }),
  /** Answer to `usage`: CPU time in all, microseconds; memory, bytes; bytes and frames that each driver has seen. */
  z.object({ kind: z.literal('usage'), cpuUs: z.number(), rss: z.number(), seen: z.record(device, z.number()) }),
]);
export type Told = z.infer<typeof toldSchema>;
