import { CARD_NUMBER_FORMS, formatCardNumber } from '#hardware/protocol/card-number.ts';
import { uidBytes } from '#hardware/protocol/ic-card.ts';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName } from '#hardware/protocol/line-protocols.ts';
import { mayBear, readPrintedNumber } from '#hardware/protocol/printed-card-number.ts';

type Out = (line: object) => void;

export function isIcCardProtocol(name: string): name is IcCardProtocolName {
  return Object.hasOwn(IC_CARD_PROTOCOLS, name);
}

export const IC_CARD_PROTOCOL_NAMES = Object.keys(IC_CARD_PROTOCOLS);

/** The numbers that may be printed on a card of which the reader has said these bytes, each by its form. */
function numbersOf(uid: string): Record<string, string> {
  const bytes = uidBytes(uid) ?? new Uint8Array();
  const numbers = CARD_NUMBER_FORMS.map((form) => [form, formatCardNumber(form, bytes)] as const);
  return Object.fromEntries(numbers.flatMap(([form, number]) => (number === null ? [] : [[form, number]])));
}

/**
 * Chunks through the real decoder of a reader of IC cards: each card with the numbers that may be printed on it, or, where
 * somebody has typed what is printed, with the forms in which it is the number of this card. Returns the dropped bytes.
 */
export function decodeIcCards(
  protocol: IcCardProtocolName,
  chunks: readonly Uint8Array[],
  printed: string | null,
  out: Out,
): number {
  const parser = IC_CARD_PROTOCOLS[protocol].createParser();
  const print = (results: ReturnType<typeof parser.push>) => {
    for (const result of results) {
      if (result.kind === 'error') out(result);
      else if (printed === null) out({ ...result, numbers: numbersOf(result.uid) });
      else {
        const fits = readPrintedNumber(printed).filter((number) => mayBear(result.uid, number));
        out({ ...result, printed: fits.map(({ form }) => form) });
      }
    }
  };
  for (const chunk of chunks) print(parser.push(chunk));
  print(parser.pause());
  return parser.dropped();
}
