import type { LedgerEvent } from '#shared/ledger/event.ts';
import { applyEvent } from '#shared/ledger/fold.ts';
import { ITEM_UNKNOWN, type ItemState } from '#shared/ledger/item-state.ts';
import { CHAIN_START } from '#shared/ledger/chain.ts';

const LOAN = 'loan';
const TRANSFER = 'transfer';
const OTHER = 'b'.repeat(64);
const SOMEBODY = 'a'.repeat(64);
const DUE = '2026-11-25T23:59:00+08:00';

function event(id: string, type: string, body: Record<string, unknown>, v = 1): LedgerEvent {
  return {
    id,
    terminal: 'LD-1',
    n: 1,
    prev: CHAIN_START,
    hlc: '001795400000000.00000.LD-1',
    wall: 1_795_400_000_000,
    clock: 'trusted',
    station: 'LD',
    subject: 'item:HF-000001',
    type,
    v,
    actor: { kind: 'system', id: 'doc' },
    scope: 'community',
    body,
  };
}

const lent = (id: string, borrower: string) =>
  event(id, 'item.lent', { borrower, name: '王*春', due: DUE, station: 'LD' });
const marked = (as: string) => event(`marked ${as}`, 'item.marked', { as, station: 'LD' });
const opened = event(TRANSFER, 'item.transfer-opened', { from: 'LD', to: 'LF' });

function after(...events: readonly LedgerEvent[]): ItemState {
  const registered = event('made', 'item.registered', { type: 'umbrella', home: 'LD' });
  return [registered, ...events].reduce((state, each) => applyEvent(state, each) as ItemState, ITEM_UNKNOWN);
}

/** What an item may be when something happens to it. */
const BEFORE: Readonly<Record<string, ItemState>> = {
  'in stock': after(),
  'on loan': after(lent(LOAN, SOMEBODY)),
  'in transfer': after(opened),
  'set aside': after(marked('set-aside')),
  lost: after(marked('lost')),
};

const EVENTS: readonly (readonly [name: string, event: LedgerEvent])[] = [
  ['lent to another', lent('next', OTHER)],
  ['returned at LF', event('back', 'item.returned', { station: 'LF', loan: null })],
  [
    'returned, a part missing',
    event('half', 'item.returned', { station: 'LF', loan: null, undone: false, missing: ['lid'], answers: [] }, 2),
  ],
  ['renewed', event('renewed', 'item.renewed', { loan: LOAN, due: '2026-11-28T23:59:00+08:00' })],
  ['marked damaged', marked('damaged')],
  ['marked lost', marked('lost')],
  ['marked found', marked('found')],
  ['marked repaired', marked('repaired')],
  ['counted', event('counted', 'item.counted', { station: 'LF', stocktake: 'one' })],
  ['transfer opened', event('second', 'item.transfer-opened', { from: 'LD', to: 'QH' })],
  ['transfer received', event('received', 'item.transfer-received', { station: 'LF' })],
];

/** What became of it, in as few words as the table needs. */
function outcome(before: ItemState, happened: LedgerEvent): string {
  const state = applyEvent(before, happened) as ItemState;
  const ended = state.history.length > before.history.length ? state.history.at(-1)?.how : undefined;
  const news = state.exceptions.slice(before.exceptions.length).map(({ kind }) => `\`${kind}\``);
  return [
    `${state.status}${state.loan?.missing.length ? ' for what is missing' : ''}`,
    ...(state.station === before.station ? [] : [`at ${state.station}`]),
    ...(state.found !== null && before.found === null ? ['found'] : []),
    ...(ended === undefined ? [] : [`loan ${ended}`]),
    ...news,
  ].join(', ');
}

/** Markdown: what the fold of this version makes of each event of an item in each state. */
export function itemTable(): string {
  const states = Object.entries(BEFORE);
  const rows = EVENTS.map(
    ([name, happened]) => `| ${name} | ${states.map(([, before]) => outcome(before, happened)).join(' | ')} |`,
  );
  return [
    `| an item that is | ${states.map(([name]) => name).join(' | ')} |`,
    `| --- |${' --- |'.repeat(states.length)}`,
    ...rows,
  ].join('\n');
}
