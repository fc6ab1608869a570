import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { bilingualSchema } from '../bilingual.ts';
import { WEDGE_DEFAULTS } from '../keyboard/wedge.ts';
import { stationCodeSchema } from '../ledger/event.ts';
import { contentActionSchema, kioskContentSchema } from './kiosk-content.ts';

/** Page <-> terminal core. The page holds nothing of its own but language, text size and contrast. */

/** Named conditions of a device (hardware.md): a caller can't forget one. */
export const deviceConditionSchema = z.enum(['ready', 'no-device', 'no-permission', 'busy', 'silent', 'broken']);
export type DeviceCondition = z.infer<typeof deviceConditionSchema>;

/** Not lent, and why: shared/lending/refusal.ts. */
const refusedSchema = z.discriminatedUnion('reason', [
  /** The borrower holds as many of the type as one may. */
  z.object({ kind: z.literal('refused'), reason: z.literal('limit'), limit: z.int() }),
  /** So many items must come back first. */
  z.object({ kind: z.literal('refused'), reason: z.literal('overdue'), count: z.int() }),
  z.object({ kind: z.literal('refused'), reason: z.enum(['blocked', 'reserved', 'unattended', 'offline', 'aside']) }),
]);

/** One item on a sheet. */
export const lineSchema = z.object({
  /** Names the line in `takeBack`; the same while the sheet is open. */
  id: z.string(),
  /** The item's key, `HF-000123`. */
  item: z.string(),
  type: z.string(),
  icon: z.string(),
  name: bilingualSchema,
  note: bilingualSchema.nullable(),
  outcome: z.discriminatedUnion('kind', [
    /** Scanned, waiting for a card. Nothing is recorded yet. */
    z.object({ kind: z.literal('waiting') }),
    /** Recorded as lent until `due` (ISO 8601 with offset). */
    z.object({ kind: z.literal('lent'), due: z.string() }),
    /** Recorded as returned. `late` is true where it was overdue; `name` is the masked name of who had it. */
    z.object({ kind: z.literal('returned'), name: z.string(), late: z.boolean() }),
    /** Lent on this sheet and given back by a tap. */
    z.object({ kind: z.literal('taken-back') }),
    refusedSchema,
  ]),
});
export type Line = z.infer<typeof lineSchema>;

/** Something to say about the last scan; `seq` changes with each, so that the same words twice are noticed. */
export const noticeSchema = z.object({
  seq: z.int(),
  kind: z.enum([
    'unknown-code', // no label of ours: what to do
    'unknown-item', // a label of ours, but this terminal does not know the item
    'not-for-loan', // damaged, set aside or retired
    'already-waiting',
    'already-lent', // second scan of an item just lent on this sheet
    'already-returned',
    'other-card', // not an ID card: with it nobody can borrow
    'card-unreadable', // the reader read a card, its number is not valid
    'not-recorded', // the disk refused: nothing was lent or returned
  ]),
  /** The code or item it is about, shortened to 40 characters; empty where there is none. */
  text: z.string(),
});
export type Notice = z.infer<typeof noticeSchema>;

const open = {
  lines: z.array(lineSchema),
  notice: noticeSchema.nullable(),
  /** Milliseconds until the sheet closes by itself, counted from when this view was sent. */
  endsInMs: z.int(),
};

export const borrowerSchema = z.object({
  /** Masked. */
  name: z.string(),
  /** What is on this person's record in all, with what is on this sheet. */
  holding: z.array(
    z.object({
      item: z.string(),
      icon: z.string(),
      name: bilingualSchema,
      note: bilingualSchema.nullable(),
      due: z.string(),
      overdue: z.boolean(),
    }),
  ),
});
export type Borrower = z.infer<typeof borrowerSchema>;

