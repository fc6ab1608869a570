import { compareText } from '../compare-text.ts';
import type { KeyedItem } from './merged.ts';

/** An item in stock at a station that is not its home. */
export interface AwayItem {
  readonly item: string;
  readonly type: string | null;
  readonly at: string;
  readonly home: string;
}

/** Items away from home, until they are moved back: by the station they are at, then by key. */
export function awayFromHome(items: readonly KeyedItem[]): readonly AwayItem[] {
  return items
    .flatMap(({ key, state: { status, station, home, type } }) =>
      (status === 'in-stock' || status === 'set-aside' || status === 'damaged') &&
      station !== null &&
      home !== null &&
      station !== home
        ? [{ item: key, type, at: station, home }]
        : [],
    )
    .sort((a, b) => compareText(a.at, b.at) || compareText(a.item, b.item));
}

/** What a guard carries from one station to another. */
export interface Carry {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** Keys of the items. */
  readonly items: readonly string[];
}

/** Target counts by station's code, then by type's key. A station that has none of a type neither gives nor wants it. */
export type Targets = ReadonlyMap<string, Readonly<Record<string, number>>>;

interface Place {
  readonly station: string;
  readonly target: number;
  /** In stock and free to go. */
  readonly here: string[];
  /** On their way here. */
  coming: number;
}

function needOf({ target, here, coming }: Place): number {
  return target - here.length - coming;
}

/** The station with most of what is asked for; between equals the first by code. */
function most(places: readonly Place[], of: (place: Place) => number): Place | undefined {
  return places.filter((place) => of(place) > 0).sort((a, b) => of(b) - of(a) || compareText(a.station, b.station))[0];
}

function carriesOf(type: string, places: readonly Place[], homeOf: (item: string) => string | null): Carry[] {
  const carries = new Map<string, { from: string; to: string; items: string[] }>();
  for (;;) {
    const to = most(places, needOf);
    const from = most(places, (place) => -needOf(place) - place.coming);
    if (to === undefined || from === undefined) break;
    // Who is at home where something is wanted goes home.
    const goingHome = from.here.findIndex((item) => homeOf(item) === to.station);
    const [item = ''] = from.here.splice(Math.max(0, goingHome), 1);
    to.coming += 1;
    const path = `${from.station} ${to.station}`;
    const carry = carries.get(path) ?? { from: from.station, to: to.station, items: [] };
    carry.items.push(item);
    carries.set(path, carry);
  }
  return [...carries.entries()]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { from, to, items }]) => ({ type, from, to, items: items.sort(compareText) }));
}

/**
 * What to carry where, so that each station comes as near to its target counts as the stock allows. What is on its way
 * already counts where it goes; what is on loan counts nowhere, since it may come back anywhere.
 */
export function transferList(items: readonly KeyedItem[], targets: Targets): readonly Carry[] {
  const sorted = items.toSorted((a, b) => compareText(a.key, b.key));
  const homes = new Map(sorted.map(({ key, state }) => [key, state.home]));
  const types = new Set([...targets.values()].flatMap((byType) => Object.keys(byType)));
  return [...types].sort(compareText).flatMap((type) => {
    const ofType = sorted.filter(({ state }) => state.type === type);
    const places = [...targets]
      .filter(([, byType]) => Object.hasOwn(byType, type))
      .map(([station, byType]): Place => ({
        station,
        target: byType[type] ?? 0,
        here: ofType
          .filter(({ state }) => state.status === 'in-stock' && state.station === station)
          .map(({ key }) => key),
        coming: ofType.filter(({ state }) => state.transfer?.to === station).length,
      }));
    return carriesOf(type, places, (item) => homes.get(item) ?? null);
  });
}
