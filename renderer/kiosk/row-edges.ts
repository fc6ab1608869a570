/** Distances in CSS pixels from the top of a list's content. */
export interface Extent {
  readonly top: number;
  readonly bottom: number;
}

/** A list in its view; `edges` are the upper edges of its rows and titles, ascending, the first is 0. */
export interface Listing {
  readonly edges: readonly number[];
  /** Height of all rows. */
  readonly content: number;
  /** Height of what is seen of them. */
  readonly height: number;
  /** How far it is scrolled. */
  readonly top: number;
}

/** What is measured may differ from what is scrolled to by a part of a pixel. */
const ABOUT = 1;
/** One press scrolls by at most so much of the view, so that what was read last is still seen. */
const STEP = 0.75;

/** The edge to scroll to so that `row` is seen whole, with `margin` under it, and the row on top is not cut; moves least. */
export function edgeToShow({ edges, content, height, top }: Listing, row: Extent, margin: number): number {
  const least = Math.min(row.bottom + margin, content) - height;
  const fitting = edges.filter((edge) => edge >= least - ABOUT && edge <= row.top + ABOUT);
  const [nearest] = fitting.toSorted((a, b) => Math.abs(a - top) - Math.abs(b - top));
  return nearest ?? row.top;
}

/** The edge to which one press scrolls: so far that no row goes by unseen, and one row at least. */
export function edgeBelow({ edges, height, top }: Listing): number {
  const below = edges.filter((edge) => edge > top + ABOUT);
  return below.findLast((edge) => edge <= top + height * STEP) ?? below[0] ?? top;
}

/** The room to leave after the last row, so that a list scrolled to its end has a whole row on top, too. */
export function roomAfter({ edges, content, height }: Listing): number {
  const end = content - height;
  if (end <= ABOUT) return 0;
  const edge = edges.find((at) => at >= end - ABOUT);
  return edge === undefined ? 0 : Math.max(0, edge - end);
}

/** Rows with a gap between them, in a view. */
export interface Rows extends Pick<Listing, 'content' | 'height'> {
  readonly heights: readonly number[];
  readonly gap: number;
}

/** The height of rows of which as many as can be seen whole fill the view; null where all are seen, or not even one. */
export function fillingRow({ content, height, heights, gap }: Rows): number | null {
  if (content <= height + ABOUT) return null;
  const filling = heights.map((_, index) => (height + gap) / (index + 1) - gap);
  return filling.findLast((row, index) => row + ABOUT >= Math.max(...heights.slice(0, index + 1))) ?? null;
}
