import { closeSync, openSync, readSync } from 'node:fs';
import { canonicalJson } from '#shared/ledger/chain.ts';
import { eventSchema, type LedgerEvent } from '#shared/ledger/event.ts';

/** How an event's canonical JSON begins: its fields are in the order of the alphabet. */
const BEGINNING = Buffer.from('{"actor":{');
const READ_BYTES = 4 * 1024 * 1024;
/** No event is longer in one piece: what does not fit a page of SQLite's is scattered. */
const LONGEST_BYTES = 64 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Where the JSON object that begins at `start` ends, or -1. */
function endOf(bytes: Buffer, start: number): number {
  const limit = Math.min(bytes.length, start + LONGEST_BYTES);
  let depth = 0;
  let inText = false;
  for (let at = start; at < limit; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return -1;
}

/** The event in a text, or null where it is none, or not as it was written. */
export function readStoredEvent(json: string): LedgerEvent | null {
  try {
    const parsed = eventSchema.safeParse(JSON.parse(json));
    return parsed.success && canonicalJson(parsed.data) === json ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * Every event whose text lies in one piece in a file, whatever state the file is in: a database without its header, half
 * a database, a write-ahead log with a hole. Some come more than once, and some were removed long ago: whoever asks must
 * prove them by their chain.
 */
export function* scanEvents(path: string, wanted: (json: string) => boolean): Generator<LedgerEvent> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(READ_BYTES + LONGEST_BYTES);
    for (let offset = 0; ; offset += READ_BYTES) {
      const bytes = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, offset));
      for (let at = bytes.indexOf(BEGINNING); at !== -1 && at < READ_BYTES; at = bytes.indexOf(BEGINNING, at + 1)) {
        const end = endOf(bytes, at);
        if (end === -1) continue;
        const json = bytes.toString('utf8', at, end);
        if (!wanted(json)) continue;
        const event = readStoredEvent(json);
        if (event !== null) yield event;
      }
      if (bytes.length < buffer.length) return;
    }
  } finally {
    closeSync(file);
  }
}
