import type { Audit } from '../audit/audit.ts';
import type { Accounts } from './accounts.ts';
import { createTries } from './tries.ts';

/** Calls of one address with sessions that are over or never were: so many are noted in the time, not more. */
const MOST_NOTED = 5;
const PAUSE_MS = 15 * 60_000;

export interface DeadSessionsDeps {
  readonly accounts: Accounts;
  readonly audit: Audit;
  readonly now: () => number;
}

interface DeadCall {
  /** The session cookie’s secret, as it came. */
  readonly secret: string | undefined;
  readonly act: string;
  readonly address: string;
}

/**
 * Notes a call that no open session made: a page that was never signed in is nobody’s act; a session that doesn’t count any more, or
 * never did, is.
 */
export function createDeadSessions({ accounts, audit, now }: DeadSessionsDeps) {
  const noted = createTries({ most: MOST_NOTED, pauseMs: PAUSE_MS, now });
  return async ({ secret, act, address }: DeadCall): Promise<void> => {
    if (secret === undefined || !noted.take(address)) return;
    const account = (await accounts.whoseEnded(secret)) ?? '';
    await audit.note({ account, act, about: {}, address, outcome: 'UNAUTHORIZED' });
  };
}

export type NoteDeadSession = ReturnType<typeof createDeadSessions>;
