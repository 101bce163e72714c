import type { DeliveryDetail, DeliverySummary } from '../src/core/timeline/deliveryView';
import type { FromTimeline, TimelineCommand, TimelineState, ToTimeline } from '../src/protocol';
import type { DeliveryTable } from './deliveryTable';
import { type Listing, listDeliveries } from './listing';
import type { SavedState } from './savedState';

/** What is known of the selected delivery. `requestId` is the latest request: replies to older ones are stale. */
export type DetailState =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly requestId: number; readonly deliveryId: string }
  | { readonly kind: 'shown'; readonly requestId: number; readonly deliveryId: string; readonly detail: DeliveryDetail }
  | { readonly kind: 'failed'; readonly requestId: number; readonly deliveryId: string; readonly error: string };

/** Everything the timeline draws from. The host owns the deliveries; the rest is the view's own. */
export interface TimelineView {
  /** Missing until the first snapshot. */
  readonly host: TimelineState | undefined;
  readonly deliveries: DeliveryTable;
  /** Came, and are not among `deliveries` yet. */
  readonly arriving: readonly DeliverySummary[];
  readonly listing: Listing;
  /** The deliveries that the listing shows, in order. */
  readonly rows: readonly DeliverySummary[];
  /** New deliveries are selected as they arrive. */
  readonly follow: boolean;
  readonly selectedId: string | undefined;
  readonly detail: DetailState;
  readonly lastRequestId: number;
}

/** What happened: a message of the extension, or something the user did. */
export type Action =
  | { readonly type: 'message'; readonly message: ToTimeline }
  | { readonly type: 'select'; readonly deliveryId: string }
  | { readonly type: 'list'; readonly listing: Partial<Listing> }
  | { readonly type: 'follow'; readonly on: boolean }
  | { readonly type: 'command'; readonly command: TimelineCommand };

/** What is to be done outside of the state. */
export type Effect =
  | { readonly type: 'post'; readonly message: FromTimeline }
  /** Said politely to screen readers. */
  | { readonly type: 'announce'; readonly text: string }
  /** Brought into view in the list. */
  | { readonly type: 'reveal'; readonly deliveryId: string };

/** The next state and what to do about it. */
export interface Step {
  readonly view: TimelineView;
  readonly effects: readonly Effect[];
}

/** The state before the first snapshot. */
export function initialView(saved: SavedState): TimelineView {
  const { order, filter, flaggedOnly, follow, selectedId } = saved;
  return {
    host: undefined,
    deliveries: new Map(),
    arriving: [],
    listing: { order, filter, flaggedOnly },
    rows: [],
    follow,
    selectedId,
    detail: { kind: 'none' },
    lastRequestId: 0,
  };
}

/** The deliveries of the view replaced, and the rows that follow from them. */
export function withDeliveries(view: TimelineView, deliveries: DeliveryTable, listing = view.listing): TimelineView {
  return { ...view, deliveries, listing, rows: listDeliveries(deliveries, listing) };
}

/** Selects a delivery and asks for its detail; what is shown stays until the reply when it is the same delivery. */
export function selectDelivery(view: TimelineView, deliveryId: string): Step {
  const requestId = view.lastRequestId + 1;
  const detail: DetailState =
    view.detail.kind === 'shown' && view.detail.deliveryId === deliveryId
      ? { ...view.detail, requestId }
      : { kind: 'loading', requestId, deliveryId };
  return {
    view: { ...view, selectedId: deliveryId, detail, lastRequestId: requestId },
    effects: [{ type: 'post', message: { type: 'requestDetail', requestId, deliveryId } }],
  };
}

/** Nothing selected. */
export function deselect(view: TimelineView): TimelineView {
  return { ...view, selectedId: undefined, detail: { kind: 'none' } };
}

/** The delivery that Again sends: the selected one, else the newest that was sent from here. */
export function deliveryToSendAgain(view: TimelineView): DeliverySummary | undefined {
  const selected = view.selectedId === undefined ? undefined : view.deliveries.get(view.selectedId);
  if (selected?.canSendAgain) return selected;
  const known = newestSent.get(view.deliveries);
  if (known !== undefined) return known.delivery;
  let newest: DeliverySummary | undefined;
  for (const delivery of view.deliveries.values()) {
    if (delivery.canSendAgain && (newest === undefined || delivery.at >= newest.at)) newest = delivery;
  }
  newestSent.set(view.deliveries, { delivery: newest });
  return newest;
}

/** Asked for each time the toolbar is drawn, with every step of a scroll: a long table is gone through once. */
const newestSent = new WeakMap<DeliveryTable, { readonly delivery: DeliverySummary | undefined }>();
