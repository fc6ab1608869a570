import { edgeBelow, edgeToShow, fillingRow, type Listing, roomAfter } from './row-edges.ts';

/** Rows, and titles between them. */
const EDGED = 'li, h2';
/** Left free under a row that is brought into view, in parts of the root's type size: there the list fades. */
const MARGIN_REM = 2.5;

/** Its first child holds the rows; its last one is the room after them. */
function listingOf(view: Element): Listing {
  const content = view.firstElementChild?.getBoundingClientRect();
  const start = content?.top ?? 0;
  return {
    // A row's own line above it is not needed where nothing stands above.
    edges: [0, ...[...view.querySelectorAll(EDGED)].map((row) => innerTop(row) - start)],
    content: content?.height ?? 0,
    height: view.clientHeight,
    top: view.scrollTop,
  };
}

function innerTop(row: Element): number {
  return row.getBoundingClientRect().top + row.clientTop;
}

/** Leaves so much room after the last row that the end of the list, too, is the upper edge of a row. */
export function fitRoomAfter(view: Element): void {
  const room = view.lastElementChild;
  if (room instanceof HTMLElement) room.style.height = `${roomAfter(listingOf(view))}px`;
}

/** Makes the rows of a list of tiles so high that whole ones fill the view. */
export function fillWithRows(view: Element): void {
  const tiles = view.querySelector('ul');
  if (tiles === null) return;
  tiles.style.gridAutoRows = '';
  const { height, content } = listingOf(view);
  const gap = Number.parseFloat(getComputedStyle(tiles).rowGap);
  // Tiles side by side are one row.
  const rows = new Map(
    [...tiles.children].map((tile) => tile.getBoundingClientRect()).map((box) => [box.top, box.height]),
  );
  const row = fillingRow({ height, content, heights: [...rows.values()], gap });
  if (row !== null) tiles.style.gridAutoRows = `minmax(${row}px, auto)`;
}

/** Scrolls the view around this row so that it is seen, under whole rows only. */
export function showRow(view: Element, row: Element): void {
  fitRoomAfter(view);
  const listing = listingOf(view);
  const start = view.getBoundingClientRect().top - view.scrollTop;
  const extent = { top: innerTop(row) - start, bottom: row.getBoundingClientRect().bottom - start };
  const margin = MARGIN_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  view.scrollTop = edgeToShow(listing, extent, margin);
}

/** Scrolls on, smoothly, to rows that were not seen yet. */
export function scrollOn(view: Element): void {
  view.scrollTo({ top: edgeBelow(listingOf(view)), behavior: 'smooth' });
}
