import { trimControls } from './line.ts';

/** Control characters, U+FFFD and, as GBK has its user-defined rows there, the private use area. */
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const NOT_TEXT = /[\u0000-\u001c\u001e\u001f\u007f-\u009f\ue000-\uf8ff\ufffd]/;

function decodeAs(encoding: 'utf-8' | 'gbk', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The text of one whole code: UTF-8, or GBK where the bytes are no UTF-8 (scanners send a Chinese QR code in either).
 * Control characters around it are left off, the group separator (GS, 1D) of GS1 is kept. Null where the bytes are no
 * text. Some GBK pairs are right UTF-8 as well and are read as UTF-8: only check characters can tell.
 */
export function decodeBarcodeText(bytes: Uint8Array): string | null {
  const decoded = decodeAs('utf-8', bytes) ?? decodeAs('gbk', bytes);
  if (decoded === null) return null;
  const text = trimControls(decoded);
  return NOT_TEXT.test(text) ? null : text;
}
