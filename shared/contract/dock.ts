import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';

/** Dock page <-> demo. Development only: it makes the emulated devices speak. */

export const dockDeviceSchema = z.enum(['scanner', 'card-reader', 'ic-card-reader']);
export type DockDevice = z.infer<typeof dockDeviceSchema>;

/** How a line behaves (hardware/emulator/wire.ts). */
export const WIRE_MANNERS = [
  'correct',
  'slow',
  'split',
  'noisy',
  'flipping',
  'echoing',
  'wrong-baud',
  'unplugged',
  'half',
  'stuck',
] as const;
const wireMannerSchema = z.enum(WIRE_MANNERS);

/** How the ID-card reader answers (hardware/emulator/card-reader.ts). */
export const READER_MOODS = [
  'well',
  'silent',
  'broken',
  'self-test-failed',
  'card-not-selected',
  'card-slips',
] as const;
const readerMoodSchema = z.enum(READER_MOODS);

/** `tap`: lifted after two seconds. `left`: it stays until the next one. `pulled`: selected, and away before it can be read. */
export const CARD_WAYS = ['tap', 'left', 'pulled'] as const;
const cardWaySchema = z.enum(CARD_WAYS);
export type CardWay = z.infer<typeof cardWaySchema>;

export const dockWorldSchema = z.object({
  server: z.object({ up: z.boolean(), consoleUrl: z.string() }),
  terminals: z.array(
    z.object({
      id: z.string(),
      station: z.string(),
      stationName: bilingualSchema,
      /** Opens this terminal's kiosk page; may be followed any number of times. */
      kioskUrl: z.string(),
      plugged: z.record(dockDeviceSchema, z.boolean()),
      manners: z.record(dockDeviceSchema, wireMannerSchema),
      mood: readerMoodSchema,
      /** Index into `residents` of the card that lies on the reader now. */
      card: z.int().nullable(),
    }),
  ),
  items: z.array(
    z.object({
      item: z.string(),
      label: z.string(),
      typeName: bilingualSchema,
      note: bilingualSchema.nullable(),
      home: z.string(),
    }),
  ),
  /** Synthetic people, all of them. */
  residents: z.array(z.object({ name: z.string(), garden: bilingualSchema })),
  /** What the dock did last, newest first. */
  log: z.array(
    z.object({
      atMs: z.int(),
      terminal: z.string().nullable(),
      what: z.enum([
        'scan',
        'card',
        'garbage',
        'half-frame',
        'flood',
        'manner',
        'mood',
        'staff-card',
        'plug',
        'unplug',
        'server-on',
        'server-off',
      ]),
      device: dockDeviceSchema.nullable(),
      /** What was scanned, whose card it was, which manner or mood; else empty. */
      text: z.string(),
    }),
  ),
});
export type DockWorld = z.infer<typeof dockWorldSchema>;

const terminal = z.string().max(32);
const done = z.object({});

export const dockContract = {
  watch: oc.output(eventIterator(dockWorldSchema)),
  /** The scanner reads this text, any text. */
  scan: oc.input(z.object({ terminal, text: z.string().max(4000) })).output(done),
  /** The card of resident `resident` is laid on the reader. */
  tapCard: oc.input(z.object({ terminal, resident: z.int().min(0), way: cardWaySchema.default('tap') })).output(done),
  /** Somebody's work card is held before the IC-card reader for half a second. */
  tapStaffCard: oc.input(z.object({ terminal })).output(done),
  /** Random bytes on the device's line. */
  garbage: oc.input(z.object({ terminal, device: dockDeviceSchema })).output(done),
  /** The first half of a true frame, and no more. */
  halfFrame: oc.input(z.object({ terminal, device: dockDeviceSchema })).output(done),
  /** 64 KiB of random bytes, as fast as the line takes them. */
  flood: oc.input(z.object({ terminal, device: dockDeviceSchema })).output(done),
  /** How the line behaves from now on. */
  behave: oc.input(z.object({ terminal, device: dockDeviceSchema, manner: wireMannerSchema })).output(done),
  mood: oc.input(z.object({ terminal, mood: readerMoodSchema })).output(done),
  plug: oc.input(z.object({ terminal, device: dockDeviceSchema, plugged: z.boolean() })).output(done),
  server: oc.input(z.object({ up: z.boolean() })).output(done),
};
