import { unreachable } from '#shared/result.ts';
import { encodeCard, type IdCard } from '../protocol/sdt-card.ts';
import { parseCommand, parseSetUartSpeed, type SdtCommandName } from '../protocol/sdt-command.ts';
import { createSdtParser } from '../protocol/sdt-frame.ts';
import { cardData, encodeReply, type FingerprintBytes } from '../protocol/sdt-message.ts';
import { encodeSamId, type SamId } from '../protocol/sdt-sam-id.ts';
import { SW3 } from '../protocol/sdt-status.ts';
import type { FarEnd } from './pseudo-terminal.ts';

/**
 * How the reader behaves: well, as the public vectors show, or ill in one of the ways of its status codes: `broken` is 66
 * and `self-test-failed` 60 to everything, `card-not-selected` is 81, `card-slips` is 41 to the reading.
 */
export type ReaderMood = 'well' | 'silent' | 'broken' | 'self-test-failed' | 'card-not-selected' | 'card-slips';

export interface CardReaderEmulatorOptions {
  readonly line: FarEnd;
  /** Cuts an answer into the chunks in which it goes out; whole where it is left out. */
  readonly chunks?: (answer: Uint8Array) => Uint8Array[];
}

/** Cuts at random into pieces of 1 to 64 bytes, as a USB serial adapter may. `random` gives 0 to 1. */
export function randomChunks(random: () => number): (answer: Uint8Array) => Uint8Array[] {
  return (answer) => {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < answer.length;) {
      const end = Math.min(answer.length, at + 1 + Math.floor(random() * 64));
      pieces.push(answer.slice(at, end));
      at = end;
    }
    return pieces;
  };
}

/** The module number of the device notes' example (T6). */
const SAM_ID: SamId = [5, 3, 20150101, 12345, 1234567890];

/** An ID-card reader seen from inside: it answers commands, and somebody lays cards on it. */
export function createCardReaderEmulator({ line, chunks = (bytes) => [bytes] }: CardReaderEmulatorOptions) {
  const parser = createSdtParser();
  /** The text block of the card that lies there. */
  let card: Uint8Array | null = null;
  let selected = false;
  let mood: ReaderMood = 'well';
  let isPulled = false;

  function reading(fingerprintBytes: FingerprintBytes | null = null): Uint8Array {
    if (card === null || !selected || mood === 'card-slips') return encodeReply(SW3.readFailed);
    return encodeReply(SW3.ok, cardData(card, fingerprintBytes));
  }

  /** An item that none of the cards here has. */
  function absentItem(): Uint8Array {
    return encodeReply(selected && mood !== 'card-slips' ? SW3.noContent : SW3.readFailed);
  }

  function answer(command: SdtCommandName): Uint8Array {
    switch (command) {
      case 'samStatus':
      case 'setMaxRfFrame':
        return encodeReply(SW3.ok);
      case 'resetSam':
        selected = false;
        return encodeReply(SW3.ok);
      case 'readSamId':
        return encodeReply(SW3.ok, encodeSamId(SAM_ID));
      case 'findCard':
        selected = false;
        return card === null ? encodeReply(SW3.noCard) : encodeReply(SW3.found, new Uint8Array(4));
      case 'selectCard':
        selected = card !== null && mood !== 'card-not-selected';
        if (selected && isPulled) card = null;
        return selected ? encodeReply(SW3.ok, new Uint8Array(8)) : encodeReply(SW3.selectFailed);
      case 'readCard':
        return reading();
      case 'readCardWithFingerprint':
        return reading(0);
      case 'readNewAddress':
      case 'readManagementNumber':
        return absentItem();
      default:
        return unreachable(command);
    }
  }

  function refusal(code: 'length' | 'checksum' | 'half-frame'): Uint8Array {
    return encodeReply(code === 'length' ? SW3.badLength : SW3.badChecksum);
  }

  function answerTo(payload: Uint8Array): Uint8Array {
    if (mood === 'broken') return encodeReply(SW3.samUnauthorised);
    if (mood === 'self-test-failed') return encodeReply(SW3.selfTestFailed);
    const command = parseCommand(payload);
    if (command !== null) return answer(command);
    // A pseudo-terminal has no speed: the emulator is heard at any.
    return encodeReply(parseSetUartSpeed(payload) === null ? SW3.badCommand : SW3.ok);
  }

  line.onBytes((bytes) => {
    for (const result of parser.push(bytes)) {
      if (mood === 'silent') continue;
      const reply = result.kind === 'error' ? refusal(result.code) : answerTo(result.payload);
      for (const chunk of chunks(reply)) line.send(chunk);
    }
  });

  return {
    placeCard(shown: IdCard): void {
      card = encodeCard(shown);
      selected = false;
      isPulled = false;
    },
    /** A card that is away again when it is to be read: in time to be found and selected. */
    pullCard(shown: IdCard): void {
      card = encodeCard(shown);
      selected = false;
      isPulled = true;
    },
    /** A card by its text block, as `encodeCardBlock` makes it: of any type, with every field. */
    placeBlock(block: Uint8Array): void {
      card = block;
      selected = false;
    },
    liftCard(): void {
      card = null;
      selected = false;
    },
    behave(next: ReaderMood): void {
      mood = next;
    },
    sendRaw(bytes: Uint8Array): void {
      line.send(bytes);
    },
    /** The first half of the answer with which this card would be read, unasked, and then nothing. */
    halfFrame(shown: IdCard): void {
      const frame = encodeReply(SW3.ok, cardData(encodeCard(shown)));
      line.send(frame.subarray(0, frame.length / 2));
    },
  };
}
