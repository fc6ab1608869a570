import { splitAim, symbologyName } from '#hardware/protocol/aim.ts';
import { barcodeContent, type BarcodeContent, type ScannedText } from '#hardware/protocol/barcode-content.ts';
import { decodeBarcodeText } from '#hardware/protocol/barcode-text.ts';
import { parseDigitalLink } from '#hardware/protocol/gs1-digital-link.ts';
import type { Gs1Element } from '#hardware/protocol/gs1-elements.ts';
import { gs1Value } from '#hardware/protocol/gs1-values.ts';
import { createLineParser, type LineParserOptions } from '#hardware/protocol/line.ts';
import { parseIdNumber } from '#shared/people/id-number.ts';
import { fromHex } from '../hex.ts';
import { stars } from './masked.ts';
import { feed, wholeOf, type DecodeInput, type Protocol } from './protocol.ts';
import type { DecodeSettings } from './settings.ts';

/** Identifiers of a delivery's people and addresses, of people in care, and of who receives a service. */
const OF_PEOPLE = /^(?:42[01]|43[01]\d|4320|725\d|8018)$/;

/** Whether a number by which people borrow is anywhere in a text: a citizen's, or a foreigner's of 2017. */
function hasNumber(text: string): boolean {
  // At every place: digits in front belong to something else.
  const citizens = Array.from(text.matchAll(/(?=(\d{17}[\dXx]))/g), ([, number = '']) => number);
  return citizens.some((number) => parseIdNumber(number) !== null) || /[A-Za-z]{3}\d{12}/.test(text);
}

const isOfPerson = ({ ai, value }: Gs1Element) => OF_PEOPLE.test(ai) || hasNumber(value);

/** A web address that would say what a GS1 symbol does, if it were right. */
function isNearlyLink(content: BarcodeContent): boolean {
  if (content.kind !== 'address') return false;
  const link = parseDigitalLink(content.address);
  return !link.ok && link.error.code !== 'not-digital-link';
}

function isPersonal(content: BarcodeContent, text: string): boolean {
  // What can't be read as GS1 may have a person's values as well.
  if (content.kind === 'wrong-gs1' || isNearlyLink(content)) return true;
  // Values one by one: of the digits of several together one run in eleven has the check of a person's number.
  if ('elements' in content) {
    return content.elements.some(isOfPerson) || ('stem' in content && hasNumber(content.stem));
  }
  return hasNumber(text);
}

/** The values of GS1 identifiers by identifier; of one that stands twice the last. */
function valuesByAi(elements: readonly Gs1Element[], isMasked: boolean): Record<string, string> {
  return Object.fromEntries(
    elements.map((element) => [element.ai, isMasked && isOfPerson(element) ? stars(element.value) : element.value]),
  );
}

function contentLine(content: BarcodeContent, isMasked: boolean, thisYear: number): object {
  if (content.kind === 'wrong-gs1') return content;
  if (!('elements' in content)) return isMasked ? { kind: content.kind } : content;
  const elements = content.elements.map((element) =>
    isMasked && isOfPerson(element)
      ? { ai: element.ai, value: stars(element.value) }
      : { ...element, means: gs1Value(element, thisYear) },
  );
  if (content.kind === 'gs1') return { ...content, elements };
  return { ...content, stem: isMasked ? stars(content.stem) : content.stem, elements };
}

/** A code with what it says. Where that is about a person the text is stars as well. */
export function barcodeLine(code: ScannedText, { reveal, thisYear }: DecodeInput): object {
  const { symbology, modifier = null } = code;
  const content = barcodeContent(code);
  const isMasked = !reveal && isPersonal(content, code.text);
  return {
    kind: 'barcode',
    text: isMasked ? stars(code.text) : code.text,
    symbology,
    modifier,
    symbologyName: symbology === null ? null : symbologyName(symbology),
    ...(content.kind === 'gs1' ? { ai: valuesByAi(content.elements, isMasked) } : {}),
    content: contentLine(content, isMasked, thisYear),
  };
}

function lineOptions({ prefix = '', suffix = '', terminator, pause = 'drops' }: DecodeSettings): LineParserOptions {
  if (pause !== 'drops' && pause !== 'ends') throw new Error('--pause wants drops or ends');
  const common = { shortest: 1, prefix, suffix, modifier: true, pause: `pause-${pause}` } as const;
  return terminator === undefined ? common : { ...common, terminators: new Set(fromHex(terminator)) };
}

/** `line`: a serial barcode scanner. */
export const decodeLine: Protocol = (input, out) =>
  feed(createLineParser(lineOptions(input.settings)), input.chunks, (result) => {
    out(result.kind === 'error' ? result : barcodeLine(result, input));
  });

/** `content`: one code alone, an AIM identifier in front where there is one. */
export const decodeContent: Protocol = (input, out) => {
  const bytes = wholeOf(input.chunks);
  const text = decodeBarcodeText(bytes);
  out(text === null ? { kind: 'error', code: 'not-text' } : barcodeLine(splitAim(text), input));
  return text === null ? bytes.length : 0;
};
