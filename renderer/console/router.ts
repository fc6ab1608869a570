import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ListCodec } from './list-state.ts';

/** The page's address: `path` such as `/items`, `search` such as `?station=LD` or empty. */
export interface Address {
  readonly path: string;
  readonly search: string;
}

const MOVED = 'console-moved';

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener('popstate', listener);
  globalThis.addEventListener(MOVED, listener);
  return () => {
    globalThis.removeEventListener('popstate', listener);
    globalThis.removeEventListener(MOVED, listener);
  };
}

/** Moves to `href` without loading the page; `replace` leaves no step to go back to. */
export function navigate(href: string, replace = false): void {
  if (replace) globalThis.history.replaceState(null, '', href);
  else globalThis.history.pushState(null, '', href);
  globalThis.dispatchEvent(new Event(MOVED));
}

export function useAddress(): Address {
  const path = useSyncExternalStore(subscribe, () => globalThis.location.pathname);
  const search = useSyncExternalStore(subscribe, () => globalThis.location.search);
  return { path, search };
}

/**
 * The list state in the address, and a change to it. A change of anything but the page goes to page 1. Each change is
 * a step to go back to, except where `replace` is set (typing).
 */
export function useListState<S extends Record<string, string | number | boolean | null>>(
  codec: ListCodec<S>,
): [S, (change: Partial<S>, replace?: boolean) => void] {
  const { search } = useAddress();
  const state = useMemo(() => codec.parse(search), [codec, search]);
  const change = useCallback(
    (part: Partial<S>, replace = false) => {
      const { pathname, search: now } = globalThis.location;
      const next = { ...codec.parse(now), ...('page' in part ? {} : { page: 1 }), ...part };
      navigate(pathname + codec.format(next), replace);
    },
    [codec],
  );
  return [state, change];
}
