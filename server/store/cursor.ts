/** Before the first event. */
export const CURSOR_START = '';

/** A place in the log, with the end of the id that stands there: no other log has the same. */
export function cursorOf(seq: number, id: string): string {
  return `${seq}.${id.slice(-12)}`;
}

/** The seq in a cursor; 0 at the start. */
export function seqOf(cursor: string): number {
  return Number(cursor.split('.')[0]);
}
