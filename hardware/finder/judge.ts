import type { LineFault, LineParser } from '../protocol/line-protocol.ts';
import { createLineParser } from '../protocol/line.ts';

/** Bytes that came without a pause between them. `isCut`: there were more, and they were not kept. */
export interface Burst {
  readonly bytes: Uint8Array;
  readonly isCut: boolean;
}

/** What is used of a line protocol: those of LINE_PROTOCOLS are some. */
export interface Candidate {
  readonly createParser: () => LineParser<{ readonly kind: string } | LineFault>;
}

/** What a person says is shown; null where nobody has said. */
export type Shown = 'label' | 'card' | null;

/**
 * Who talks. `checked`: the frames have a checksum, and it was right. `several`: more than one protocol says the same
 * bytes, none of them with a checksum; another scan may tell. `unreadable`: another speed, or noise.
 */
export type Judgement =
  | { readonly kind: 'ic-card'; readonly protocol: string; readonly isChecked: boolean }
  | { readonly kind: 'barcode' }
  | { readonly kind: 'several'; readonly protocols: readonly string[] }
  | { readonly kind: 'unreadable' };

/** The protocol that can say nearly anything: it is believed last. */
const ANY_TEXT = 'barcode';
/** Of a code without a terminator: what is shorter may be chance at a wrong speed. */
const SHORTEST_WITHOUT_END = 4;
/** A frame is much shorter. Bounds what is tried byte by byte. */
const TRIED_BYTES = 64;

/** Whether this parser reads all of it, and finds nothing wrong. */
function isAllRead({ createParser }: Candidate, { bytes, isCut }: Burst): boolean {
  const parser = createParser();
  const results = [...parser.push(bytes), ...(isCut ? [] : parser.pause())];
  const readings = results.filter(({ kind }) => kind !== 'error').length;
  return readings > 0 && readings === results.length && parser.dropped() === 0;
}

/** A code of a scanner that is set to send no terminator. */
const WITHOUT_END: Candidate = {
  createParser: () => createLineParser({ pause: 'pause-ends', shortest: SHORTEST_WITHOUT_END }),
};

function fits(name: string, candidate: Candidate, burst: Burst): boolean {
  if (isAllRead(candidate, burst)) return true;
  return name === ANY_TEXT && !burst.isCut && isAllRead(WITHOUT_END, burst);
}

/** All readings in these bytes, to compare them; null where there is none. */
function whatIsRead({ createParser }: Candidate, bytes: Uint8Array): string | null {
  const readings = createParser()
    .push(bytes)
    .filter(({ kind }) => kind !== 'error');
  return readings.length === 0 ? null : JSON.stringify(readings);
}

/** The shortest bytes in this burst that are one reading; null where there is none near its beginning. */
function firstFrame(candidate: Candidate, { bytes }: Burst): Uint8Array | null {
  const isReading = (part: Uint8Array) => whatIsRead(candidate, part) !== null;
  const tried = bytes.subarray(0, TRIED_BYTES);
  const last = tried.findIndex((_, place) => isReading(tried.subarray(0, place + 1)));
  if (last < 0) return null;
  let from = last;
  while (from > 0 && !isReading(tried.subarray(from, last + 1))) from -= 1;
  return tried.subarray(from, last + 1);
}

/**
 * Whether no bit turned on the way would have made another card of it: then there is a checksum, and its being right is no
 * chance. Asked of the parser itself, so that a new protocol needs not say it. The low three bits: they make a digit of a
 * digit. (A terminator may become another one; that is the same card.) What stands around the frame does not matter: a
 * line that is opened while a card is held there begins in the middle of one.
 */
function hasRightCheck(candidate: Candidate, burst: Burst): boolean {
  const frame = firstFrame(candidate, burst);
  if (frame === null) return false;
  const whole = whatIsRead(candidate, frame);
  return frame.every((_, place) =>
    [1, 2, 4].every((bit) => {
      const damaged = frame.map((byte, at) => (at === place ? byte ^ bit : byte));
      const read = whatIsRead(candidate, damaged);
      return read === null || read === whole;
    }),
  );
}

/** Which of these protocols has sent these bursts, all of them. */
export function judge(
  bursts: readonly Burst[],
  protocols: Readonly<Record<string, Candidate>>,
  shown: Shown = null,
): Judgement {
  if (bursts.length === 0) return { kind: 'unreadable' };
  const all = Object.entries(protocols);
  const cards = all.filter(([name]) => name !== ANY_TEXT);
  const checked = cards.filter(([, candidate]) => bursts.every((burst) => hasRightCheck(candidate, burst)));
  const [only, another] = checked;
  if (only !== undefined && another === undefined) return { kind: 'ic-card', protocol: only[0], isChecked: true };
  const fitting = all.filter(([name, candidate]) => bursts.every((burst) => fits(name, candidate, burst)));
  if (fitting.length === 0) return { kind: 'unreadable' };
  const likely = fitting.filter(([name]) => shown === null || (name === ANY_TEXT) === (shown === 'label'));
  const names = (likely.length > 0 ? likely : fitting).map(([name]) => name);
  const [name] = names;
  if (name === undefined || names.length > 1) return { kind: 'several', protocols: names };
  return name === ANY_TEXT ? { kind: 'barcode' } : { kind: 'ic-card', protocol: name, isChecked: false };
}
