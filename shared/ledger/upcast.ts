import { bodySchema, type BodyOf, eventBodies, type EventType } from './event-types.ts';
import type { LedgerEvent } from './event.ts';

type Upcast = (body: Record<string, unknown>) => Record<string, unknown>;

/** Type -> version -> how a body of that version reads in the next one. What is not named here has one version. */
const UPCASTS: Partial<Readonly<Record<EventType, Readonly<Record<number, Upcast>>>>> = {
  'item.returned': {
    1: (body) => ({ ...body, undone: body['undone'] ?? false, missing: [], answers: [] }),
  },
};

/** An event's type with the body that belongs to it. */
export type ReadBody = { readonly [T in EventType]: { readonly type: T; readonly body: BodyOf<T> } }[EventType];

/**
 * An event's body in the latest version, whatever version it was written in. `unknown`: this version of the program
 * does not know the type or its version; `unreadable`: it does, and the body is not what it says.
 */
export function readBody(event: Pick<LedgerEvent, 'type' | 'v' | 'body'>): ReadBody | 'unknown' | 'unreadable' {
  const parsed = bodySchema(event.type, event.v)?.safeParse(event.body);
  if (parsed === undefined) return 'unknown';
  if (!parsed.success) return 'unreadable';
  const type = event.type as EventType;
  let body = parsed.data;
  for (let v = event.v; Object.hasOwn(eventBodies[type], v + 1); v += 1) {
    const upcast = UPCASTS[type]?.[v];
    if (upcast === undefined) throw new Error(`no upcast of ${type} from version ${v}`);
    body = upcast(body);
  }
  // The schema of this very type has read it, and the upcasts are tested to give what the next version's schema reads.
  return { type, body } as ReadBody;
}
