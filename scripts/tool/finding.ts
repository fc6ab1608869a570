import type { ChainHead } from '#shared/ledger/chain.ts';

/** One line of `verify`. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** A place of a chain: an event, or one that is set aside, of which only the hash is known. */
export interface Link {
  readonly terminal: string;
  readonly n: number;
  readonly hash: string;
  /** The hash that it names as the one before it; null where it can't be read. */
  readonly prev: string | null;
}

/**
 * Walks chains whose links come in the order of writer and n. One that is to be `whole` must have no gap; of others there are
 * those that the scope lets through, and only neighbours are compared.
 */
export function createChainWalk(start: ChainHead, isWhole: (writer: string) => boolean) {
  const findings: Finding[] = [];
  let writer: string | null = null;
  let head = start;
  let count = 0;
  let fault: string | null = null;

  function close(): void {
    if (writer === null) return;
    const detail = fault ?? `${count} events, last n ${head.n}`;
    findings.push({ check: `chain ${writer}`, ok: fault === null, detail });
  }

  return {
    add({ terminal, n, hash, prev }: Link): void {
      if (terminal !== writer) {
        close();
        writer = terminal;
        head = start;
        count = 0;
        fault = null;
      }
      const neighbour = n === head.n + 1;
      if (fault === null && isWhole(terminal) && !neighbour) fault = `gap at n ${n}`;
      if (fault === null && neighbour && prev !== null && prev !== head.hash) fault = `wrong-chain at n ${n}`;
      head = { n, hash };
      count += 1;
    },

    end(): Finding[] {
      close();
      return findings;
    },
  };
}

export interface Compared {
  readonly subjects: number;
  readonly differing: readonly string[];
  readonly leftOut: number;
}

/** What a comparison found different and left, or a rebuild found different and made anew. */
export function foldsFinding({ subjects, differing, leftOut }: Compared, rebuilt: boolean): Finding {
  const left = leftOut === 0 ? '' : `; ${leftOut} that began with a snapshot are left out`;
  if (differing.length === 0) return { check: 'folds', ok: true, detail: `${subjects} subjects${left}` };
  const some = differing.slice(0, 5).join(', ');
  const what = rebuilt ? 'differed and were made anew' : 'differ';
  return { check: 'folds', ok: rebuilt, detail: `${differing.length} of ${subjects} ${what}: ${some}${left}` };
}

/** Open loans and items on loan, counted apart: one from the states, one from the columns beside them. */
export function loansFinding(open: number, onLoan: number): Finding {
  return { check: 'loans', ok: open === onLoan, detail: `${open} open loans, ${onLoan} items on loan` };
}
