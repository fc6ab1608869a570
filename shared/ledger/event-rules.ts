import { writersOf } from './event-types.ts';
import { stationCodeSchema, type LedgerEvent, type Scope, subjectKey, subjectKind } from './event.ts';

/** The one scope of each kind of subject that this version folds: replicas that see a subject see all of it. */
const SCOPES: Readonly<Record<string, Scope>> = {
  item: 'community',
  type: 'community',
  station: 'community',
  supply: 'station',
  person: 'server',
  calendar: 'community',
  reservations: 'community',
  stocktake: 'community',
  borrower: 'community',
};

/** The scope of a kind of subject; null for kinds that this version does not fold: there each event says its own. */
export function scopeOfKind(kind: string): Scope | null {
  return Object.hasOwn(SCOPES, kind) ? (SCOPES[kind] ?? null) : null;
}

/** What is wrong with an event of a terminal that is well-formed and at its place in the chain; null where nothing is. */
export function eventRuleFault(event: LedgerEvent): 'not-allowed' | 'wrong-scope' | null {
  const scope = scopeOfKind(subjectKind(event.subject));
  if (scope !== null && scope !== event.scope) return 'wrong-scope';
  return writersOf(event.type) === 'server' ? 'not-allowed' : null;
}

/** The station that a subject belongs to: `LD` of `supply:LD/cup`; null where its key names none. */
export function stationOfSubject(subject: string): string | null {
  const station = stationCodeSchema.safeParse(subjectKey(subject).split('/')[0]);
  return station.success ? station.data : null;
}

/**
 * Who may pull an event: `*` every terminal, a station's code its terminals, `-` nobody. It goes by the subject, so that
 * a correction made elsewhere reaches the station it is about.
 */
export function audienceOf(event: Pick<LedgerEvent, 'scope' | 'subject' | 'station'>): string {
  if (event.scope === 'community') return '*';
  if (event.scope === 'server') return '-';
  return stationOfSubject(event.subject) ?? event.station ?? '-';
}
