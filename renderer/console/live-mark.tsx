import { useSyncExternalStore } from 'react';
import { useI18n } from './i18n.tsx';
import type { LiveSnapshot } from './live-events.ts';
import { useServices } from './services.ts';

export function useLive(): LiveSnapshot {
  const { live } = useServices();
  return useSyncExternalStore(live.subscribe, live.snapshot);
}

const TEXTS = { up: 'live.up', connecting: 'live.connecting', down: 'live.down' } as const;

/** Whether the line on which events come in is up. */
export function LiveMark() {
  const { t } = useI18n();
  const { state } = useLive();
  return (
    <output className={`live-mark live-${state}`}>
      <span className="dot" aria-hidden />
      {t(TEXTS[state])}
    </output>
  );
}
