import { z } from 'zod';
import { type LedgerEvent, subjectKey } from '#shared/ledger/event.ts';
import type { SubjectState } from '#shared/ledger/fold.ts';
import { COMMUNITY_CALENDAR } from '#shared/ledger/fold-station.ts';
import { ITEM_UNKNOWN, type ItemState } from '#shared/ledger/item-state.ts';
import { effectiveDue, isOverdue } from '#shared/lending/due.ts';
import type { ItemType } from '#shared/lending/item-type.ts';
import { judgeRenewal, judgeReturn } from '#shared/lending/judge-keeping.ts';
import { judgeLending } from '#shared/lending/judge-lending.ts';
import { isLow } from '#shared/lending/low-supplies.ts';
import { type KeyedItem, limitsPassed, reservationClashes } from '#shared/lending/merged.ts';
import { calendarOf } from '#shared/lending/next-opening.ts';
import { openQuestions } from '#shared/lending/questions.ts';
import { awayFromHome, transferList } from '#shared/lending/redistribution.ts';
import { isRepeatedScan, listOfScan, stocktakeLists } from '#shared/lending/stocktake.ts';
import { unreachable } from '#shared/result.ts';

const ZONE = 'Asia/Shanghai';
const answers = z.array(z.object({ question: z.string(), yes: z.boolean(), photo: z.string().optional() })).default([]);
const common = {
  /** When it is asked; without it, with the last event. */
  at: z.iso.datetime({ offset: true }).optional(),
  item: z.string().default('HF-000001'),
  station: z.string().default('LD'),
};
const asked = { ...common, borrower: z.string().length(1), online: z.boolean().default(true) };

/** A question that a case asks of the folded states. */
export const askSchema = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('lending'), ...asked, attended: z.boolean().default(false), answers }),
  z.strictObject({ rule: z.literal('renewal'), ...asked }),
  z.strictObject({ rule: z.literal('return'), ...common, missing: z.array(z.string()).default([]), answers }),
  z.strictObject({ rule: z.literal('questions'), ...common, when: z.enum(['lending', 'return']), answers }),
  z.strictObject({ rule: z.literal('loan-due'), ...common }),
  z.strictObject({ rule: z.literal('limits-passed'), ...common }),
  z.strictObject({ rule: z.literal('reservation-clashes'), ...common, type: z.string() }),
  z.strictObject({ rule: z.literal('away-from-home'), ...common }),
  z.strictObject({ rule: z.literal('transfer-list'), ...common }),
  z.strictObject({ rule: z.literal('stocktake'), ...common, stocktake: z.string() }),
  z.strictObject({ rule: z.literal('stocktake-scan'), ...common, stocktake: z.string(), was: z.string().nullable() }),
  z.strictObject({ rule: z.literal('low-supplies'), ...common }),
]);
type Ask = z.infer<typeof askSchema>;
type World = ReadonlyMap<LedgerEvent['subject'], SubjectState>;

function stateOf<K extends SubjectState['kind']>(world: World, kind: K, key: string) {
  const state = world.get(`${kind}:${key}`);
  return state?.kind === kind ? (state as Extract<SubjectState, { kind: K }>) : null;
}

function itemsOf(world: World): KeyedItem[] {
  return [...world].flatMap(([subject, state]) => (state.kind === 'item' ? [{ key: subjectKey(subject), state }] : []));
}

function typesOf(world: World): Map<string, ItemType> {
  const types = [...world].flatMap(([subject, state]) =>
    state.kind === 'type' && state.definition !== null ? [[subjectKey(subject), state.definition] as const] : [],
  );
  return new Map(types);
}

function calendarAt(world: World, station: string) {
  const community = stateOf(world, 'calendar', subjectKey(COMMUNITY_CALENDAR));
  return calendarOf(stateOf(world, 'station', station), community, ZONE);
}

function typeOf(world: World, item: ItemState): ItemType {
  const type = typesOf(world).get(item.type ?? '');
  if (type === undefined) throw new Error('the case defines no type of the item it asks about');
  return type;
}

function stockOf(world: World, type: string | null, station: string): number {
  return itemsOf(world).filter(
    ({ state }) => state.type === type && state.status === 'in-stock' && state.station === station,
  ).length;
}

