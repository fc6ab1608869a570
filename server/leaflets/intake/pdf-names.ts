import { inflateSync, constants } from 'node:zlib';

/**
 * Names (ISO 32000-2, 7.3.5) of what does something: scripts, programs that are started, forms that are sent, files within
 * the file. Long enough not to come about by chance in compressed bytes.
 */
const ACTIVE_NAMES: ReadonlySet<string> = new Set([
  'JavaScript',
  'Launch',
  'SubmitForm',
  'ImportData',
  'EmbeddedFile',
  'EmbeddedFiles',
  'GoToE',
  'RichMedia',
]);
/** A name ends with white space or a delimiter (7.2.3); a character may be written as its number (7.3.5). */
const NAME = /\/((?:[A-Za-z]|#[0-9A-Fa-f]{2}){5,40})(?![A-Za-z#])/g;
const STREAM = /stream(?:\r\n|\n|\r)/g;
/** What an object stream begins with (7.5.7), maybe behind comments: pairs of numbers. */
const OBJECT_STREAM = /^(?:\s|%[^\r\n]*[\r\n])*\d{1,10}\s+\d{1,10}\s/;
/** Bytes of a stream by which it is known, and what they can come to: deflate makes at most 1,032 of one. */
const HEAD = 256;
const MOST_OF_HEAD = HEAD * 1032;

/** Bytes that object streams may come to in all: files of a few hundred pages stay far below. */
const MOST_INFLATED = 134_217_728;

function namesIn(text: string, found: Set<string>): void {
  for (const [, written = ''] of text.matchAll(NAME)) {
    const name = written.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (ACTIVE_NAMES.has(name)) found.add(name);
  }
}

/** The bytes of a stream as far as they come out; null where they are not deflated. */
function inflated(bytes: Uint8Array, most: number): Buffer | null {
  try {
    return inflateSync(bytes, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    // More than may be is no reason to let it pass.
    if (error instanceof RangeError) throw error;
    return null;
  }
}

/**
 * The active names in a PDF: in its plain parts and in the object streams in which newer ones keep their objects. It sees
 * more than a reader that follows the references, and never less than what a usual writer makes; what hides behind other
 * filters is looked for by pdf.js (pdf-worker.ts). Throws a RangeError where the streams swell beyond all measure.
 */
export function activeNames(bytes: Buffer): string[] {
  const found = new Set<string>();
  const text = bytes.toString('latin1');
  namesIn(text, found);
  let left = MOST_INFLATED;
  for (const match of text.matchAll(STREAM)) {
    const from = match.index + match[0].length;
    // The first byte of deflated data (RFC 1950): method 8.
    if (((bytes[from] ?? 0) & 0x0f) !== 8) continue;
    const head = inflated(bytes.subarray(from, from + HEAD), MOST_OF_HEAD);
    if (head === null || !OBJECT_STREAM.test(head.toString('latin1'))) continue;
    const end = text.indexOf('endstream', from);
    const objects = inflated(bytes.subarray(from, end === -1 ? bytes.length : end), left);
    left -= objects?.length ?? 0;
    if (objects !== null) namesIn(objects.toString('latin1'), found);
  }
  return [...found].sort();
}
