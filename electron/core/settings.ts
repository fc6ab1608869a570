import { z } from 'zod';
import { isIcCardProtocol } from '#hardware/protocol/line-protocols.ts';
import { stationCodeSchema, terminalIdSchema } from '#shared/ledger/event.ts';

const serialDevice = z.object({
  /** Left out in files written before there were other kinds. */
  kind: z.literal('serial').optional(),
  /** Device node, best one of /dev/serial/by-id. */
  path: z.string().min(1),
  /** Bits per second. */
  baud: z.int().default(115_200),
  parity: z.enum(['none', 'even', 'odd']).optional(),
  dataBits: z.literal([7, 8]).optional(),
  stopBits: z.literal([1, 2]).optional(),
});

/** A serial server in the network. */
const tcpDevice = z.object({ kind: z.literal('tcp'), host: z.string().min(1), port: z.int().min(1).max(65_535) });

const usbId = z.int().min(0).max(0xffff);
/** A HID device. Two alike are told apart by their serial number or by the path udev gives to their USB port. */
const hidDevice = z.object({
  kind: z.literal('hid'),
  vid: usbId,
  pid: usbId,
  serial: z.string().min(1).optional(),
  path: z.string().min(1).optional(),
});

/** A card reader with bulk endpoints, as 0400:C35A. No scanner is one. */
const bulkDevice = z.object({ kind: z.literal('usb'), vid: usbId, pid: usbId, serial: z.string().min(1).optional() });

/** A scanner that pretends to be a keyboard: the kiosk page hears it. */
const keyboardDevice = z.object({ kind: z.literal('keyboard') });

/** What a serial scanner sends around a code, where it can't be set to send CR behind it and nothing else. */
const around = z
  .string()
  .max(16)
  // Control characters are left off before it is looked for: with one in it no code would ever be read.
  .regex(/^\P{Cc}*$/u);
const sentAround = {
  prefix: around.optional(),
  suffix: around.optional(),
  /** `pause-ends`: it sends no terminator, a pause is the end of a code. */
  pause: z.enum(['pause-drops', 'pause-ends']).optional(),
};
/** How a device is reached: docs/devices.md. */
const scannerDevice = z.union([
  serialDevice.extend(sentAround),
  tcpDevice.extend(sentAround),
  hidDevice,
  keyboardDevice,
]);
const cardReaderDevice = z.union([serialDevice, tcpDevice, hidDevice, bulkDevice]);

/** A reader of staff cards speaks by itself: which protocol it speaks has to be known. `tool find` finds out. */
const protocol = z.string().refine(isIcCardProtocol);
const icCardReaderDevice = z.union([
  serialDevice.extend({ protocol, baud: z.int().default(9600) }),
  tcpDevice.extend({ protocol }),
]);

/** What a machine is told before it is a terminal. */
export const machineSchema = z.object({
  /** IANA zone in which due times are reckoned. */
  zone: z.string().default('Asia/Shanghai'),
  scanner: scannerDevice,
  cardReader: cardReaderDevice,
  /** Not every gatehouse has one. */
  icCardReader: icCardReaderDevice.optional(),
});
export type Machine = z.infer<typeof machineSchema>;

/** Of leaflets (core/content). */
const contentSettings = {
  /** JSON text of the TUF root metadata that came with the enrolment. */
  contentRoot: z.string().max(200_000).optional(),
  /** Folders where sticks with leaflets are mounted, or whose folders are such. */
  stickFolders: z.array(z.string().min(1)).max(8).optional(),
  /** How fast their files may come, so that the line is free for events; 8 MiB/s where it is left out. */
  contentBytesPerSecond: z.int().min(16_384).optional(),
};

/**
 * The settings of a terminal: what its machine was told, and what the server made of it at its enrolment
 * (contract/identity.ts). Kept by electron-store (conf in the browser shell); no records in here.
 */
export const settingsSchema = machineSchema.extend({
  terminal: terminalIdSchema,
  station: stationCodeSchema,
  server: z.object({ url: z.url() }),
  /** Hash of the word by which the server revokes this terminal. */
  revocation: z.string().regex(/^[0-9a-f]{64}$/),
  /** 64 hex digits, the same at every station of the community. */
  communityKey: z.string().regex(/^[0-9a-f]{64}$/),
  ...contentSettings,
});
export type Settings = z.infer<typeof settingsSchema>;

/** What is left of the settings of a terminal that was revoked: enough to say so, and to be enrolled anew. */
export const retiredSchema = machineSchema.extend({
  terminal: terminalIdSchema,
  station: stationCodeSchema,
  revokedMs: z.int(),
});
export type Retired = z.infer<typeof retiredSchema>;
