import type { LendingQueries } from '#electron/store/lending-queries.ts';
import type { KioskView, Sheet } from '#shared/contract/kiosk.ts';
import { effectiveDue } from '#shared/lending/due.ts';
import type { Session } from './lending/session.ts';

export interface ViewParts {
  readonly seq: number;
  readonly terminal: string;
  readonly station: string;
  readonly zone: string;
  readonly repair: KioskView['repair'];
  readonly session: Session;
  readonly queries: LendingQueries;
  readonly devices: KioskView['devices'];
  readonly sync: KioskView['sync'];
  /** Milliseconds since 1970, corrected. */
  readonly now: number;
  /** Monotonic milliseconds. */
  readonly monotonic: number;
}

function sheetOf({ session, queries, zone, now, monotonic }: ViewParts): Sheet {
  if (session.phase === 'idle') return { kind: 'idle' };
  const shown = {
    lines: [...session.lines],
    notice: session.notice,
    endsInMs: Math.max(0, Math.round(session.endsAt - monotonic)),
  };
  if (session.phase === 'receipt') return { kind: 'receipt', borrowerName: session.holder?.name ?? null, ...shown };
  if (session.phase !== 'borrow') return { kind: session.phase, ...shown };
  if (session.holder === null) throw new Error('a borrow sheet without a card holder');
  const holding = queries.heldBy(session.holder.id).flatMap(({ key, state }) => {
    const type = state.type === null ? null : queries.type(state.type);
    if (state.loan === null || type === null) return [];
    const due = effectiveDue(state.loan.due, queries.calendar(state.loan.station, zone));
    return [{ item: key, icon: type.icon, name: type.name, note: state.note, due, overdue: Date.parse(due) < now }];
  });
  return { kind: 'borrow', borrower: { name: session.holder.name, holding }, ...shown };
}

/** Everything the page shows, derived anew from the session and the projection: there is no second copy of it. */
export function kioskView(parts: ViewParts): KioskView {
  const { queries, station } = parts;
  const known = queries.station(station);
  const counts = queries.stock(station);
  return {
    seq: parts.seq,
    terminal: parts.terminal,
    station: { code: station, name: known?.name ?? null, phone: known?.phone ?? null },
    zone: parts.zone,
    fault: null,
    repair: parts.repair,
    sheet: sheetOf(parts),
    stock: queries
      .types()
      .sort((a, b) => a.definition.rank - b.definition.rank)
      .map(({ key, definition }) => ({
        type: key,
        icon: definition.icon,
        name: definition.name,
        available: counts.get(key) ?? 0,
      })),
    devices: { ...parts.devices },
    sync: parts.sync,
  };
}

/** The view of a terminal that can't or mustn't work: it says so and lends nothing. */
export function faultView(
  terminal: string,
  station: string,
  zone: string,
  fault: NonNullable<KioskView['fault']>,
): KioskView {
  return {
    seq: 1,
    terminal,
    station: { code: station, name: null, phone: null },
    zone,
    fault,
    repair: null,
    sheet: { kind: 'idle' },
    stock: [],
    devices: { scanner: 'no-device', cardReader: 'no-device', icCardReader: null },
    sync: { state: 'never', unsent: 0, lastMs: null },
  };
}
