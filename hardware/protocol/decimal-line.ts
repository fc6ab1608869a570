import { createCardLineParser, encodeCardLine } from './card-line.ts';
import { type CardNumberForm, formatCardNumber, parseCardNumber } from './card-number.ts';
import { icCardProtocol, type IcCardProtocol } from './ic-card-protocol.ts';
import { uidOf } from './ic-card.ts';

/**
 * A decimal number in one form, and a terminator. The form is a setting of the reader, and so of its protocol: ten digits
 * alone may be 8H10D or 4H4H, eight may be 6H8D or 2H4H. Only the last 3 or 4 bytes of the card are in it. (Device notes 3.)
 */
export function decimalLine(name: string, form: CardNumberForm): IcCardProtocol {
  return icCardProtocol({
    name,
    createParser: () =>
      createCardLineParser(name, (line) => {
        const bytes = parseCardNumber(form, line);
        return bytes === null ? null : uidOf(bytes);
      }),
    encode(uid) {
      const number = formatCardNumber(form, uid);
      return number === null ? null : encodeCardLine(number);
    },
  });
}
