import { assertNever } from '../src/core/assertNever';
import type { TimelineCommand } from '../src/protocol';
import { reduceMessage } from './messageReducer';
import {
  type Action,
  deliveryToSendAgain,
  type Step,
  selectDelivery,
  type TimelineView,
  withDeliveries,
} from './state';

/** The timeline's whole behavior: state and action in, state and effects out. */
export function reduce(view: TimelineView, action: Action): Step {
  switch (action.type) {
    case 'message':
      return reduceMessage(view, action.message);
    case 'select':
      return selectByHand(view, action.deliveryId);
    case 'list':
      return { view: withDeliveries(view, view.deliveries, { ...view.listing, ...action.listing }), effects: [] };
    case 'follow':
      return { view: { ...view, follow: action.on }, effects: [] };
    case 'command':
      return runCommand(view, action.command);
    default:
      return assertNever(action);
  }
}

/** Whoever picks a delivery wants to read it: following pauses, so that the next arrival does not take it away. */
function selectByHand(view: TimelineView, deliveryId: string): Step {
  if (!view.deliveries.has(deliveryId) || deliveryId === view.selectedId) return { view, effects: [] };
  const step = selectDelivery({ ...view, follow: false }, deliveryId);
  return { ...step, effects: [...step.effects, { type: 'reveal', deliveryId }] };
}

/** Whoever sends wants to see what comes of it: following resumes. */
function runCommand(view: TimelineView, command: TimelineCommand): Step {
  if (command === 'sendAgain') {
    const delivery = deliveryToSendAgain(view);
    if (delivery === undefined) return { view, effects: [] };
    const message = { type: 'command', command, deliveryId: delivery.id } as const;
    return { view: { ...view, follow: true }, effects: [{ type: 'post', message }] };
  }
  return {
    view: command === 'send' ? { ...view, follow: true } : view,
    effects: [{ type: 'post', message: { type: 'command', command } }],
  };
}