function placeFacts(world: World, { item: key, station }: Ask, nowMs: number) {
  const item = stateOf(world, 'item', key) ?? ITEM_UNKNOWN;
  return {
    item,
    type: typeOf(world, item),
    calendar: calendarAt(world, station),
    nowMs,
    reservations: stateOf(world, 'reservations', `${station}/${item.type}`)?.open ?? [],
    stock: stockOf(world, item.type, station),
  };
}

function borrowerFacts(world: World, letter: string) {
  const borrower = letter.repeat(64);
  return { borrower, blocked: stateOf(world, 'borrower', borrower)?.blocked ?? null };
}

function loansOf(world: World, borrower: string) {
  return itemsOf(world).flatMap(({ state }) =>
    state.loan?.borrower === borrower ? [{ type: state.type, loan: state.loan }] : [],
  );
}

/** What the rules say of the folded states; `lastMs` is when the last event happened. */
export function answerOf(world: World, ask: Ask, lastMs: number): unknown {
  const nowMs = ask.at === undefined ? lastMs : Date.parse(ask.at);
  const item = stateOf(world, 'item', ask.item) ?? ITEM_UNKNOWN;
  switch (ask.rule) {
    case 'lending': {
      const { borrower, blocked } = borrowerFacts(world, ask.borrower);
      const loans = loansOf(world, borrower);
      return judgeLending({
        ...placeFacts(world, ask, nowMs),
        borrower,
        blocked,
        online: ask.online,
        attended: ask.attended,
        answers: ask.answers,
        holding: loans.filter(({ type }) => type === item.type).length,
        overdue: loans.filter(({ loan }) => isOverdue(loan.due, calendarAt(world, loan.station), nowMs)).length,
      });
    }
    case 'renewal':
      return judgeRenewal({
        ...placeFacts(world, ask, nowMs),
        ...borrowerFacts(world, ask.borrower),
        online: ask.online,
      });
    case 'return':
      return judgeReturn({
        item,
        type: typesOf(world).get(item.type ?? '') ?? null,
        station: ask.station,
        calendar: calendarAt(world, item.loan?.station ?? ask.station),
        nowMs,
        missing: ask.missing,
        answers: ask.answers,
      });
    case 'questions':
      return openQuestions(typeOf(world, item), ask.when, ask.answers).map(({ key }) => key);
    case 'loan-due': {
      if (item.loan === null) return null;
      const calendar = calendarAt(world, item.loan.station);
      return { due: effectiveDue(item.loan.due, calendar), overdue: isOverdue(item.loan.due, calendar, nowMs) };
    }
    case 'limits-passed':
      return limitsPassed(itemsOf(world), typesOf(world));
    case 'reservation-clashes': {
      const open = stateOf(world, 'reservations', `${ask.station}/${ask.type}`)?.open ?? [];
      return reservationClashes(open, stockOf(world, ask.type, ask.station), calendarAt(world, ask.station).zone);
    }
    case 'away-from-home':
      return awayFromHome(itemsOf(world));
    case 'transfer-list': {
      const stations = [...world].flatMap(([subject, state]) =>
        state.kind === 'station' ? [[subjectKey(subject), state.targets] as const] : [],
      );
      return transferList(itemsOf(world), new Map(stations));
    }
    case 'stocktake': {
      const stocktake = stateOf(world, 'stocktake', ask.stocktake);
      return stocktake === null ? null : stocktakeLists(stocktake, itemsOf(world));
    }
    case 'stocktake-scan': {
      const stocktake = stateOf(world, 'stocktake', ask.stocktake);
      const place = stocktake?.station ?? null;
      if (stocktake === null || place === null) return null;
      const known = stateOf(world, 'item', ask.item);
      return {
        list: listOfScan({ was: ask.was }, known, place),
        repeated: isRepeatedScan(stocktake, ask.item),
      };
    }
    case 'low-supplies':
      return [...world]
        .flatMap(([subject, state]) => (state.kind === 'supply' && isLow(state) ? [subjectKey(subject)] : []))
        .sort();
    default:
      return unreachable(ask);
  }
}
