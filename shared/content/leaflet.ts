import { z } from 'zod';
import { unreachable } from '../result.ts';
import { blobHashSchema } from '../contract/blobs.ts';
import { stationCodeSchema } from '../ledger/event.ts';

/** A leaflet as an editor writes it: one version of it, of one kind. Chinese is required, English optional. */

/** A text that may be there in Chinese only. */
export const inChineseAtLeast = (longest: number) =>
  z.object({ zh: z.string().trim().min(1).max(longest), en: z.string().trim().min(1).max(longest).optional() });
export type ChineseAtLeast = z.infer<ReturnType<typeof inChineseAtLeast>>;

export const LEAFLET_KINDS = ['article', 'pdf', 'pictures', 'video', 'notice'] as const;
export type LeafletKind = (typeof LEAFLET_KINDS)[number];

/** In the order in which the kiosk shows them. Their names are in the catalogues. */
export const CATEGORIES = ['policy', 'services', 'safety', 'environment', 'health', 'activities', 'other'] as const;
export type Category = (typeof CATEGORIES)[number];

/** `pinned`: first in its list. `emergency`: takes over idle screens at once, and wants to be read. */
export const PRIORITIES = ['normal', 'pinned', 'emergency'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** Characters of one language of an article. */
export const LONGEST_ARTICLE = 40_000;
const LONGEST_NOTICE = 500;
const MOST_PICTURES = 60;
export const MOST_PDF_PAGES = 300;

/** What the server found a stored file to be, by its content and not by its name. Blobs are named by their SHA-256. */
export const fileSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['image/jpeg', 'image/png', 'image/webp']),
    hash: blobHashSchema,
    bytes: z.int().min(1),
    width: z.int().min(1),
    height: z.int().min(1),
  }),
  z.object({
    type: z.literal('application/pdf'),
    hash: blobHashSchema,
    bytes: z.int().min(1),
    pages: z.int().min(1).max(MOST_PDF_PAGES),
  }),
  z.object({ type: z.enum(['video/mp4', 'video/webm']), hash: blobHashSchema, bytes: z.int().min(1) }),
]);
export type LeafletFile = z.infer<typeof fileSchema>;
export type ImageFile = Extract<LeafletFile, { width: number }>;
export type PdfFile = Extract<LeafletFile, { pages: number }>;
export type VideoFile = Extract<LeafletFile, { type: 'video/mp4' | 'video/webm' }>;

/** The three, each alone. */
export const imageFileSchema = fileSchema.options[0];
export const pdfFileSchema = fileSchema.options[1];
export const videoFileSchema = fileSchema.options[2];

export const bodySchema = z.discriminatedUnion('kind', [
  /** Markdown (CommonMark with GFM tables), no HTML. A picture in it is `![what it shows](picture:SHA256)`, one of `pictures`. */
  z.object({
    kind: z.literal('article'),
    text: inChineseAtLeast(LONGEST_ARTICLE),
    pictures: z.array(imageFileSchema).max(MOST_PICTURES),
  }),
  z.object({ kind: z.literal('pdf'), file: z.object({ zh: pdfFileSchema, en: pdfFileSchema.optional() }) }),
  z.object({
    kind: z.literal('pictures'),
    pictures: z
      .array(z.object({ file: imageFileSchema, caption: inChineseAtLeast(200).nullable() }))
      .min(1)
      .max(MOST_PICTURES),
  }),
  z.object({ kind: z.literal('video'), file: videoFileSchema, poster: imageFileSchema.nullable() }),
  /** Short, shown large. */
  z.object({ kind: z.literal('notice'), text: inChineseAtLeast(LONGEST_NOTICE) }),
]);
export type LeafletBody = z.infer<typeof bodySchema>;

/** `groups` are named groups of stations, kept by the server. */
export const audienceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('groups'), groups: z.array(z.string().min(1).max(40)).min(1).max(50) }),
  z.object({ kind: z.literal('stations'), stations: z.array(stationCodeSchema).min(1).max(500) }),
]);
export type Audience = z.infer<typeof audienceSchema>;

/** To the minute; a day that the calendar has, for `2026-02-30` is no moment. */
const wallTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d$/)
  .refine((text) => z.iso.date().safeParse(text.slice(0, 10)).success);
const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);

/** When it is shown, in the wall time of the station's zone; from inclusive, until exclusive; null: no bound. */
export const timeWindowSchema = z
  .object({
    from: wallTime.nullable(),
    until: wallTime.nullable(),
    /** 1 Monday to 7 Sunday (ISO 8601). */
    weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
    /** `["08:00","20:00"]`: within these of each day; the second not after the first: over midnight. Null: all day. */
    hours: z.tuple([clock, clock]).nullable(),
  })
  .refine(({ from, until }) => from === null || until === null || from < until, { message: 'until is not after from' });
export type TimeWindow = z.infer<typeof timeWindowSchema>;

export const ALWAYS: TimeWindow = { from: null, until: null, weekdays: [1, 2, 3, 4, 5, 6, 7], hours: null };

/** What an editor writes. */
export const leafletContentSchema = z.object({
  title: inChineseAtLeast(80),
  summary: inChineseAtLeast(200),
  category: z.enum(CATEGORIES),
  tags: z.array(z.string().trim().min(1).max(20)).max(10),
  priority: z.enum(PRIORITIES),
  audience: audienceSchema,
  window: timeWindowSchema,
  body: bodySchema,
});
export type LeafletContent = z.infer<typeof leafletContentSchema>;

export const leafletIdSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);

/** All files of a leaflet, each once. */
export function filesOf(body: LeafletBody): LeafletFile[] {
  const files = everyFile(body);
  return [...new Map(files.map((file) => [file.hash, file])).values()];
}

function everyFile(body: LeafletBody): LeafletFile[] {
  switch (body.kind) {
    case 'article':
      return body.pictures;
    case 'pdf':
      return body.file.en === undefined ? [body.file.zh] : [body.file.zh, body.file.en];
    case 'pictures':
      return body.pictures.map(({ file }) => file);
    case 'video':
      return body.poster === null ? [body.file] : [body.file, body.poster];
    case 'notice':
      return [];
    default:
      return unreachable(body);
  }
}
