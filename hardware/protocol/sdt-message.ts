import { parseCommand, type SdtCommandName } from './sdt-command.ts';
import { encodeFrame } from './sdt-frame.ts';
import { SW3 } from './sdt-status.ts';

/** The frame of a reply: SW1 and SW2 (the card's own status) are zero in every known reply. */
export function encodeReply(sw3: number, data: Uint8Array = new Uint8Array(0)): Uint8Array {
  return encodeFrame(Uint8Array.from([0, 0, sw3, ...data]));
}

/** `sw3` is the reader's status (`statusOf`); what `data` is depends on the command. */
export interface SdtReply {
  readonly sw3: number;
  readonly data: Uint8Array;
}

/**
 * A payload as a reply, or null where it is no reply: a command that a half-duplex adapter echoes (device notes 5). A
 * command of two bytes is shorter than any reply, and the one of three ends in what is no status.
 */
export function parseReply(payload: Uint8Array): SdtReply | null {
  const [, , sw3] = payload;
  return sw3 === undefined || parseCommand(payload) !== null ? null : { sw3, data: payload.slice(3) };
}

const TEXT_BYTES = 256;
const PHOTO_BYTES = 1024;
const CARD_BYTES = 4 + TEXT_BYTES + PHOTO_BYTES;
const CARD_AND_LENGTHS = 6 + TEXT_BYTES + PHOTO_BYTES;

/** What a command is answered with when all is well (device notes 1.2): the status, and how many bytes of data. */
export interface SdtExpected {
  readonly sw3: number;
  /** Each length that may come; null where no source says. */
  readonly dataBytes: readonly number[] | null;
}

const NO_DATA: SdtExpected = { sw3: SW3.ok, dataBytes: [0] };

const EXPECTED: Readonly<Record<SdtCommandName, SdtExpected>> = {
  resetSam: NO_DATA,
  samStatus: NO_DATA,
  readSamId: { sw3: SW3.ok, dataBytes: [16] },
  findCard: { sw3: SW3.found, dataBytes: [4] },
  selectCard: { sw3: SW3.ok, dataBytes: [8] },
  readCard: { sw3: SW3.ok, dataBytes: [CARD_BYTES] },
  // Believed, not sourced: one address of 35 characters. A card without one answers `noContent`.
  readNewAddress: { sw3: SW3.ok, dataBytes: [70] },
  readManagementNumber: { sw3: SW3.ok, dataBytes: null },
  readCardWithFingerprint: { sw3: SW3.ok, dataBytes: [0, 512, 1024].map((fingers) => CARD_AND_LENGTHS + fingers) },
  setMaxRfFrame: NO_DATA,
};

/** What this command is answered with when all is well. "Set UART speed" has no name; its answer is status 90 alone. */
export function expectedReply(command: SdtCommandName): SdtExpected {
  return EXPECTED[command];
}

/**
 * Whether a reply can be the answer to this command. Replies do not say what they answer, so one that comes too late is
 * known only by its status: each success has its own shape (device notes 1.2), a card that is not selected or not read
 * was not being looked for. Lengths beyond "is it a card" are not asked for: they vary between readers.
 */
export function canAnswer(command: SdtCommandName, { sw3, data }: SdtReply): boolean {
  const expected = EXPECTED[command];
  if (sw3 === SW3.ok || sw3 === SW3.found) {
    const readsCard = expected.dataBytes?.some((bytes) => bytes >= TEXT_BYTES) ?? false;
    return sw3 === expected.sw3 && data.length >= TEXT_BYTES === readsCard;
  }
  if (sw3 === SW3.noContent) return command === 'readNewAddress' || command === 'readManagementNumber';
  return command !== 'findCard' || (sw3 !== SW3.readFailed && sw3 !== SW3.selectFailed);
}

/** Bytes of fingerprints on a card: none, one finger's or two fingers'. */
export type FingerprintBytes = 0 | 512 | 1024;

/** Photo and fingerprints are counted and left where they are: nothing here can keep or show them. */
export interface CardData {
  /** The 256 bytes that `decodeCard` reads. */
  readonly text: Uint8Array;
  /** 1024 for a photo as the standard has it. */
  readonly photoBytes: number;
  /** Null where they were not asked for (30 01), 0 where the card has none. */
  readonly fingerprintBytes: number | null;
}

/**
 * The data of "read text + photo" (30 01: two big-endian lengths, text, photo) or of "read text, photo and fingerprint"
 * (30 10: three lengths, text, photo, fingerprints); device notes 1.2. Null if they are neither, or do not add up.
 */
export function parseCardData(data: Uint8Array): CardData | null {
  const lengthAt = (offset: number) => ((data[offset] ?? 0) << 8) | (data[offset + 1] ?? 0);
  if (lengthAt(0) !== TEXT_BYTES) return null;
  const photoBytes = lengthAt(2);
  const twoParts = 4 + TEXT_BYTES + photoBytes;
  if (data.length === twoParts) return { text: data.slice(4, 4 + TEXT_BYTES), photoBytes, fingerprintBytes: null };
  const fingerprintBytes = lengthAt(4);
  if (data.length !== twoParts + 2 + fingerprintBytes) return null;
  return { text: data.slice(6, 6 + TEXT_BYTES), photoBytes, fingerprintBytes };
}

/** The text block in the data of a reading, or null where there is none. */
export function textBlockOf(data: Uint8Array): Uint8Array | null {
  return parseCardData(data)?.text ?? null;
}

/**
 * The data with which a reader answers "read text + photo" for a text block, with an empty photo; with
 * `fingerprintBytes` those of "read text, photo and fingerprint", as many bytes of zero in their place.
 */
export function cardData(text: Uint8Array, fingerprintBytes: FingerprintBytes | null = null): Uint8Array {
  const lengths = [TEXT_BYTES, PHOTO_BYTES, ...(fingerprintBytes === null ? [] : [fingerprintBytes])];
  const header = lengths.flatMap((length) => [length >> 8, length & 0xff]);
  const data = new Uint8Array(header.length + lengths.reduce((sum, length) => sum + length, 0));
  data.set(header);
  data.set(text.subarray(0, TEXT_BYTES), header.length);
  return data;
}
