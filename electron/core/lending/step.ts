import type { Notice, SheetAction } from '#shared/contract/kiosk.ts';
import type { EventDraft } from '#shared/ledger/event.ts';
import type { ItemState } from '#shared/ledger/item-state.ts';
import { isOverdue } from '#shared/lending/due.ts';
import { parseItemLabel } from '#shared/lending/item-code.ts';
import type { ItemType } from '#shared/lending/item-type.ts';
import { judgeLending } from '#shared/lending/judge-lending.ts';
import { reservedAt } from '#shared/lending/reserved.ts';
import { parseIdNumber } from '#shared/people/id-number.ts';
import { unreachable } from '#shared/result.ts';
import { draftCollected, draftLent, draftReceived, draftReturned } from './drafts.ts';
import { refusedOutcome } from './refused-outcome.ts';
import type {
  CardHolder,
  OpenSession,
  Session,
  SessionFacts,
  SessionInput,
  SessionLine,
  SessionStep,
} from './session.ts';
import { addLine, beginSheet, idleSheet, notify, only, openSheet, sayUnknown } from './sheet.ts';

function lineOf(key: string, item: ItemState, type: ItemType): Omit<SessionLine, 'id' | 'outcome'> {
  return { item: key, type: item.type ?? '', icon: type.icon, name: type.name, note: item.note };
}

/**
 * Lends one item to the holder, or says why not. `before` are lendings of the same type in the same step, which are not
 * in the ledger yet. A type that only staff lend is refused here: nobody but the borrower is at the kiosk.
 */
function lendOne(
  holder: CardHolder,
  key: string,
  item: ItemState,
  type: ItemType,
  before: number,
  facts: SessionFacts,
): { readonly outcome: SessionLine['outcome']; readonly drafts: readonly EventDraft[] } {
  const typeKey = item.type ?? '';
  const calendar = facts.calendar(facts.station);
  const reservations = facts.reservations(typeKey);
  const { refusals, due } = judgeLending({
    item,
    type,
    calendar,
    nowMs: facts.now,
    online: facts.online,
    reservations,
    stock: facts.stock(typeKey) - before,
    borrower: holder.id,
    blocked: facts.blocked(holder.id),
    attended: false,
    holding: facts.holding(holder.id, typeKey) + before,
    overdue: facts.overdue(holder.id),
    answers: [],
  });
  const [refusal] = refusals;
  if (refusal !== undefined) return { outcome: refusedOutcome(refusal), drafts: [] };
  const collected = reservedAt(reservations, calendar.zone, facts.now)
    .filter(({ borrower }) => borrower === holder.id)
    .slice(before, before + 1)
    .map(({ id }) => draftCollected(typeKey, facts.station, holder, id));
  return { outcome: { kind: 'lent', due }, drafts: [draftLent(key, facts.station, holder, due), ...collected] };
}

function scan(session: Session, text: string, facts: SessionFacts): SessionStep {
  const key = parseItemLabel(text);
  // Some cards carry their number as a barcode; it must not stand on a screen in a gatehouse.
  if (key === null) return sayUnknown(session, 'unknown-code', parseIdNumber(text) === null ? text : '', facts);
  const item = facts.item(key);
  const typeKey = item?.type ?? null;
  const type = typeKey === null ? null : facts.type(typeKey);
  if (item === null || typeKey === null || type === null) return sayUnknown(session, 'unknown-item', key, facts);

  if (session.phase !== 'idle') {
    const line = session.lines.findLast((candidate) => candidate.item === key);
    const already = line === undefined ? null : repeatedScan(line);
    if (already !== null) return only(notify(openSheet(session, session.phase, facts), already, key));
  }
  switch (item.status) {
    case 'on-loan':
    case 'lost':
      return takeBack(session, key, item, type, facts);
    case 'damaged':
    case 'set-aside':
    case 'retired':
      return sayUnknown(session, 'not-for-loan', key, facts);
    case 'in-transfer':
    case 'in-stock': {
      const received = item.status === 'in-transfer' ? [draftReceived(key, facts.station)] : [];
      const here: ItemState = { ...item, status: 'in-stock', transfer: null, station: facts.station };
      const next =
        session.phase === 'borrow' && session.holder !== null
          ? lend(session, session.holder, key, here, type, facts)
          : waitForCard(session, key, here, type, facts);
      return { ...next, drafts: [...received, ...next.drafts] };
    }
    default:
      return unreachable(item.status);
  }
}

/** What to say of a second scan of an item that the sheet has dealt with; null where it may be dealt with anew. */
function repeatedScan(line: SessionLine): Notice['kind'] | null {
  switch (line.outcome.kind) {
    case 'waiting':
      return 'already-waiting';
    case 'lent':
      return 'already-lent';
    case 'returned':
      return 'already-returned';
    case 'taken-back':
    case 'refused':
      return null;
    default:
      return unreachable(line.outcome);
  }
}

