import { parseItemLabel } from '#shared/lending/item-code.ts';

/** How a scanner is set, as far as its bytes show it. */
export interface ScannerTraits {
  /** What it sends behind a code; `none`: only the pause says that it is over. */
  readonly terminator: 'none' | 'CR' | 'LF' | 'CR LF' | 'TAB' | 'ETX' | 'several';
  readonly startsWithStx: boolean;
  /** Whether it says which kind of code it was (device notes 2.2). */
  readonly sendsAim: boolean;
  /** What it puts around a code; null where it can't be told, as only our own label is known without its scanner. */
  readonly around: { readonly prefix: string; readonly suffix: string } | null;
}

const STX = 0x02;
const TERMINATORS: Readonly<Record<string, ScannerTraits['terminator']>> = {
  '': 'none',
  '13': 'CR',
  '10': 'LF',
  '13 10': 'CR LF',
  '9': 'TAB',
  '3': 'ETX',
};
const ENDS: ReadonlySet<number> = new Set([0x0d, 0x0a, 0x09, 0x03]);

/** Texts up to the first terminator, with what may stand in front of our label: not a web address, whose end it may be. */
const OUR_LABEL = /^([^/]*?)(?:\][A-Za-z][0-9A-Za-z])?(HF-?\d{6}-?\d{2})(.*)$/i;
const AIM = /\][A-Za-z][0-9A-Za-z]/;

/** Of the first code in a burst that is known to be one of a scanner. */
export function scannerTraits(bytes: Uint8Array): ScannerTraits {
  const startsWithStx = bytes[0] === STX;
  const code = startsWithStx ? bytes.subarray(1) : bytes;
  const firstEnd = code.findIndex((byte) => ENDS.has(byte));
  const text = new TextDecoder().decode(firstEnd < 0 ? code : code.subarray(0, firstEnd));
  const ends: number[] = [];
  if (firstEnd >= 0) {
    for (const byte of code.subarray(firstEnd)) {
      if (!ENDS.has(byte)) break;
      ends.push(byte);
    }
  }
  const [, prefix = '', label, suffix = ''] = OUR_LABEL.exec(text) ?? [];
  const isOurs = label !== undefined && parseItemLabel(label) !== null;
  return {
    terminator: TERMINATORS[ends.join(' ')] ?? 'several',
    startsWithStx,
    sendsAim: isOurs ? AIM.test(text.slice(prefix.length, text.length - suffix.length)) : text.search(AIM) === 0,
    around: isOurs ? { prefix, suffix } : null,
  };
}
