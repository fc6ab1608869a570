import { splitAim } from '#hardware/protocol/aim.ts';
import { createBootReportParser } from '#hardware/protocol/keyboard-boot-report.ts';
import { createWedge, type WedgeKey } from '#shared/keyboard/wedge.ts';
import { barcodeLine } from './barcode.ts';
import { feed, type Protocol, wholeOf } from './protocol.ts';

/** Slower than most scanners (device notes 2.4), faster than any person. */
const SCAN_KEY_MS = 10;

/** `keyboard`: boot reports, a line a key. */
export const decodeKeyboard: Protocol = ({ chunks, reveal }, out) =>
  feed(createBootReportParser(), chunks, (result) => {
    // A key at a time nobody knows whether it is a label's or a person's.
    const isMasked = !reveal && result.kind === 'key' && result.key.length === 1;
    out(isMasked ? { kind: 'key', key: '*' } : result);
  });

function keyOf(word: string): WedgeKey {
  const [, name = '', at = ''] = /^(.+)@(\d+(?:\.\d+)?)$/u.exec(word) ?? [];
  if (name === '') throw new Error(`--keys wants KEY@MILLISECONDS, not ${word}`);
  return { key: name === 'Space' ? ' ' : name, at: Number(at) };
}

/** Characters as a scanner types them: one each 10 ms, CR and TAB as the keys that they are. */
function typedAsScan(chunks: readonly Uint8Array[]): WedgeKey[] {
  const named: Readonly<Record<string, string>> = { '\r': 'Enter', '\n': 'Enter', '\t': 'Tab' };
  return Array.from(new TextDecoder().decode(wholeOf(chunks)), (character, place) => ({
    key: named[character] ?? character,
    at: place * SCAN_KEY_MS,
  }));
}

/** `wedge`: keys with times, which are a scan or a person's; or the characters that a scanner types. */
export const decodeWedge: Protocol = (input, out) => {
  const {
    reveal,
    settings: { keys = '' },
  } = input;
  const wedge = createWedge();
  const typed = (given: readonly WedgeKey[]) => {
    // What a person types is no code of ours to show.
    if (given.length > 0) out({ kind: 'typed', keys: given.map(({ key }) => (reveal || key.length > 1 ? key : '*')) });
  };
  const words = keys.split(/\s+/).filter((word) => word !== '');
  for (const key of [...words.map((word) => keyOf(word)), ...typedAsScan(input.chunks)]) {
    const { givenBack, verdict, result } = wedge.press(key);
    typed(verdict === 'pass' ? [...givenBack, key] : givenBack);
    if (result?.kind === 'scan') out(barcodeLine(splitAim(result.text), input));
    else if (result !== null) out(result);
  }
  typed(wedge.release());
  return wedge.dropped();
};