function takeBack(session: Session, key: string, item: ItemState, type: ItemType, facts: SessionFacts): SessionStep {
  const late = item.loan !== null && isOverdue(item.loan.due, facts.calendar(item.loan.station), facts.now);
  const line = {
    ...lineOf(key, item, type),
    outcome: { kind: 'returned', name: item.loan?.name ?? '', late },
  } as const;
  const target =
    session.phase === 'card' || session.phase === 'borrow'
      ? openSheet(session, session.phase, facts)
      : session.phase === 'return'
        ? openSheet(session, 'return', facts)
        : beginSheet(session, 'return', facts);
  return {
    session: addLine(target, line),
    drafts: [draftReturned(key, facts.station, item.loan, null)],
  };
}

/** An item in stock, and nobody's card yet: it waits for one. Items taken back on the same sheet stay in view. */
function waitForCard(session: Session, key: string, item: ItemState, type: ItemType, facts: SessionFacts): SessionStep {
  const target =
    session.phase === 'card' || session.phase === 'return'
      ? openSheet(session, 'card', facts)
      : beginSheet(session, 'card', facts);
  return only(addLine(target, { ...lineOf(key, item, type), outcome: { kind: 'waiting' } }));
}

function lend(
  session: Session,
  holder: CardHolder,
  key: string,
  item: ItemState,
  type: ItemType,
  facts: SessionFacts,
): SessionStep {
  const { outcome, drafts } = lendOne(holder, key, item, type, 0, facts);
  return { session: addLine(openSheet(session, 'borrow', facts), { ...lineOf(key, item, type), outcome }), drafts };
}

function card(session: Session, holder: CardHolder, facts: SessionFacts): SessionStep {
  if (session.phase === 'borrow' && session.holder?.id === holder.id) return only(openSheet(session, 'borrow', facts));
  if (session.phase !== 'card') return only({ ...beginSheet(session, 'borrow', facts), holder });

  const drafts: EventDraft[] = [];
  const lentNow = new Map<string, number>();
  const lines = session.lines.map((line): SessionLine => {
    if (line.outcome.kind !== 'waiting') return line;
    const type = facts.type(line.type);
    const item = facts.item(line.item);
    // Either can vanish between scan and card only by a sync in between; then the item waits on.
    if (type === null || item === null) return line;
    const before = lentNow.get(line.type) ?? 0;
    // It has been in somebody's hands here since the scan, whatever others have said of it meanwhile.
    const here: ItemState = { ...item, status: 'in-stock', loan: null, transfer: null };
    const lent = lendOne(holder, line.item, here, type, before, facts);
    if (lent.outcome.kind === 'lent') lentNow.set(line.type, before + 1);
    drafts.push(...lent.drafts);
    return { ...line, outcome: lent.outcome };
  });
  return { session: { ...openSheet(session, 'borrow', facts), holder, lines, notice: null }, drafts };
}

function takeBackLine(session: OpenSession, lineId: string, facts: SessionFacts): SessionStep {
  const line = session.lines.find((candidate) => candidate.id === lineId);
  if (line === undefined) return only(session);
  if (line.outcome.kind === 'waiting') {
    const lines = session.lines.filter((candidate) => candidate.id !== lineId);
    return only(
      lines.length === 0 ? idleSheet(session) : { ...openSheet(session, session.phase, facts), lines, notice: null },
    );
  }
  const loan = facts.item(line.item)?.loan ?? null;
  if (line.outcome.kind !== 'lent' || session.holder === null || loan?.borrower !== session.holder.id) {
    return only(session);
  }
  const lines = session.lines.map((other) =>
    other.id === lineId ? { ...other, outcome: { kind: 'taken-back' } as const } : other,
  );
  return {
    session: { ...openSheet(session, 'borrow', facts), lines, notice: null },
    drafts: [draftReturned(line.item, facts.station, loan, session.holder)],
  };
}

function act(session: Session, action: SheetAction, facts: SessionFacts): SessionStep {
  if (session.phase === 'idle') return only(session);
  switch (action.kind) {
    case 'stay':
      return only(openSheet(session, session.phase, facts));
    case 'leave':
      return only(idleSheet(session));
    case 'done': {
      const recorded = session.lines.some((line) => line.outcome.kind === 'lent' || line.outcome.kind === 'returned');
      const finish = (session.phase === 'borrow' || session.phase === 'return') && recorded;
      return only(finish ? { ...openSheet(session, 'receipt', facts), notice: null } : idleSheet(session));
    }
    case 'take-back':
      return takeBackLine(session, action.line, facts);
    default:
      return unreachable(action);
  }
}

/** The lending conversation, one step: pure, so that every path of it can be tested without a device or a screen. */
export function stepSession(session: Session, input: SessionInput, facts: SessionFacts): SessionStep {
  switch (input.kind) {
    case 'scan':
      return scan(session, input.text, facts);
    case 'card':
      return card(session, input.holder, facts);
    case 'card-unreadable':
      return sayUnknown(session, 'card-unreadable', '', facts);
    case 'other-card':
      return sayUnknown(session, 'other-card', '', facts);
    case 'not-recorded':
      return sayUnknown(session, 'not-recorded', '', facts);
    case 'act':
      return act(session, input.action, facts);
    case 'time':
      return only(session.phase !== 'idle' && facts.monotonic >= session.endsAt ? idleSheet(session) : session);
    default:
      return unreachable(input);
  }
}
