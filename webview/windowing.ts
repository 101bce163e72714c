/** A list of rows of one height in a scrolled viewport; all lengths in CSS pixels. */
export interface ListGeometry {
  readonly rowCount: number;
  readonly rowHeight: number;
  readonly viewportHeight: number;
  readonly scrollTop: number;
}

/** The rows to draw, `last` exclusive, and where the first of them stands in the scrolled content. */
export interface RowWindow {
  readonly first: number;
  readonly last: number;
  readonly top: number;
}

/** Browsers cap an element at 16.7 million device pixels: half of that at a device pixel ratio of 2, with room to spare. */
export const TALLEST_SPACER_PX = 8_000_000;

/** Rows drawn above and below what is seen, so that a fast scroll shows no holes. */
const OVERSCAN_ROWS = 6;

/** Height of the scrolled content. Beyond the cap the scrollbar stands for more rows than it has pixels. */
export function spacerHeight({ rowCount, rowHeight }: ListGeometry): number {
  return Math.min(rowCount * rowHeight, TALLEST_SPACER_PX);
}

/** The rows that are seen, and a few more. */
export function rowWindow(list: ListGeometry): RowWindow {
  const top = contentTop(list);
  const first = Math.max(Math.floor(top / list.rowHeight) - OVERSCAN_ROWS, 0);
  const last = Math.min(Math.ceil((top + list.viewportHeight) / list.rowHeight) + OVERSCAN_ROWS, list.rowCount);
  return { first: Math.min(first, last), last, top: first * list.rowHeight - top + list.scrollTop };
}

/** The scroll position that shows a row, as near to the present one as can be. */
export function scrollTopToReveal(list: ListGeometry, index: number): number {
  const top = contentTop(list);
  const rowTop = index * list.rowHeight;
  if (rowTop < top) return toScrollTop(list, rowTop);
  const rowBottom = rowTop + list.rowHeight;
  return rowBottom > top + list.viewportHeight ? toScrollTop(list, rowBottom - list.viewportHeight) : list.scrollTop;
}

/** How many rows a page is. */
export function rowsPerPage({ viewportHeight, rowHeight }: ListGeometry): number {
  return Math.max(Math.floor(viewportHeight / rowHeight) - 1, 1);
}

/** Where in the unscaled list the viewport begins. */
export function contentTop(list: ListGeometry): number {
  return Math.min(Math.max(list.scrollTop, 0), scrollRange(list)) * scaleOf(list);
}

/** The scroll position at which the viewport begins at `top` of the unscaled list. */
export function toScrollTop(list: ListGeometry, top: number): number {
  return top / scaleOf(list);
}

function scrollRange(list: ListGeometry): number {
  return Math.max(spacerHeight(list) - list.viewportHeight, 0);
}

function scaleOf(list: ListGeometry): number {
  const range = scrollRange(list);
  return range === 0 ? 1 : (list.rowCount * list.rowHeight - list.viewportHeight) / range;
}
