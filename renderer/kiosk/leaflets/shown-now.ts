import { isShownAt } from '#shared/content/time-window.ts';
import type { ReleasedLeaflet } from '#shared/content/release.ts';
import type { KioskContent } from '#shared/contract/kiosk-content.ts';

/** Emergencies first, then what is pinned, then by when they were approved. */
const RANK: Readonly<Record<ReleasedLeaflet['priority'], number>> = { emergency: 0, pinned: 1, normal: 2 };

/** Those that are shown at a moment (milliseconds since 1970) at a station of this zone, in their order: newest first. */
export function shownNow(leaflets: readonly ReleasedLeaflet[], ms: number, zone: string): ReleasedLeaflet[] {
  return leaflets
    .filter(({ window }) => isShownAt(window, ms, zone))
    .toSorted((a, b) => RANK[a.priority] - RANK[b.priority] || b.approvedMs - a.approvedMs || (a.id < b.id ? -1 : 1));
}

/** A version by one word, as confirmations name it. */
export const confirmation = ({ id, version }: Pick<ReleasedLeaflet, 'id' | 'version'>): string => `${id}/${version}`;

/** Emergencies of now, and whether somebody here has confirmed each. */
export function emergenciesOf(
  shown: readonly ReleasedLeaflet[],
  { confirmed }: Pick<KioskContent, 'confirmed'>,
): { readonly open: readonly ReleasedLeaflet[]; readonly seen: readonly ReleasedLeaflet[] } {
  const known = new Set(confirmed);
  const emergencies = shown.filter(({ priority }) => priority === 'emergency');
  return {
    open: emergencies.filter((each) => !known.has(confirmation(each))),
    seen: emergencies.filter((each) => known.has(confirmation(each))),
  };
}
