import { assertNever } from '../src/core/assertNever';
import type { DeliverySummary } from '../src/core/timeline/deliveryView';
import type { ToTimeline } from '../src/protocol';
import { withChanges } from './deliveryTable';
import { isFlagged, relistDeliveries } from './listing';
import { deselect, type Effect, type Step, selectDelivery, type TimelineView, withDeliveries } from './state';

/** What a message of the extension does to the view. Replies to a request that is not the latest are dropped. */
export function reduceMessage(view: TimelineView, message: ToTimeline): Step {
  switch (message.type) {
    case 'snapshot':
      return takeSnapshot(view, message);
    case 'more':
      return takeMore(view, message);
    case 'state':
      return { view: { ...view, host: message.state }, effects: [] };
    case 'changed':
      return applyChanges(view, message.upserted, message.removed);
    case 'select':
      return takeSelection(view, message.deliveryId, message.follow);
    case 'detail':
      return takeDetail(view, message);
    default:
      return assertNever(message);
  }
}

type Message<T extends ToTimeline['type']> = Extract<ToTimeline, { readonly type: T }>;

function takeSnapshot(view: TimelineView, message: Message<'snapshot'>): Step {
  const deliveries = new Map(message.deliveries.map((delivery) => [delivery.id, delivery]));
  const next = withDeliveries({ ...view, host: message.state, arriving: [] }, deliveries);
  if (message.select !== undefined && deliveries.has(message.select)) {
    return takeSelection(next, message.select, message.follow);
  }
  return message.hasMore ? selectIfKnown(next) : selectKnown(next);
}

/** Shown whenever as many have arrived as there are already: drawing them all each time would take ever longer. */
function takeMore(view: TimelineView, message: Message<'more'>): Step {
  const arriving = [...view.arriving, ...message.deliveries];
  if (!message.isLast && arriving.length < view.deliveries.size) return { view: { ...view, arriving }, effects: [] };
  const next = withDeliveries({ ...view, arriving: [] }, withChanges(view.deliveries, arriving));
  return message.isLast ? selectKnown(next) : selectIfKnown(next);
}

/** The delivery that was selected, else the first. */
function selectKnown(view: TimelineView): Step {
  if (view.selectedId !== undefined && view.deliveries.has(view.selectedId)) return selectIfKnown(view);
  const first = view.rows[0];
  return first ? selectDelivery(view, first.id) : { view: deselect(view), effects: [] };
}

/** The delivery that was selected may be still to come. */
function selectIfKnown(view: TimelineView): Step {
  const { selectedId } = view;
  if (selectedId === undefined || !view.deliveries.has(selectedId)) return { view, effects: [] };
  return selectDelivery(view, selectedId);
}

function applyChanges(view: TimelineView, upserted: readonly DeliverySummary[], removed: readonly string[]): Step {
  const deliveries = withChanges(view.deliveries, upserted, removed);
  const next = { ...view, deliveries, rows: relistDeliveries(view.rows, view.listing, upserted, removed) };
  const step = keepSelection(next, view, upserted);
  return { view: step.view, effects: [...step.effects, ...announceFlagged(view, upserted)] };
}

/** Follows the newest arrival, else keeps the selected delivery up to date, else forgets a removed one. */
function keepSelection(next: TimelineView, before: TimelineView, upserted: readonly DeliverySummary[]): Step {
  const arrived = before.follow ? newestOf(upserted.filter(({ id }) => !before.deliveries.has(id))) : undefined;
  if (arrived && (next.selectedId === undefined || arrived.at >= (next.deliveries.get(next.selectedId)?.at ?? 0))) {
    const step = selectDelivery(next, arrived.id);
    return { ...step, effects: [...step.effects, { type: 'reveal', deliveryId: arrived.id }] };
  }
  const { selectedId } = next;
  if (selectedId === undefined) return { view: next, effects: [] };
  if (!next.deliveries.has(selectedId)) return { view: deselect(next), effects: [] };
  if (upserted.some(({ id }) => id === selectedId)) return selectDelivery(next, selectedId);
  return { view: next, effects: [] };
}

function newestOf(deliveries: readonly DeliverySummary[]): DeliverySummary | undefined {
  return deliveries.reduce<DeliverySummary | undefined>((a, b) => (a === undefined || b.at >= a.at ? b : a), undefined);
}

function announceFlagged(before: TimelineView, upserted: readonly DeliverySummary[]): readonly Effect[] {
  const flagged = upserted.filter((delivery) => {
    const known = before.deliveries.get(delivery.id);
    return isFlagged(delivery) && !(known && isFlagged(known));
  });
  const [first] = flagged;
  if (first === undefined) return [];
  const text =
    flagged.length === 1 ? `Delivery flagged: ${first.title}, ${first.app}` : `${flagged.length} deliveries flagged`;
  return [{ type: 'announce', text }];
}

/**
 * A tree item, a notification or a sending asked for it; a filter that hides it is lifted, or the request would seem to
 * do nothing. Only a sending leaves it as it is whether the timeline follows.
 */
function takeSelection(view: TimelineView, deliveryId: string, follow = false): Step {
  if (!view.deliveries.has(deliveryId)) return { view, effects: [] };
  const isListed = view.rows.some(({ id }) => id === deliveryId);
  const listed = isListed
    ? view
    : withDeliveries(view, view.deliveries, { ...view.listing, filter: '', flaggedOnly: false });
  const step = selectDelivery({ ...listed, follow: follow && view.follow }, deliveryId);
  return { ...step, effects: [...step.effects, { type: 'reveal', deliveryId }] };
}

function takeDetail(view: TimelineView, message: Message<'detail'>): Step {
  const { requestId, reply } = message;
  if (view.detail.kind === 'none' || view.detail.requestId !== requestId) return { view, effects: [] };
  const { deliveryId } = view.detail;
  const detail = reply.ok
    ? ({ kind: 'shown', requestId, deliveryId, detail: reply.detail } as const)
    : ({ kind: 'failed', requestId, deliveryId, error: reply.error } as const);
  return { view: { ...view, detail }, effects: [] };
}
