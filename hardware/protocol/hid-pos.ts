import { decodeBarcodeText } from './barcode-text.ts';
import type { HidPosLayout } from './hid-pos-layout.ts';

/**
 * Scanners in HID POS mode send a code in one or more reports of fixed length (device notes 2.3). `half-message`: the
 * reports that should follow did not. `symbology` is the AIM code letter (ISO/IEC 15424), `modifier` the character behind
 * it, null where none is sent.
 */
export type HidPosResult =
  | {
      readonly kind: 'barcode';
      readonly text: string;
      readonly symbology: string | null;
      readonly modifier: string | null;
    }
  | { readonly kind: 'error'; readonly code: 'not-text' | 'empty' | 'too-long' | 'half-message' };

/** Longer than the longest QR code (2953 bytes, ISO/IEC 18004). */
const LONGEST_BYTES = 4096;
const AIM_BYTES = 3;
const NO_AIM = '\0\0\0';

function isAimByte(byte: number): boolean {
  return byte === 0 || (byte >= 0x20 && byte < 0x7f);
}

/** The parts of an AIM identifier such as `]E0`. */
function partsOf(aim: string) {
  const [, symbology = null, modifier = null] = /^\]([A-Za-z])([0-9A-Za-z])?/.exec(aim) ?? [];
  return { symbology, modifier };
}

/** Whether these bytes, of a report at most, can be the beginning of one. The flag's byte may have other bits. */
function canBegin(bytes: readonly number[], { reportId, lengthAt, dataBytes, aimAt }: HidPosLayout): boolean {
  if (bytes.length > 0 && reportId !== null && bytes[0] !== reportId) return false;
  if ((bytes[lengthAt] ?? 0) > dataBytes) return false;
  return aimAt === null || bytes.slice(aimAt, aimAt + AIM_BYTES).every((byte) => isAimByte(byte));
}

/**
 * Reports in any chunks -> codes. Never throws; what is no code is an error and counted as dropped. Bytes that can't
 * begin a report of this layout are dropped one by one until some can. Reports have no numbers: one that is lost between
 * two others of one code is not missed.
 */
export function createHidPosParser(layout: HidPosLayout) {
  let report: number[] = [];
  let content: number[] = [];
  let aim = NO_AIM;
  /** Bytes of the reports of this message so far; 0 is no message. */
  let messageBytes = 0;
  let isTooLong = false;
  let dropped = 0;

  function reset(): void {
    [content, aim, messageBytes, isTooLong] = [[], NO_AIM, 0, false];
  }

  function fail(code: 'not-text' | 'empty' | 'too-long' | 'half-message'): HidPosResult {
    dropped += messageBytes;
    reset();
    return { kind: 'error', code };
  }

  function finish(): HidPosResult {
    if (isTooLong) return fail('too-long');
    // Once and here: a character may have its first byte in one report and its second in the next.
    const text = decodeBarcodeText(Uint8Array.from(content));
    if (text === null) return fail('not-text');
    if (text.trim() === '') return fail('empty');
    const parts = partsOf(aim);
    reset();
    return { kind: 'barcode', text, ...parts };
  }

  function take(bytes: readonly number[]): HidPosResult[] {
    const { aimAt, dataAt, lengthAt, more } = layout;
    const results: HidPosResult[] = [];
    const aimHere = aimAt === null ? NO_AIM : String.fromCodePoint(...bytes.slice(aimAt, aimAt + AIM_BYTES));
    // Another identifier is another code: the end of the one before was lost.
    if (aim !== NO_AIM && aimHere !== NO_AIM && aimHere !== aim) results.push(fail('half-message'));
    if (aim === NO_AIM) aim = aimHere;
    messageBytes += bytes.length;
    if (!isTooLong) content.push(...bytes.slice(dataAt, dataAt + (bytes[lengthAt] ?? 0)));
    if (content.length > LONGEST_BYTES) [isTooLong, content] = [true, []];
    const goesOn = more !== null && ((bytes[more.at] ?? 0) & more.mask) !== 0;
    if (!goesOn) results.push(finish());
    return results;
  }

  return {
    push(chunk: Uint8Array): HidPosResult[] {
      const results: HidPosResult[] = [];
      for (const byte of chunk) {
        report.push(byte);
        while (!canBegin(report, layout)) {
          report.shift();
          dropped += 1;
        }
        if (report.length === layout.reportBytes) {
          results.push(...take(report));
          report = [];
        }
      }
      return results;
    },

    /** Nothing has come for a while: half a report, or a code without its last report, will not become a whole one. */
    pause(): HidPosResult[] {
      if (report.length === 0 && messageBytes === 0) return [];
      messageBytes += report.length;
      report = [];
      return [fail('half-message')];
    },

    /** Whether a report or a code has begun and not ended. */
    isInside: (): boolean => report.length > 0 || messageBytes > 0,

    /** Bytes that were part of no code, so far. */
    dropped: (): number => dropped,
  };
}

/** The reports of a code as a scanner sends them. `aim` is the AIM identifier, three characters as `]E0`. */
export function encodeHidPos(content: Uint8Array, layout: HidPosLayout, aim: string = NO_AIM): Uint8Array[] {
  const { aimAt, dataAt, dataBytes, lengthAt, more, reportBytes, reportId } = layout;
  const count = Math.max(1, Math.ceil(content.length / dataBytes));
  return Array.from({ length: count }, (_, index) => {
    const report = new Uint8Array(reportBytes);
    const part = content.subarray(index * dataBytes, (index + 1) * dataBytes);
    if (reportId !== null) report[0] = reportId;
    report[lengthAt] = part.length;
    if (aimAt !== null) report.set(new TextEncoder().encode(aim).subarray(0, AIM_BYTES), aimAt);
    report.set(part, dataAt);
    if (more !== null && index < count - 1) report[more.at] = more.mask;
    return report;
  });
}
