/** Bytes from `first` to `last`, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** One range of RFC 9110, section 14.1.2: `bytes=0-99`, `bytes=100-` or `bytes=-50`; media players send the second. */
const ONE_RANGE = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/;

/** What of a file of `length` bytes is asked for. Null: all of it, where there is no such field or one that may be ignored (14.2). */
export function byteRange(field: string | null, length: number): ByteRange | 'wrong-range' | null {
  const found = ONE_RANGE.exec(field ?? '');
  if (found === null) return null;
  const [, from, to, suffix] = found;
  if (suffix !== undefined) {
    const bytes = Math.min(Number(suffix), length);
    return bytes === 0 ? 'wrong-range' : { first: length - bytes, last: length - 1 };
  }
  const first = Number(from);
  const last = to === undefined || to === '' ? length - 1 : Math.min(Number(to), length - 1);
  if (to !== undefined && to !== '' && Number(to) < first) return null;
  return first >= length ? 'wrong-range' : { first, last };
}
