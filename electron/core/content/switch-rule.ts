import type { ReleasedLeaflet } from '#shared/content/release.ts';
import type { ContentReport } from '#shared/contract/content.ts';

/** Somebody who reads a leaflet is left in peace for so long, milliseconds; then the next set comes all the same. */
const LONGEST_READING_MS = 60_000;
/** The server has called a release back: there is a reason, and 30 s to do it in. */
const LONGEST_READING_ON_WAY_BACK_MS = 15_000;

export interface SwitchQuestion {
  readonly screen: ContentReport['screen'];
  /** How long the set has been ready, milliseconds. */
  readonly readyForMs: number;
  /** Whether the set is the one that was shown before. */
  readonly isWayBack: boolean;
  /** Whether it brings an emergency that is not shown yet. */
  readonly isEmergency: boolean;
}

/** Milliseconds until the set may be shown; 0: now. Forms are never touched by it: they show no leaflets. */
export function switchInMs({ screen, readyForMs, isWayBack, isEmergency }: SwitchQuestion): number {
  if (screen !== 'leaflets' || isEmergency) return 0;
  return Math.max(0, (isWayBack ? LONGEST_READING_ON_WAY_BACK_MS : LONGEST_READING_MS) - readyForMs);
}

const versionOf = ({ id, version }: ReleasedLeaflet) => `${id}/${version}`;

export function bringsEmergency(next: readonly ReleasedLeaflet[], shown: readonly ReleasedLeaflet[]): boolean {
  const here = new Set(shown.filter(({ priority }) => priority === 'emergency').map(versionOf));
  return next.some((leaflet) => leaflet.priority === 'emergency' && !here.has(versionOf(leaflet)));
}