export const sheetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }),
  /** A scan that means nothing to us, and no sheet was open. */
  z.object({ kind: z.literal('unknown'), ...open }),
  /** Items are waiting for a card. */
  z.object({ kind: z.literal('card'), ...open }),
  /** Somebody's card is known: each scan is lent at once. */
  z.object({ kind: z.literal('borrow'), borrower: borrowerSchema, ...open }),
  /** Items were taken back, no card needed. */
  z.object({ kind: z.literal('return'), ...open }),
  /** What was recorded, at the end. */
  z.object({ kind: z.literal('receipt'), borrowerName: z.string().nullable(), ...open }),
]);
export type Sheet = z.infer<typeof sheetSchema>;

/** What happened to the terminal's own records, for the staff; the kiosk goes on. */
export const repairSchema = z.object({
  /**
   * Its file was damaged. `restored`: a backup, or what was left, has taken its place. `started-empty`: there was neither.
   * `doubted`: the damage was seen just now and is mended at the next start.
   */
  what: z.enum(['restored', 'started-empty', 'doubted']),
  /** When the backup was made, milliseconds since 1970; null where there was none. */
  backupMs: z.int().nullable(),
  /** The newest own records may be missing, unless they had been sent. */
  mayLack: z.boolean(),
  /** Everything of the server is here again: a person may put the message away. */
  filledIn: z.boolean(),
});
export type Repair = z.infer<typeof repairSchema>;

export const kioskViewSchema = z.object({
  /** Grows with each view of one core process. */
  seq: z.int(),
  terminal: z.string(),
  station: z.object({ code: stationCodeSchema, name: bilingualSchema.nullable(), phone: z.string().nullable() }),
  /** IANA zone in which times are shown. */
  zone: z.string(),
  /**
   * The terminal cannot work: a full-screen message. `database`: its file can't be opened and was not touched;
   * `revoked`: it was put out of service, and has wiped itself.
   */
  fault: z.enum(['database', 'revoked']).nullable(),
  repair: repairSchema.nullable(),
  sheet: sheetSchema,
  /** What can be borrowed here now, in the order of the types' rank. */
  stock: z.array(z.object({ type: z.string(), icon: z.string(), name: bilingualSchema, available: z.int() })),
  devices: z.object({
    scanner: deviceConditionSchema,
    cardReader: deviceConditionSchema,
    /** Null where none is set up. */
    icCardReader: deviceConditionSchema.nullable(),
  }),
  sync: z.object({
    /** `saved-here`: the server is away, all is kept and will be sent. */
    state: z.enum(['synced', 'sending', 'saved-here', 'never']),
    unsent: z.int(),
    /** Milliseconds since 1970 of the last complete exchange. */
    lastMs: z.int().nullable(),
  }),
});
export type KioskView = z.infer<typeof kioskViewSchema>;

export const kioskActionSchema = z.discriminatedUnion('kind', [
  /** "Done, I take it along": to the receipt, or from the receipt to the idle screen. */
  z.object({ kind: z.literal('done') }),
  /** Leave the sheet; what was recorded stays recorded, waiting items are forgotten. */
  z.object({ kind: z.literal('leave') }),
  /** Any tap: the sheet stays open longer. */
  z.object({ kind: z.literal('stay') }),
  /** A tap on a lent line: it goes back at once. */
  z.object({ kind: z.literal('take-back'), line: z.string().max(64) }),
  /** Somebody has read what happened to the terminal's records. */
  z.object({ kind: z.literal('repair-seen') }),
  /** A scanner typed this as if it were a keyboard (shared/keyboard/wedge.ts). Heeded only where such a one is set up. */
  z.object({ kind: z.literal('scan'), text: z.string().min(1).max(WEDGE_DEFAULTS.longest) }),
]);
export type KioskAction = z.infer<typeof kioskActionSchema>;
/** What is about the sheet. */
export type SheetAction = Exclude<KioskAction, { kind: 'repair-seen' | 'scan' }>;

export const kioskContract = {
  /** The state of the terminal now, and again at every change. */
  watch: oc.output(eventIterator(kioskViewSchema)),
  act: oc.input(kioskActionSchema).output(z.object({})),
  content: oc.output(eventIterator(kioskContentSchema)),
  contentAct: oc.input(contentActionSchema).output(z.object({})),
};
