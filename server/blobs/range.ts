/** Bytes from `first` to `last`, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** One range of RFC 9110, section 14.1.2: `bytes=0-99`, `bytes=100-` or `bytes=-50`. */
const ONE_RANGE = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/i;

/**
 * What of a blob of `length` bytes a Range field asks for. Null: all of it, for there is no such field, or it is of a kind
 * that we may ignore (section 14.2: other units, several ranges, nonsense).
 */
export function readRange(field: string | undefined, length: number): ByteRange | 'wrong-range' | null {
  const [, from, to, suffix] = ONE_RANGE.exec(field?.trim() ?? '') ?? [];
  if (suffix !== undefined) {
    const bytes = Math.min(Number(suffix), length);
    return bytes === 0 ? 'wrong-range' : { first: length - bytes, last: length - 1 };
  }
  if (from === undefined) return null;
  const first = Number(from);
  const last = to === undefined || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  // "10-5" is no range at all, and is ignored; "10-" of five bytes can't be satisfied.
  if (to !== undefined && to !== '' && Number(to) < first) return null;
  return first >= length ? 'wrong-range' : { first, last };
}
