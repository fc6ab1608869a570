import { borrowerOf } from '#hardware/protocol/card-borrower.ts';
import type { IdCard } from '#hardware/protocol/sdt-card.ts';
import type { LendingQueries } from '#electron/store/lending-queries.ts';
import type { KioskAction, KioskView, Repair } from '#shared/contract/kiosk.ts';
import { borrowerId } from '#shared/people/borrower-id.ts';
import { maskName } from '#shared/people/masked-name.ts';
import { faultView, kioskView } from './kiosk-view.ts';
import type { Ledger } from './ledger.ts';
import { sessionFacts } from './lending/facts.ts';
import { SESSION_START, type SessionFacts, type SessionInput, type SheetDelays } from './lending/session.ts';
import { stepSession } from './lending/step.ts';
import type { Log } from './log.ts';

export interface KioskDeps {
  readonly ledger: Ledger;
  readonly queries: LendingQueries;
  readonly terminal: string;
  readonly station: string;
  readonly zone: string;
  /** 64 hex digits, see shared/people/borrower-id.ts. */
  readonly communityKey: string;
  /** What was done about the terminal's records at the start, and what to do when somebody has read it. */
  readonly repair?: { readonly atStart: Repair | null; readonly onSeen: () => void };
  readonly delays: SheetDelays;
  /** Monotonic milliseconds. */
  readonly monotonic: () => number;
  /** Runs `task` after `ms`; returns how to call it off. */
  readonly schedule: (task: () => void, ms: number) => () => void;
  readonly log: Log;
}

/** What an ID-card reader tells of a card; the core keeps neither name nor number. */
type CardFace = Pick<IdCard, 'type' | 'number' | 'name'>;

/**
 * The kiosk without its glass: readings and taps come in, facts go to the ledger, views come out. A view is published
 * only after what it shows is on the disk.
 */
export function createKiosk(deps: KioskDeps) {
  const { ledger, queries, monotonic, log } = deps;
  let session = SESSION_START;
  let seq = 0;
  /** While a step is being recorded its own view is yet to come: no other is published in between. */
  let recording = false;
  let devices: KioskView['devices'] = { scanner: 'no-device', cardReader: 'no-device', icCardReader: null };
  let sync: KioskView['sync'] = { state: 'never', unsent: 0, lastMs: null };
  let repair = deps.repair?.atStart ?? null;
  let callOff = () => {};
  let retired: KioskView | null = null;
  const listeners = new Set<(view: KioskView) => void>();

  function facts(): SessionFacts {
    return sessionFacts({
      queries,
      station: deps.station,
      zone: deps.zone,
      now: ledger.correctedNow(),
      monotonic: monotonic(),
      online: sync.state === 'synced' || sync.state === 'sending',
      delays: deps.delays,
    });
  }

  function readView(): KioskView {
    return kioskView({
      seq,
      terminal: deps.terminal,
      station: deps.station,
      zone: deps.zone,
      repair,
      session,
      queries,
      devices,
      sync,
      now: ledger.correctedNow(),
      monotonic: monotonic(),
    });
  }

  /** A database that fails while it is open is said on the screen, like one that can't be opened. */
  function view(): KioskView {
    if (retired !== null) return { ...retired, seq };
    try {
      return readView();
    } catch (error) {
      log.error({ err: error }, 'the database cannot be read');
      return { ...faultView(deps.terminal, deps.station, deps.zone, 'database'), seq };
    }
  }

  function publish(): void {
    if (recording) return;
    seq += 1;
    if (listeners.size === 0) return;
    const next = view();
    for (const listener of listeners) listener(next);
  }

  function step(input: SessionInput): void {
    if (retired !== null) return;
    const before = session;
    try {
      const next = stepSession(session, input, facts());
      recording = true;
      ledger.append(next.drafts);
      session = next.session;
    } catch (error) {
      // The one thing worse than not recording is saying that it was recorded.
      log.error({ err: error }, 'nothing was recorded: the database refused');
      session = stepSession(session, { kind: 'not-recorded' }, facts()).session;
    } finally {
      recording = false;
    }
    if (session === before) return;
    rearm();
    publish();
  }

  function putRepairAway(): void {
    if (repair?.filledIn !== true) return;
    repair = null;
    deps.repair?.onSeen();
    publish();
  }

  function rearm(): void {
    callOff();
    callOff = () => {};
    if (session.phase === 'idle') return;
    callOff = deps.schedule(() => step({ kind: 'time' }), Math.max(0, session.endsAt - monotonic()) + 1);
  }

  return {
    scanned(text: string): void {
      step({ kind: 'scan', text });
    },

    /** The number becomes a pseudonym here, and is not kept. */
    cardShown(face: CardFace): void {
      const borrower = borrowerOf(face);
      if (borrower === null) {
        step({ kind: 'card-unreadable' });
        return;
      }
      const { number, name } = borrower;
      step({ kind: 'card', holder: { id: borrowerId(deps.communityKey, number), name: maskName(name) } });
    },

    cardUnreadable(): void {
      step({ kind: 'card-unreadable' });
    },

    /** A card that is no ID card: a door's, a bus's, one of the staff. */
    otherCardShown(): void {
      step({ kind: 'other-card' });
    },

    act(action: Exclude<KioskAction, { kind: 'scan' }>): void {
      if (action.kind === 'repair-seen') putRepairAway();
      else step({ kind: 'act', action });
    },

    /** The terminal's records were found damaged while it works. */
    repairNeeded(found: Repair): void {
      repair = found;
      publish();
    },

    devicesChanged(conditions: KioskView['devices']): void {
      devices = conditions;
      publish();
    },

    syncChanged(state: KioskView['sync']): void {
      sync = state;
      if (repair !== null && state.state === 'synced') repair = { ...repair, filledIn: true };
      publish();
    },

    /** What others wrote was taken in: stock and open sheets may look different. */
    ledgerChanged(): void {
      publish();
    },

    /** The terminal is out of service from now on: it says so, and nothing else is asked of the ledger. */
    retire(): void {
      const { station } = view();
      callOff();
      retired = { ...faultView(deps.terminal, deps.station, deps.zone, 'revoked'), station };
      publish();
    },

    view,

    /** Called with each new view. Returns how to stop. */
    subscribe(listener: (view: KioskView) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    close(): void {
      callOff();
      listeners.clear();
    },
  };
}

export type Kiosk = ReturnType<typeof createKiosk>;
