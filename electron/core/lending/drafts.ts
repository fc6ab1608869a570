import { type BodyOf, latestVersion } from '#shared/ledger/event-types.ts';
import type { Actor, EventDraft } from '#shared/ledger/event.ts';
import type { Loan } from '#shared/ledger/item-state.ts';
import type { CardHolder } from './session.ts';

/** Nobody shows a card to bring something back, so the station itself is the actor. */
function stationActor(station: string): Actor {
  return { kind: 'system', id: station };
}

export function draftLent(item: string, station: string, holder: CardHolder, due: string): EventDraft {
  const body: BodyOf<'item.lent'> = { borrower: holder.id, name: holder.name, due, station };
  return {
    subject: `item:${item}`,
    type: 'item.lent',
    v: latestVersion('item.lent'),
    actor: { kind: 'resident', id: holder.id },
    scope: 'community',
    body,
  };
}

/** An item on its way that is scanned anywhere is received there. */
export function draftReceived(item: string, station: string): EventDraft {
  const body: BodyOf<'item.transfer-received'> = { station };
  return {
    subject: `item:${item}`,
    type: 'item.transfer-received',
    v: latestVersion('item.transfer-received'),
    actor: stationActor(station),
    scope: 'community',
    body,
  };
}

/** The borrower has come for what was kept for them. */
export function draftCollected(type: string, station: string, holder: CardHolder, reservation: string): EventDraft {
  const body: BodyOf<'reservations.ended'> = { reservation };
  return {
    subject: `reservations:${station}/${type}`,
    type: 'reservations.ended',
    v: latestVersion('reservations.ended'),
    actor: { kind: 'resident', id: holder.id },
    scope: 'community',
    body,
  };
}

/** `undoneBy`: the borrower gave the item back on the sheet on which it was lent. */
export function draftReturned(
  item: string,
  station: string,
  loan: Loan | null,
  undoneBy: CardHolder | null,
): EventDraft {
  const body: BodyOf<'item.returned'> = {
    station,
    loan: loan?.id ?? null,
    undone: undoneBy !== null,
    missing: [],
    answers: [],
  };
  return {
    subject: `item:${item}`,
    type: 'item.returned',
    v: latestVersion('item.returned'),
    actor: undoneBy === null ? stationActor(station) : { kind: 'resident', id: undoneBy.id },
    scope: 'community',
    body,
  };
}
