import { z } from 'zod';
import { leafletIdSchema } from '../content/leaflet.ts';

/**
 * Leaflets between terminal and server. All requests are signed by the terminal (contract/identity.ts); files come over contract/blobs.ts.
 * TUF files are static: metadata as `12.snapshot.json`, `timestamp.json`, `3.root.json`, and targets by path with
 * consistent snapshots (`releases/12/SHA256.LD.json`), as tuf-js asks for them.
 */
export const CONTENT_PATHS = {
  /** + file name. */
  metadata: '/content/v1/metadata/',
  /** + target path. */
  targets: '/content/v1/targets/',
  /** POST, a report. */
  report: '/content/v1/report',
} as const;

/** A terminal reports at least this often, milliseconds; without a report for `OFFLINE_AFTER_MS` it counts as offline. */
export const REPORT_EVERY_MS = 30_000;
export const OFFLINE_AFTER_MS = 90_000;

/** Why a release was not taken; the last good set stays. */
const REFUSALS = [
  'unsigned', // a signature is missing or wrong, or a role has too few
  'rolled-back', // older than what was seen before
  'frozen', // its metadata have expired
  'mixed', // metadata of different times
  'oversized', // longer than said or allowed
  'wrong-hash',
  'wrong-station',
  'malformed', // signed, but not what the contract says
  'no-room', // the disk
  'not-rendered', // a page came out empty or failed
  'missing', // the server has not what it names
] as const;
export const refusalOfReleaseSchema = z.enum(REFUSALS);
export type RefusalOfRelease = z.infer<typeof refusalOfReleaseSchema>;

/** Where a release is on its way at this terminal. */
export const progressSchema = z.discriminatedUnion('state', [
  /** Nothing newer is wanted than what is shown. */
  z.object({ state: z.literal('current') }),
  z.object({ state: z.literal('waiting'), release: z.int() }),
  z.object({ state: z.literal('downloading'), release: z.int(), bytes: z.int(), total: z.int() }),
  z.object({ state: z.literal('proving'), release: z.int(), pages: z.int(), total: z.int() }),
  /** All is here and rendered; it is shown when nobody is in the middle of it. */
  z.object({ state: z.literal('ready'), release: z.int() }),
  /** `release` is null where it is not known which: the metadata themselves were refused. `detail` is for technicians. */
  z.object({
    state: z.literal('refused'),
    release: z.int().nullable(),
    why: refusalOfReleaseSchema,
    leaflet: leafletIdSchema.nullable(),
    detail: z.string().max(300),
  }),
]);
export type ContentProgress = z.infer<typeof progressSchema>;

/** How often a version was seen on a day (local date), counted from its beginning: sent again, it counts once. */
export const readingSchema = z.object({
  day: z.iso.date(),
  leaflet: leafletIdSchema,
  version: z.int().min(1),
  /** Shown as a slide. */
  shown: z.int().min(0),
  opened: z.int().min(0),
  /** Seconds it was open. */
  seconds: z.int().min(0),
});
export type Reading = z.infer<typeof readingSchema>;

/** Somebody at the station tapped "I have read it" on an emergency. */
export const receiptSchema = z.object({ leaflet: leafletIdSchema, version: z.int().min(1), atMs: z.int() });
export type Receipt = z.infer<typeof receiptSchema>;

export const reportSchema = z.object({
  /** Grows with each report of this terminal; an older one that comes late is not taken for its state. */
  seq: z.int().min(1),
  /** The terminal's corrected clock, milliseconds since 1970. */
  atMs: z.int(),
  /** The release that its page has painted, and the SHA-256 of the manifest; null where it shows none. */
  showing: z.object({ release: z.int(), manifest: z.string().regex(/^[0-9a-f]{64}$/) }).nullable(),
  progress: progressSchema,
  /** What its screen shows. `none`: no page is connected. */
  screen: z.enum(['none', 'idle', 'leaflets', 'emergency', 'sheet', 'fault']),
  /** The metadata have expired: it shows the last valid set, with a banner. */
  stale: z.boolean(),
  readings: z.array(readingSchema).max(500),
  receipts: z.array(receiptSchema).max(100),
});
export type ContentReport = z.infer<typeof reportSchema>;

/** The server has these: they need not be sent again. `seq` is that of the report. */
export const reportAnswerSchema = z.object({ seq: z.int(), serverTime: z.int() });
