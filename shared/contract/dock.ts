import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';

/** Dock page <-> demo. Development only: it makes the emulated devices speak. */

export const dockDeviceSchema = z.enum(['scanner', 'card-reader']);
export type DockDevice = z.infer<typeof dockDeviceSchema>;

export const dockWorldSchema = z.object({
  server: z.object({ up: z.boolean(), consoleUrl: z.string() }),
  terminals: z.array(
    z.object({
      id: z.string(),
      station: z.string(),
      stationName: bilingualSchema,
      /** Opens this terminal's kiosk page; may be followed any number of times. */
      kioskUrl: z.string(),
      plugged: z.object({ scanner: z.boolean(), 'card-reader': z.boolean() }),
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
      what: z.enum(['scan', 'card', 'garbage', 'half-frame', 'plug', 'unplug', 'server-on', 'server-off']),
      device: dockDeviceSchema.nullable(),
      /** What was scanned, whose card it was; else empty. */
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
  /** The card of resident `resident` is laid on the reader, and lifted after two seconds. */
  tapCard: oc.input(z.object({ terminal, resident: z.int().min(0) })).output(done),
  /** Random bytes on the device's line. */
  garbage: oc.input(z.object({ terminal, device: dockDeviceSchema })).output(done),
  /** The first half of a true frame, and no more. */
  halfFrame: oc.input(z.object({ terminal, device: dockDeviceSchema })).output(done),
  plug: oc.input(z.object({ terminal, device: dockDeviceSchema, plugged: z.boolean() })).output(done),
  server: oc.input(z.object({ up: z.boolean() })).output(done),
};
