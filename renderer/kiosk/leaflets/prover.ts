import type { KioskContent } from '#shared/contract/kiosk-content.ts';
import { confirmation } from './shown-now.ts';
import { proveSet, type ProveDeps } from './prove.tsx';
import type { Leaflets } from './store.ts';

export type ProverDeps = Pick<ProveDeps, 'page' | 'fileUrl' | 'idle'>;

/** A word now and then is enough for the console, pages. */
const TELL_EVERY = 20;

/** Proves each set that the terminal asks for, one at a time; another one takes its place. Returns what ends it. */
export function startProver(leaflets: Leaflets, deps: ProverDeps): () => void {
  let running: { readonly toProve: KioskContent['toProve']; readonly stop: AbortController } | null = null;

  async function prove(toProve: NonNullable<KioskContent['toProve']>, signal: AbortSignal): Promise<void> {
    const { release } = toProve;
    // What stands on this screen already was proved with the set that brought it: same version, same files.
    const known = new Set((leaflets.store.getState().content?.leaflets ?? []).map(confirmation));
    const unknown = toProve.leaflets.filter((each) => !known.has(confirmation(each)));
    const fault = await proveSet(unknown, {
      ...deps,
      signal,
      onPages(pages, total) {
        if (pages % TELL_EVERY === 0) leaflets.send({ kind: 'proving', release, pages, total });
      },
    });
    if (signal.aborted) return;
    // Should this word be lost, the terminal asks again, and is told again.
    running = null;
    leaflets.send({ kind: 'proved', release, fault });
  }

  function look({ content }: { readonly content: KioskContent | null }): void {
    const toProve = content?.toProve ?? null;
    if (running !== null && running.toProve?.release === toProve?.release) return;
    running?.stop.abort();
    running = null;
    if (toProve === null) return;
    const stop = new AbortController();
    running = { toProve, stop };
    prove(toProve, stop.signal).catch(() => {
      // Called off: the set that is asked for now is another one.
    });
  }

  const leave = leaflets.store.subscribe(look);
  look(leaflets.store.getState());
  return () => {
    leave();
    running?.stop.abort();
  };
}
