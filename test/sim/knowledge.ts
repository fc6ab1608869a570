import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { ServerNode } from './server-node.ts';
import type { TerminalNode } from './terminal-node.ts';

function idsOn(node: ServerNode | TerminalNode): string[] {
  const tables = 'exchange' in node ? ['events', 'strays'] : ['events', 'returned'];
  const ids = tables.flatMap((table) => node.disk().prepare<[], string>(`SELECT id FROM ${table}`).pluck().all());
  if ('exchange' in node) return ids;
  const aside = node
    .disk()
    .prepare<[], string | null>('SELECT event_id FROM quarantine WHERE n IS NOT NULL')
    .pluck()
    .all();
  return [...ids, ...aside.filter((id) => id !== null)];
}

/** What people were told is recorded, and what of it may be missing all the same: what was on one disk only, and that was put back. */
export function createKnowledge() {
  const told = new Map<string, LedgerEvent>();
  const lost = new Set<string>();

  function everywhere(server: ServerNode, terminals: readonly TerminalNode[]): Set<string> {
    return new Set([server, ...terminals].flatMap((node) => idsOn(node)));
  }

  return {
    told(events: readonly LedgerEvent[]): void {
      for (const event of events) told.set(event.id, event);
    },

    /** Does something to a disk; what is nowhere afterwards is lost, and nothing else may be. */
    mayLose(server: ServerNode, terminals: readonly TerminalNode[], happening: () => void): void {
      const before = everywhere(server, terminals);
      happening();
      const after = everywhere(server, terminals);
      for (const id of before) if (!after.has(id)) lost.add(id);
    },

    all: (): ReadonlyMap<string, LedgerEvent> => told,
    isLost: (id: string): boolean => lost.has(id),
    lost: (): number => lost.size,
  };
}
