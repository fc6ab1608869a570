import { useEffect } from 'react';

/** Without a touch or a key for so long, in milliseconds, the page signs out: the server's idle limit, which the page's own refreshing would put off. */
const IDLE_LIMIT = 30 * 60_000;

const SIGNS_OF_LIFE = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;

export function useIdleSignOut(signOut: () => void): void {
  useEffect(() => {
    let last = Date.now();
    const alive = () => {
      last = Date.now();
    };
    for (const sign of SIGNS_OF_LIFE) globalThis.addEventListener(sign, alive, { passive: true });
    // Looked at now and then rather than one long timer: a laptop that slept must not be let in on waking.
    const timer = setInterval(() => {
      if (Date.now() - last >= IDLE_LIMIT) signOut();
    }, 10_000);
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS_OF_LIFE) globalThis.removeEventListener(sign, alive);
    };
  }, [signOut]);
}
