import type { AppEvent, SystemEvent, VoipEvent } from '../events/event';
import { inDeliverySlices, inSlices, sortInSlices } from '../slices';
import type { Delivery } from './delivery';
import { deviceDrafts } from './deviceDrafts';
import { assign, type Draft, newDraft, startOf } from './draft';
import { assignAnswers, joinSends } from './joinSends';
import type { OwnLogs } from './ownLogs';

/**
 * Joins events into deliveries, in order of their start. Any order of the events gives the same deliveries. Yields after
 * each slice of the work.
 */
export function* correlateSteps(events: readonly VoipEvent[], ownLogs: OwnLogs): Generator<void, readonly Delivery[]> {
  const sends: Draft[] = [];
  const answers: NonNullable<Draft['answer']>[] = [];
  const device: (SystemEvent | AppEvent)[] = [];
  yield* inSlices(events, (event) => {
    switch (event.kind) {
      case 'push.sent': {
        const draft = newDraft();
        assign(draft, 'sent', event, 'send-id');
        sends.push(draft);
        break;
      }
      case 'push.accepted':
      case 'push.rejected':
      case 'push.failed':
        answers.push(event);
        break;
      case 'push.token':
      case 'app.installed':
      case 'source.started':
      case 'source.gap':
      case 'source.ended':
      case 'crash.saved':
        break;
      default:
        device.push(event);
    }
  });
  const sendsInOrder = yield* sortInSlices(sends, startOf);
  yield* assignAnswers(sendsInOrder, answers);
  const told = yield* deviceDrafts(yield* sortInSlices(device, ({ at }) => at));
  const drafts = yield* joinSends(sendsInOrder, told, ownLogs);
  return yield* withIds(yield* sortInSlices(drafts, startOf));
}

/** An id that does not change when later events join: from the sending, else from the first thing the device said. */
function* withIds(drafts: readonly Draft[]): Generator<void, Delivery[]> {
  const used = new Map<string, number>();
  const deliveries: Delivery[] = [];
  yield* inDeliverySlices(drafts, (draft) => {
    const first = draft.joins[0]?.event;
    const base = draft.sent?.sendId ?? `${first?.source}@${first?.at}`;
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    deliveries.push({ ...draft, id: count === 0 ? base : `${base}#${count}` });
  });
  return deliveries;
}
