/**
 * Who writes a chain of events. A device writes under its own name, `LD-1`; after its log was found to have forked (a
 * disk put back from an older copy, a clone) it goes on under a new one, `LD-1-r3fa2c1`. The same holds for the server.
 */
const RENEWED = /-r[0-9a-f]{6}$/;

/** The device behind a writer: `LD-1` of `LD-1-r3fa2c1`. */
export function deviceOf(writer: string): string {
  return writer.replace(RENEWED, '');
}

/** A new writer's name for the same device; `id` is a fresh UUID, of which the last, random digits are used. */
export function renewWriter(writer: string, id: string): string {
  return `${deviceOf(writer)}-r${id.slice(-6)}`;
}
