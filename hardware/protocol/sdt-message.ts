import { encodeFrame } from './sdt-frame.ts';

/** Commands and replies inside SDT frames (device notes 1.2 and 1.3). */
const SDT_COMMANDS = {
  samStatus: [0x11, 0xff],
  findCard: [0x20, 0x01],
  selectCard: [0x20, 0x02],
  readCard: [0x30, 0x01],
} as const;
export type SdtCommandName = keyof typeof SDT_COMMANDS;

/**
 * SW3, the reader's own status, decides. Codes that are not here mean "try again"; `selfTestFailed` and
 * `samUnauthorised` are permanent.
 */
export const SW3 = {
  ok: 0x90,
  found: 0x9f,
  badChecksum: 0x10,
  badLength: 0x11,
  badCommand: 0x21,
  readFailed: 0x41,
  selfTestFailed: 0x60,
  samUnauthorised: 0x66,
  noCard: 0x80,
  selectFailed: 0x81,
} as const;

/** The frame of a command. */
export function encodeCommand(name: SdtCommandName): Uint8Array {
  return encodeFrame(Uint8Array.from(SDT_COMMANDS[name]));
}

/** The frame of a reply: SW1 and SW2 (the card's own status) are zero in every known reply. */
export function encodeReply(sw3: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  return encodeFrame(Uint8Array.from([0, 0, sw3, ...data]));
}

export interface SdtReply {
  readonly sw3: number;
  readonly data: Uint8Array;
}

/**
 * A payload as a reply, or null where it is no reply: a command of two bytes that a half-duplex adapter echoes.
 */
export function parseReply(payload: Uint8Array): SdtReply | null {
  const [, , sw3] = payload;
  return sw3 === undefined ? null : { sw3, data: payload.slice(3) };
}

/**
 * Whether a reply can be the answer to this command. Replies do not say what they answer, so one that comes too late is
 * known only by its status: each success has its own shape (device notes 1.2), a card that is not selected or not read
 * was not being looked for. Lengths beyond "is it a card" are not asked for: they vary between readers.
 */
export function canAnswer(command: SdtCommandName, { sw3, data }: SdtReply): boolean {
  const hasCard = data.length >= TEXT_BYTES;
  if (command === 'findCard') return ![SW3.ok, SW3.readFailed, SW3.selectFailed].some((other) => other === sw3);
  if (sw3 === SW3.found) return false;
  return sw3 !== SW3.ok || hasCard === (command === 'readCard');
}

/** A payload as a command's name, or null where it is none of ours. */
export function parseCommand(payload: Uint8Array): SdtCommandName | null {
  for (const [name, [cmd, para]] of Object.entries(SDT_COMMANDS)) {
    // Object.entries forgets that the keys are those of the table above.
    if (payload[0] === cmd && payload[1] === para) return name as SdtCommandName;
  }
  return null;
}

const TEXT_BYTES = 256;
const PHOTO_BYTES = 1024;

/**
 * The text block in the data of "read text + photo" (30 01: two big-endian lengths, text, photo) or of "read text, photo
 * and fingerprint" (30 10: three lengths). Photo and fingerprint stay behind. Null if it is neither.
 */
export function textBlockOf(data: Uint8Array): Uint8Array | null {
  const lengthAt = (offset: number) => ((data[offset] ?? 0) << 8) | (data[offset + 1] ?? 0);
  const text = lengthAt(0);
  if (text !== TEXT_BYTES) return null;
  const twoParts = 4 + text + lengthAt(2);
  if (data.length === twoParts) return data.slice(4, 4 + text);
  const threeParts = twoParts + 2 + lengthAt(4);
  return data.length === threeParts ? data.slice(6, 6 + text) : null;
}

/** The data of "read text + photo" for a text block, with an empty photo. */
export function cardData(text: Uint8Array): Uint8Array {
  const data = new Uint8Array(4 + TEXT_BYTES + PHOTO_BYTES);
  data.set([TEXT_BYTES >> 8, TEXT_BYTES & 0xff, PHOTO_BYTES >> 8, PHOTO_BYTES & 0xff]);
  data.set(text, 4);
  return data;
}
