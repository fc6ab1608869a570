import { err, ok, type Result } from '#shared/result.ts';
import { faultIn, longestOf, type Gs1Fault } from './gs1-format.ts';
import { endsByLength, gs1Format, identifierAt } from './gs1-identifiers.ts';

/** One element string: an application identifier and its value, as they are in the code. */
export interface Gs1Element {
  /** Two to four digits. */
  readonly ai: string;
  readonly value: string;
}

/**
 * Why a text is no element strings. `unknown-ai`: no identifier begins here, and where the next would begin can't be known.
 * `repeated`: an identifier comes again with another value. `empty`: there is none at all.
 */
export interface Gs1Error {
  readonly code: 'empty' | 'unknown-ai' | 'repeated' | Gs1Fault;
  /** Whose value is wrong, or null where there is none. */
  readonly ai: string | null;
  /** Where in the text the identifier that is wrong should begin, in UTF-16 units. */
  readonly at: number;
}

/** How a scanner sends FNC1 between elements (GS1 General Specifications 7.8). */
export const GS = '\u001d';

/** What is wrong with the value of an identifier, or null where it is right. */
export function faultOf({ ai, value }: Gs1Element): Gs1Fault | 'unknown-ai' | null {
  const format = gs1Format(ai);
  return format === null ? 'unknown-ai' : faultIn(format, value);
}

/** Elements in order, each identifier once. */
export function createElements() {
  const values = new Map<string, string>();
  return {
    /** Takes an element whose value is right; what is said again word for word is no error. */
    take(element: Gs1Element): Gs1Error['code'] | null {
      const fault = faultOf(element);
      if (fault !== null) return fault;
      const before = values.get(element.ai);
      values.set(element.ai, element.value);
      return before === undefined || before === element.value ? null : 'repeated';
    },
    all: (): Gs1Element[] => [...values].map(([ai, value]) => ({ ai, value })),
  };
}

/** Where the value that begins at this place ends: by its length, or at the next separator. */
function endOf(ai: string, text: string, from: number): number {
  const format = endsByLength(ai) ? gs1Format(ai) : null;
  // Looked for in the value alone: many short values without a separator would each look through the whole rest.
  const most = format === null ? text.slice(from) : text.slice(from, from + longestOf(format));
  const separator = most.indexOf(GS);
  return from + (separator < 0 ? most.length : separator);
}

/**
 * What a GS1-128, GS1 DataMatrix, GS1 QR or GS1 DataBar symbol says, its AIM identifier left off -> elements in the order of
 * the symbol, each identifier once. Never throws. (Device notes 2.5; GS1 General Specifications 3 and 7.8.)
 *
 * Tolerated though not needed: a separator in front of all, one at the end, and one behind a value that ends by its length.
 * Not looked at: which identifiers must, or must not, stand together (4.13 and 4.14 there).
 */
export function parseElementString(text: string): Result<Gs1Element[], Gs1Error> {
  const elements = createElements();
  let at = text.startsWith(GS) ? 1 : 0;
  if (at === text.length) return err({ code: 'empty', ai: null, at });
  while (at < text.length) {
    const ai = identifierAt(text, at);
    if (ai === null) return err({ code: 'unknown-ai', ai, at });
    const end = endOf(ai, text, at + ai.length);
    const fault = elements.take({ ai, value: text.slice(at + ai.length, end) });
    if (fault !== null) return err({ code: fault, ai, at });
    at = text.startsWith(GS, end) ? end + 1 : end;
  }
  return ok(elements.all());
}

/** Elements as a scanner sends them, without AIM identifier: a separator only where one is needed. */
export function encodeElementString(elements: readonly Gs1Element[]): string {
  return elements
    .map(({ ai, value }, index) => `${ai}${value}${endsByLength(ai) || index === elements.length - 1 ? '' : GS}`)
    .join('');
}
