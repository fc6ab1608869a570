import { z } from 'zod';
import { stationCodeSchema } from '../ledger/event.ts';
import { leafletContentSchema, leafletIdSchema } from './leaflet.ts';

/**
 * A release: what all stations show, as one immutable, numbered set. For each station there is a manifest, which is a TUF
 * target of the approver's `targets` role; the files that it names are blobs, found by hash and length. Which release
 * a station shows now is a second, small target that the server signs (role `stations`): so waves and roll-backs need no approver, and
 * the server can show nothing that no approver has signed.
 */

/** A leaflet in a manifest. Its audience is resolved: the manifest is the station's own. */
export const releasedLeafletSchema = leafletContentSchema.omit({ audience: true }).extend({
  id: leafletIdSchema,
  version: z.int().min(1),
  /** When this version was approved, milliseconds since 1970. */
  approvedMs: z.int(),
});
export type ReleasedLeaflet = z.infer<typeof releasedLeafletSchema>;

/** The target `releases/12/LD.json`. */
export const manifestSchema = z.object({
  release: z.int().min(1),
  station: stationCodeSchema,
  leaflets: z.array(releasedLeafletSchema).max(20_000),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** The target `stations/LD.json`: which release the station shows. Null: none yet. */
export const stationChannelSchema = z.object({ station: stationCodeSchema, release: z.int().min(1).nullable() });

export const manifestPath = (release: number, station: string): string => `releases/${release}/${station}.json`;
export const channelPath = (station: string): string => `stations/${station}.json`;

/** TUF's delegated role by which the server signs the channels. */
export const CHANNEL_ROLE = 'stations';
/** Bytes of a manifest at most. */
export const MAX_MANIFEST_BYTES = 32 * 1024 * 1024;
