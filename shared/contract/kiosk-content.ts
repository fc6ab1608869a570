import { z } from 'zod';
import { leafletIdSchema } from '../content/leaflet.ts';
import { releasedLeafletSchema } from '../content/release.ts';

/**
 * Leaflets between page and terminal core. Files are at `content/SHA256` of the page's own address, with Range; those of the set
 * being proved too.
 */
export const kioskContentSchema = z.object({
  /** Null: nothing was ever released to this terminal. */
  release: z.int().nullable(),
  /** All of the set, whenever they are shown: the page applies the time windows (shared/content/time-window.ts). */
  leaflets: z.array(releasedLeafletSchema),
  /** The server's word is older than it may be, or could not be believed; what is shown is the last valid set. */
  stale: z.boolean(),
  /** Emergencies that somebody here has confirmed, as `id/version`. */
  confirmed: z.array(z.string()),
  /** A newer set that the page should render off screen, and say so with `proved`; null where there is none. */
  toProve: z.object({ release: z.int(), leaflets: z.array(releasedLeafletSchema) }).nullable(),
});
export type KioskContent = z.infer<typeof kioskContentSchema>;

export const contentActionSchema = z.discriminatedUnion('kind', [
  /** The page has painted this release. */
  z.object({ kind: z.literal('painted'), release: z.int() }),
  /** So many of all pages of the set to be proved came out and were not blank. */
  z.object({ kind: z.literal('proving'), release: z.int(), pages: z.int(), total: z.int() }),
  /** All did; or one failed, and why. */
  z.object({
    kind: z.literal('proved'),
    release: z.int(),
    fault: z.object({ leaflet: leafletIdSchema, detail: z.string().max(300) }).nullable(),
  }),
  /** What the screen shows now. */
  z.object({ kind: z.literal('screen'), screen: z.enum(['idle', 'leaflets', 'emergency']) }),
  z.object({ kind: z.literal('shown'), leaflet: leafletIdSchema, version: z.int() }),
  z.object({ kind: z.literal('opened'), leaflet: leafletIdSchema, version: z.int() }),
  /** It was open for so long; sent when it is closed. */
  z.object({ kind: z.literal('read'), leaflet: leafletIdSchema, version: z.int(), seconds: z.int().min(0).max(3600) }),
  z.object({ kind: z.literal('confirmed'), leaflet: leafletIdSchema, version: z.int() }),
]);
export type ContentAction = z.infer<typeof contentActionSchema>;
