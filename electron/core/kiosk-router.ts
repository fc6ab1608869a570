import { implement } from '@orpc/server';
import { kioskContract, type KioskAction, type KioskView } from '#shared/contract/kiosk.ts';
import { type ContentSource, NO_CONTENT } from './content/content-source.ts';

/** Something that changes and can be looked at. */
interface ViewSource<View> {
  view(): View;
  subscribe(listener: (view: View) => void): () => void;
}

/** What a shell serves to its page: a kiosk, or the view of one that can't work. */
export interface KioskSource extends ViewSource<KioskView> {
  act(action: KioskAction): void;
}

/** The view now and then each newer one. A page that is slow skips views; it never gets an old one after a new one. */
export async function* watchSource<View>(source: ViewSource<View>, signal?: AbortSignal): AsyncGenerator<View, void> {
  let latest: View | null = source.view();
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
export function createKioskRouter(source: KioskSource, content: ContentSource = NO_CONTENT) {
  const contract = implement(kioskContract);
  return contract.router({
    watch: contract.watch.handler(({ signal }) => watchSource(source, signal)),
    act: contract.act.handler(({ input }) => {
      source.act(input);
      return {};
    }),
    content: contract.content.handler(({ signal }) => watchSource(content, signal)),
    contentAct: contract.contentAct.handler(({ input }) => {
      content.act(input);
      return {};
    }),
  });
}

export type KioskRouter = ReturnType<typeof createKioskRouter>;
