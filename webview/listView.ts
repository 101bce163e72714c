import type { DeliverySummary } from '../src/core/timeline/deliveryView';
import { createAxisView } from './axisView';
import { html } from './dom';
import type { Listing } from './listing';
import { createHatch } from './rowChart';
import { latestOffset } from './rowLayout';
import { createRowView, type RowView, rowElementId } from './rowView';
import { createTimeScale, rangeEnd, type TimeScale } from './timeScale';
import {
  contentTop,
  type ListGeometry,
  type RowWindow,
  rowsPerPage,
  rowWindow,
  scrollTopToReveal,
  spacerHeight,
  toScrollTop,
} from './windowing';

/** The list of deliveries: a listbox of which only the rows in sight are elements. */
export interface ListView {
  readonly element: HTMLElement;
  /** The scrolled listbox, which has the focus. */
  readonly listbox: HTMLElement;
  /** `listing` tells a change of order or filter, after which the list begins at its top, from deliveries that come and go. */
  show(rows: readonly DeliverySummary[], selectedId: string | undefined, listing: Listing): void;
  /** Scrolls as little as shows the delivery. */
  reveal(deliveryId: string): void;
  scrollTo(scrollTop: number): void;
  /** How many rows Page Down moves. */
  page(): number;
}

/** Height of a row in CSS pixels, as in `list.css`. */
const ROW_HEIGHT_PX = 44;

/** The listeners of the list. */
export interface ListListeners {
  readonly onSelect: (deliveryId: string) => void;
  readonly onScroll: (scrollTop: number) => void;
}

/** An empty list. */
export function createListView({ onSelect, onScroll }: ListListeners): ListView {
  const axis = createAxisView();
  const spacer = html('div', 'spacer');
  spacer.role = 'presentation';
  const listbox = html('div', 'listbox', spacer);
  listbox.role = 'listbox';
  listbox.tabIndex = 0;
  listbox.ariaLabel = 'Deliveries';
  const element = html('div', 'list', axis.element, listbox, createHatch());
  const pool: RowView[] = [];
  let rows: readonly DeliverySummary[] = [];
  let selectedId: string | undefined;
  let listing: Listing | undefined;
  let end = rangeEnd(0);
  let scale: TimeScale = createTimeScale(end, 0);

  const geometry = (): ListGeometry => ({
    rowCount: rows.length,
    rowHeight: ROW_HEIGHT_PX,
    viewportHeight: listbox.clientHeight,
    scrollTop: listbox.scrollTop,
  });

  /** A new scale redraws every chart, so it is made only when something about it changed. */
  function updateScale(): void {
    axis.element.style.setProperty('width', `${listbox.clientWidth}px`);
    const width = axis.cell.clientWidth;
    if (scale.end === end && scale.widthPx === width) return;
    scale = createTimeScale(end, width);
    axis.show(scale);
  }

  function draw(): void {
    const list = geometry();
    spacer.style.setProperty('height', `${spacerHeight(list)}px`);
    const window = rowWindow(list);
    growPool(pool, window.last - window.first, spacer);
    drawRows(window);
    const drawnIndex = rows.slice(window.first, window.last).findIndex(({ id }) => id === selectedId);
    if (drawnIndex >= 0) listbox.setAttribute('aria-activedescendant', rowElementId(window.first + drawnIndex));
    else listbox.removeAttribute('aria-activedescendant');
  }

  function drawRows({ first, last, top }: RowWindow): void {
    const unused = new Set(pool);
    for (let index = first; index < last; index++) {
      const row = rows[index];
      const place = { index, rowCount: rows.length, top: top + (index - first) * ROW_HEIGHT_PX };
      // By remainder, a row that stays in sight keeps its element while the list scrolls.
      const rowView = pool[index % pool.length];
      if (row === undefined || rowView === undefined) continue;
      rowView.show(row, scale, { ...place, isSelected: row.id === selectedId });
      unused.delete(rowView);
    }
    for (const rowView of pool) rowView.element.hidden = unused.has(rowView);
  }

  listbox.addEventListener('scroll', () => {
    draw();
    onScroll(listbox.scrollTop);
  });
  listbox.addEventListener('mousedown', (event) => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('.row') : null;
    const deliveryId = row?.dataset['deliveryId'];
    if (event.button === 0 && deliveryId !== undefined) onSelect(deliveryId);
  });
  new ResizeObserver(() => {
    updateScale();
    draw();
  }).observe(listbox);

  return {
    element,
    listbox,
    show(nextRows, nextSelectedId, nextListing) {
      const anchored = nextListing === listing ? scrollTopAfter(geometry(), rows, nextRows) : 0;
      listing = nextListing;
      if (rows !== nextRows) end = rangeEnd(nextRows.reduce((latest, row) => Math.max(latest, latestOffset(row)), 0));
      rows = nextRows;
      selectedId = nextSelectedId;
      spacer.style.setProperty('height', `${spacerHeight(geometry())}px`);
      if (anchored !== undefined) listbox.scrollTop = anchored;
      updateScale();
      draw();
    },
    reveal(deliveryId) {
      const index = rows.findIndex(({ id }) => id === deliveryId);
      if (index >= 0) listbox.scrollTop = scrollTopToReveal(geometry(), index);
      draw();
    },
    scrollTo(scrollTop) {
      listbox.scrollTop = scrollTop;
      draw();
    },
    page: () => rowsPerPage(geometry()),
  };
}

/** What was at the top of the viewport stays there when rows come or go above it; a list at its top stays at its top. */
function scrollTopAfter(
  list: ListGeometry,
  before: readonly DeliverySummary[],
  after: readonly DeliverySummary[],
): number | undefined {
  const top = contentTop(list);
  const index = Math.floor(top / list.rowHeight);
  const anchor = before[index];
  if (after === before || list.scrollTop === 0 || anchor === undefined || after[index]?.id === anchor.id)
    return undefined;
  const nextIndex = after.findIndex(({ id }) => id === anchor.id);
  if (nextIndex < 0) return undefined;
  return toScrollTop({ ...list, rowCount: after.length }, top + (nextIndex - index) * list.rowHeight);
}

/** Makes the pool at least as large as the window. It never shrinks: a changed size would give every row another element. */
function growPool(pool: RowView[], size: number, spacer: HTMLElement): void {
  while (pool.length < size) {
    const rowView = createRowView();
    pool.push(rowView);
    spacer.append(rowView.element);
  }
}
