/** A bug planted into the real source, which the simulation must find: `find` occurs exactly once in `file`. */
export interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'a page that comes twice is stored twice',
    file: 'server/store/judge.ts',
    find: `if (byN.get(event.n) === hash) return { kind: 'known' };`,
    replace: `if (byN.get(event.n) === hash) return { kind: 'taken', read, link: { n: event.n, hash, id: event.id } };`,
  },
  {
    name: 'the cursor is saved before the page it stands behind',
    file: 'electron/core/replica.ts',
    find: `      commit((from) => {
        const hlc = takeAll(events, from);`,
    replace: `      commit((from) => ({ head: { ...from, cursor }, value: undefined }));
      commit((from) => {
        const hlc = takeAll(events, from);`,
  },
  {
    name: 'a terminal folds in the order of arrival',
    file: 'electron/core/projector.ts',
    find: `(before !== null && compareEvents(first, before.key) <= 0) ||`,
    replace: ``,
  },
  {
    name: 'the server folds in the order of arrival',
    file: 'server/store/projection.ts',
    find: `compareEvents(first, known) > 0`,
    replace: `true`,
  },
  {
    name: 'what is sent counts as held before the server has said so',
    file: 'electron/core/sync/exchange.ts',
    find: `      onSending();
`,
    replace: `      onSending();
      ledger.acknowledge(acked + page.length, []);
`,
  },
  {
    name: 'the count of the server is believed beyond what was sent',
    file: 'electron/core/sync/exchange.ts',
    find: `Math.min(answer.value.acked, acked + page.length)`,
    replace: `answer.value.acked`,
  },
  {
    name: 'a server put back from a backup is not noticed',
    file: 'server/store/event-log.ts',
    find: `    if (known.acked > head.n) return true;
    if (known.cursor === '') return false;`,
    replace: `    if (known.acked >= 0) return false;`,
  },
  {
    name: 'a cursor of another log is taken for one of this',
    file: 'server/store/event-log.ts',
    find: `return row === undefined || cursorOf(seqOf(known.cursor), row.id) !== known.cursor;`,
    replace: `return row === undefined;`,
  },
  {
    name: 'nothing is given back to a server that has lost it',
    file: 'electron/core/sync/exchange.ts',
    find: `if (!ledger.owesTheServer()) return null;`,
    replace: `if (ledger.head().n >= 0) return null;`,
  },
  {
    name: 'a new epoch is gone into with the old cursor',
    file: 'electron/core/ledger.ts',
    find: `acked: known, cursor: '', fromStart: true,`,
    replace: `acked: known, fromStart: true,`,
  },
  {
    name: 'a new epoch is gone into with the old count',
    file: 'electron/core/ledger.ts',
    find: `const known = Math.min(acked, from.n);
        return {`,
    replace: `const known = from.acked;
        return {`,
  },
  {
    name: 'what is given back waits for ever',
    file: 'server/sync/service.ts',
    find: `if (asked.unsent === 0) await log.settle(terminal.id);`,
    replace: ``,
  },
  {
    name: 'what has no place in its chain any more is dropped',
    file: 'server/store/returned.ts',
    find: `homeless.push(event);`,
    replace: ``,
  },
  {
    name: 'an event that loses its place is dropped',
    file: 'electron/core/replica.ts',
    find: `if (event.id !== written.event.id) store.addStray({ event, json });`,
    replace: ``,
  },
  {
    name: 'a forked log drops what it had not sent',
    file: 'electron/core/ledger.ts',
    find: `insertOwn(written, from.round);
          next = written.head;
        }
        for`,
    replace: `}
        for`,
  },
  {
    name: 'a forked log writes its events anew with other ids',
    file: 'electron/core/ledger.ts',
    find: `{ ...event, terminal: writer, n: next.n + 1`,
    replace: `{ ...event, id: newId(), terminal: writer, n: next.n + 1`,
  },
  {
    name: 'a forked log does not fold again',
    file: 'electron/core/ledger.ts',
    find: `for (const subject of new Set(own.map((event) => event.subject))) projector.refold(subject);
        return { head: next`,
    replace: `return { head: next`,
  },
  {
    name: 'the server overwrites a fork',
    file: 'server/store/judge.ts',
    find: `: refuse('forked-log');`,
    replace: `: { kind: 'known' };`,
  },
  {
    name: 'the clock does not follow what was seen',
    file: 'electron/core/replica.ts',
    find: `return seen.ms <= furthest ? witness(hlc, seen) : hlc;`,
    replace: `return hlc;`,
  },
  {
    name: 'the clock goes back with the wall’s',
    file: 'electron/core/ledger.ts',
    find: `const hlc = tick(from.hlc, ms);`,
    replace: `const hlc = tick({ ms: 0, counter: 0 }, wall);`,
  },
  {
    name: 'the server keeps no chain of its own clock',
    file: 'server/store/own-writer.ts',
    find: `hlc = tick(hlc, wall);`,
    replace: `hlc = { ms: wall, counter: 0 };`,
  },
  {
    name: 'a terminal may pull everything',
    file: 'server/sync/pages.ts',
    find: `    .where('terminal', '!=', writer)
    .where('audience', 'in', audiencesOf(terminal))`,
    replace: `    .where('terminal', '!=', writer)`,
  },
  {
    name: 'a snapshot holds everything',
    file: 'server/sync/pages.ts',
    find: `return scope === 'community' || (scope === 'station' && stationOfSubject(subject) === terminal.station);`,
    replace: `return true;`,
  },
  {
    name: 'what lies before a snapshot is ignored',
    file: 'electron/core/projector.ts',
    find: `return store.setBase(subject, BASE.incomplete);`,
    replace: `return;`,
  },
  {
    name: 'after a snapshot one pulls from its last page on',
    file: 'electron/core/replica.ts',
    find: `const cursor = from.snapshot?.cursor ?? header.cursor;`,
    replace: `const { cursor } = header;`,
  },
  {
    name: 'a snapshot overwrites what was written meanwhile',
    file: 'electron/core/replica.ts',
    find: `if (store.subject(subject) !== null) store.setBase(subject, BASE.incomplete);
          // A server of the same version made it with the same fold.
          else store`,
    replace: `store`,
  },
  {
    name: 'what the server has set aside still counts at its writer’s',
    file: 'electron/core/ledger.ts',
    find: `const subjects = held.map((n) => store.hold(from.writer, n)).filter((subject) => subject !== null);`,
    replace: `const subjects: string[] = [];`,
  },
  {
    name: 'what is set aside blocks everything behind it',
    file: 'server/store/judge.ts',
    find: `return refuse('ahead', link);`,
    replace: `return refuse('ahead');`,
  },
  {
    name: 'events from the far future are let in',
    file: 'server/store/judge.ts',
    find: `parseHlc(event.hlc).ms > nowMs + FURTHEST_AHEAD_MS`,
    replace: `parseHlc(event.hlc).ms > nowMs * 2`,
  },
  {
    name: 'a page is stored and the head of its chain is not',
    file: 'server/store/event-log.ts',
    find: `if (head.n !== before.n) await saveChainHead(transaction, writer, head);`,
    replace: ``,
  },
  {
    name: 'states are saved before the log, in a transaction of their own',
    file: 'electron/core/ledger.ts',
    find: `      return commit((from) => {
        const events: LedgerEvent[] = [];
        let next = from;
        for (const draft of drafts) {
          const written = build(draft, next);
          insertOwn(written, from.round);
          events.push(written.event);
          next = written.head;
        }
        projector.add(events);
        return { head: next, value: events };
      });`,
    replace: `      const early = [];
      commit((from) => {
        const events: LedgerEvent[] = [];
        let next = from;
        for (const draft of drafts) {
          const written = build(draft, next);
          early.push(written);
          events.push(written.event);
          next = written.head;
        }
        projector.add(events);
        return { head: from, value: events };
      });
      return commit((from) => {
        for (const written of early) insertOwn(written, from.round);
        return { head: early.at(-1).head, value: early.map(({ event }) => event) };
      });`,
  },
];
