import { CARD_NUMBER_FORMS, type CardNumberForm, parseCardNumber } from './card-number.ts';
import { uidBytes, uidOf } from './ic-card.ts';

/** What a number printed on a card, or typed from it, may stand for. */
export interface PrintedCardNumber {
  readonly form: CardNumberForm | 'hex';
  /** Capital hex digits of the bytes that the number tells: all of them, or some at one end of the card. */
  readonly bytes: string;
}

/** Each form in which this can be read; none where it is no card number. Ten digits have up to three, and so on. */
export function readPrintedNumber(text: string): PrintedCardNumber[] {
  const printed = text.trim();
  const found: PrintedCardNumber[] = CARD_NUMBER_FORMS.flatMap((form) => {
    const bytes = parseCardNumber(form, printed);
    return bytes === null ? [] : [{ form, bytes: uidOf(bytes) }];
  });
  const digits = uidBytes(printed);
  const shortest = 4;
  const longest = 10;
  const isUid = digits !== null && digits.length >= shortest && digits.length <= longest;
  return isUid ? [...found, { form: 'hex', bytes: uidOf(digits) }] : found;
}

/**
 * Whether a card that a reader has read as `uid` may bear this number. Readers turn the bytes about, and take the first or
 * the last of them: of the UID 5630F009 there are 1446047753, 0166735958, 08612528 and 24012374 in public (device notes 3).
 * A short number may be that of more than one card: this narrows down, it does not identify.
 */
export function mayBear(uid: string, { bytes }: PrintedCardNumber): boolean {
  const turned = uidOf((uidBytes(uid) ?? new Uint8Array()).toReversed());
  return [uid, turned].some((order) => order.startsWith(bytes) || order.endsWith(bytes));
}
