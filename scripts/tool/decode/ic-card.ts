import { CARD_NUMBER_FORMS, formatCardNumber } from '#hardware/protocol/card-number.ts';
import { uidBytes } from '#hardware/protocol/ic-card.ts';
import { IC_CARD_PROTOCOLS, type IcCardProtocolName } from '#hardware/protocol/line-protocols.ts';
import { mayBear, readPrintedNumber } from '#hardware/protocol/printed-card-number.ts';
import { feed, type Protocol } from './protocol.ts';

// Its keys are these names.
export const IC_CARD_PROTOCOL_NAMES = Object.keys(IC_CARD_PROTOCOLS) as readonly IcCardProtocolName[];

/** The numbers that may be printed on a card of which the reader has said these bytes, each by its form. */
function numbersOf(uid: string): Record<string, string> {
  const bytes = uidBytes(uid) ?? new Uint8Array();
  const numbers = CARD_NUMBER_FORMS.map((form) => [form, formatCardNumber(form, bytes)] as const);
  return Object.fromEntries(numbers.flatMap(([form, number]) => (number === null ? [] : [[form, number]])));
}

/**
 * A reader of IC cards: each card with the numbers that may be printed on it or, where `printed` is set, with the forms in
 * which that is the number of this card.
 */
export function decodeIcCard(name: IcCardProtocolName): Protocol {
  return ({ chunks, settings: { printed } }, out) =>
    feed(IC_CARD_PROTOCOLS[name].createParser(), chunks, (result) => {
      if (result.kind === 'error') out(result);
      else if (printed === undefined) {
        const numbers = numbersOf(result.uid);
        // What most readers print on a card, or would type: ten digits, or eight of a shorter card.
        out({ ...result, decimal: numbers['8H10D'] ?? numbers['6H8D'] ?? null, numbers });
      } else {
        const fits = readPrintedNumber(printed).filter((number) => mayBear(result.uid, number));
        out({ ...result, printed: fits.map(({ form }) => form) });
      }
    });
}
