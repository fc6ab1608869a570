import { implement } from '@orpc/server';
import { kioskContract, type KioskAction, type KioskView } from '#shared/contract/kiosk.ts';

/** What a shell serves to its page: a kiosk, or the view of one that can't work. */
export interface KioskSource {
  view(): KioskView;
  subscribe(listener: (view: KioskView) => void): () => void;
  act(action: KioskAction): void;
}

/** The view now and then each newer one. A page that is slow skips views; it never gets an old one after a new one. */
export async function* watchKiosk(source: KioskSource, signal?: AbortSignal): AsyncGenerator<KioskView, void> {
  let latest: KioskView | null = source.view();
  let wake = () => {};
  const stop = source.subscribe((view) => {
    latest = view;
    wake();
  });
  const onAbort = () => wake();
  signal?.addEventListener('abort', onAbort);
  try {
    while (signal?.aborted !== true) {
      if (latest === null) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const view = latest;
      latest = null;
      yield view;
    }
  } finally {
    stop();
    signal?.removeEventListener('abort', onAbort);
  }
}

/** The terminal's side of contract/kiosk.ts; inputs and outputs are parsed by the contract. */
export function createKioskRouter(source: KioskSource) {
  const contract = implement(kioskContract);
  return contract.router({
    watch: contract.watch.handler(({ signal }) => watchKiosk(source, signal)),
    act: contract.act.handler(({ input }) => {
      source.act(input);
      return {};
    }),
  });
}

export type KioskRouter = ReturnType<typeof createKioskRouter>;
