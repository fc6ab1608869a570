import { z } from 'zod';
import { stationCodeSchema, terminalIdSchema } from '#shared/ledger/event.ts';

const serialDevice = z.object({
  /** Device node, best one of /dev/serial/by-id. */
  path: z.string().min(1),
  /** Bits per second. */
  baud: z.int().default(115_200),
});

/** What a terminal is told once, at set-up. Kept by electron-store (conf in the browser shell); no records in here. */
export const settingsSchema = z.object({
  terminal: terminalIdSchema,
  station: stationCodeSchema,
  /** IANA zone in which due times are reckoned. */
  zone: z.string().default('Asia/Shanghai'),
  server: z.object({ url: z.url(), token: z.string().min(16) }),
  /** 64 hex digits, the same at every station of the community. */
  communityKey: z.string().regex(/^[0-9a-f]{64}$/),
  scanner: serialDevice,
  cardReader: serialDevice,
});
export type Settings = z.infer<typeof settingsSchema>;
