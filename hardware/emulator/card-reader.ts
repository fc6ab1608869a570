import { unreachable } from '#shared/result.ts';
import { encodeCard, type IdCard } from '../protocol/sdt-card.ts';
import { createSdtParser } from '../protocol/sdt-frame.ts';
import { cardData, encodeReply, parseCommand, type SdtCommandName, SW3 } from '../protocol/sdt-message.ts';
import type { FarEnd } from './pseudo-terminal.ts';

/**
 * How the reader behaves: well, as the public vectors show, or ill in one of the ways of its status codes: `broken` is 66
 * to everything, `card-not-selected` is 81, `card-slips` is 41 to the reading.
 */
export type ReaderMood = 'well' | 'silent' | 'broken' | 'card-not-selected' | 'card-slips';

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

/** An ID-card reader seen from inside: it answers commands, and somebody lays cards on it. */
export function createCardReaderEmulator({ line, chunks = (bytes) => [bytes] }: CardReaderEmulatorOptions) {
  const parser = createSdtParser();
  let card: IdCard | null = null;
  let selected = false;
  let mood: ReaderMood = 'well';

  function readReply(shown: IdCard): Uint8Array {
    return encodeReply(SW3.ok, cardData(encodeCard(shown)));
  }

  function answer(command: SdtCommandName | null): Uint8Array {
    if (mood === 'broken') return encodeReply(SW3.samUnauthorised);
    switch (command) {
      case null:
        return encodeReply(SW3.badCommand);
      case 'samStatus':
        return encodeReply(SW3.ok);
      case 'findCard':
        selected = false;
        return card === null ? encodeReply(SW3.noCard) : encodeReply(SW3.found, new Uint8Array(4));
      case 'selectCard':
        selected = card !== null && mood !== 'card-not-selected';
        return selected ? encodeReply(SW3.ok, new Uint8Array(8)) : encodeReply(SW3.selectFailed);
      case 'readCard':
        return card === null || !selected || mood === 'card-slips' ? encodeReply(SW3.readFailed) : readReply(card);
      default:
        return unreachable(command);
    }
  }

  function refusal(code: 'length' | 'checksum' | 'half-frame'): Uint8Array {
    return encodeReply(code === 'length' ? SW3.badLength : SW3.badChecksum);
  }

  line.onBytes((bytes) => {
    for (const result of parser.push(bytes)) {
      if (mood === 'silent') continue;
      const reply = result.kind === 'error' ? refusal(result.code) : answer(parseCommand(result.payload));
      for (const chunk of chunks(reply)) line.send(chunk);
    }
  });

  return {
    placeCard(shown: IdCard): void {
      card = shown;
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
      const frame = readReply(shown);
      line.send(frame.subarray(0, frame.length / 2));
    },
  };
}
