import type { DockWorld } from '#shared/contract/dock.ts';

type Item = DockWorld['items'][number];
type Resident = DockWorld['residents'][number];

function matches(search: string, texts: readonly string[]): boolean {
  const haystack = texts.join(' ').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

/** Items that hold every word of `search` in label, type, note or home, in either language; those at home here first. */
export function findItems(items: readonly Item[], search: string, station: string): Item[] {
  const found = items.filter((item) =>
    matches(search.trim(), [
      item.label,
      item.home,
      item.typeName.zh,
      item.typeName.en,
      item.note?.zh ?? '',
      item.note?.en ?? '',
    ]),
  );
  return [...found.filter((item) => item.home === station), ...found.filter((item) => item.home !== station)];
}

/** The first item of each type whose home is `station`, in the order of `items`. */
export function firstOfEachType(items: readonly Item[], station: string): Item[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    if (item.home !== station || seen.has(item.typeName.zh)) return false;
    seen.add(item.typeName.zh);
    return true;
  });
}

/** Residents with their index, those that hold every word of `search`; `gardens` are the names of what is near, first. */
export function findResidents(
  residents: readonly Resident[],
  search: string,
  gardens: readonly string[],
): { readonly index: number; readonly resident: Resident }[] {
  const found = residents
    .map((resident, index) => ({ index, resident }))
    .filter(({ resident }) => matches(search.trim(), [resident.name, resident.garden.zh, resident.garden.en]));
  const near = (entry: (typeof found)[number]) => gardens.includes(entry.resident.garden.zh);
  return [...found.filter(near), ...found.filter((entry) => !near(entry))];
}
