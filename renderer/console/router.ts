import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { ListCodec } from './list-state.ts';

/**
 * The page's address: `path` such as `/items`, `search` such as `?station=LD` or empty. It stands behind the `#`, so
 * that any server, and any path on it, can hold the console as plain files.
 */
export interface Address {
  readonly path: string;
  readonly search: string;
}

/** Reads what follows the `#`: `#/items?station=LD`. Nothing at all is the first page. */
export function parseHash(hash: string): Address {
  const text = hash.replace(/^#/, '');
  const at = text.indexOf('?');
  const path = at === -1 ? text : text.slice(0, at);
  return { path: path === '' ? '/' : path, search: at === -1 ? '' : text.slice(at) };
}

/** What to link to: `hrefOf('/items', '?station=LD')` is `#/items?station=LD`. */
export function hrefOf(path: string, search = ''): string {
  return `#${path}${search}`;
}

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener('popstate', listener);
  return () => globalThis.removeEventListener('popstate', listener);
}

export function useAddress(): Address {
  const hash = useSyncExternalStore(subscribe, () => globalThis.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}

function move(href: string, replace: boolean): void {
  if (replace) globalThis.history.replaceState(null, '', href);
  else globalThis.history.pushState(null, '', href);
  // The browser tells of steps back and forth only, not of these.
  globalThis.dispatchEvent(new PopStateEvent('popstate'));
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
      const now = parseHash(globalThis.location.hash);
      const next = { ...codec.parse(now.search), ...('page' in part ? {} : { page: 1 }), ...part };
      move(hrefOf(now.path, codec.format(next)), replace);
    },
    [codec],
  );
  return [state, change];
}
