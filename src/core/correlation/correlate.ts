import type { AppEvent, PushSentEvent, SystemEvent, VoipEvent } from '../events/event';
import { inDeliverySlices, inSlices, sortInSlices } from '../slices';
import type { Delivery } from './delivery';
import { deviceDrafts, type SystemLogs } from './deviceDrafts';
import { type Draft, startOf } from './draft';
import { joinAfterSetBack } from './joinAfterSetBack';
import { joinSends, sendDrafts } from './joinSends';
import type { OwnLogs } from './ownLogs';

/** What the events mean together. */
export interface Correlation {
  readonly deliveries: readonly Delivery[];
  /** What an app or the system said, and belongs to no delivery: a call report without a push, an end of the app. */
  readonly unjoined: readonly (SystemEvent | AppEvent)[];
}

/**
 * Joins events into deliveries, in order of their start. However logs are interleaved, they give the same deliveries; and
 * so does any order of lines, as long as no report stands after its push with a time before it. Yields after each slice of the work. `callIdPointers`: the user's own places of the call id in payloads.
 */
export function* correlateSteps(
  events: readonly VoipEvent[],
  ownLogs: OwnLogs,
  callIdPointers: readonly string[],
): Generator<void, Correlation> {
  const { sends, answers, device, systemLogs } = yield* sortOut(events);
  const unjoined: (SystemEvent | AppEvent)[] = [];
  const sendsInOrder = yield* sendDrafts(sends, answers, callIdPointers);
  const deviceInOrder = yield* sortInSlices(device, ({ at }) => at);
  const told = yield* deviceDrafts(deviceInOrder, systemLogs, (event) => unjoined.push(event));
  const alone = yield* joinAfterSetBack(events, told, unjoined);
  const drafts = yield* joinSends(sendsInOrder, told, ownLogs);
  return { deliveries: yield* withIds(yield* sortInSlices(drafts, startOf)), unjoined: alone };
}

interface SortedOut {
  readonly sends: readonly PushSentEvent[];
  readonly answers: readonly NonNullable<Draft['answer']>[];
  readonly device: readonly (SystemEvent | AppEvent)[];
  readonly systemLogs: SystemLogs;
}

function* sortOut(events: readonly VoipEvent[]): Generator<void, SortedOut> {
  const sends: PushSentEvent[] = [];
  const answers: NonNullable<Draft['answer']>[] = [];
  const device: (SystemEvent | AppEvent)[] = [];
  const systemLogs = new Set<string>();
  yield* inSlices(events, (event) => {
    switch (event.kind) {
      case 'push.sent':
        sends.push(event);
        break;
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
      case 'push.received':
      case 'call.reporting':
      case 'call.reported':
      case 'handler.returned':
      case 'handler.completed':
      case 'app.terminated':
        device.push(event);
        break;
      default:
        systemLogs.add(event.source);
        device.push(event);
    }
  });
  return { sends, answers, device, systemLogs };
}

/** An id that does not change when later events join: from the sending, else from the first thing the device said. */
function* withIds(drafts: readonly Draft[]): Generator<void, readonly Delivery[]> {
  const used = new Map<string, number>();
  yield* inDeliverySlices(drafts, (draft) => {
    const first = draft.joins[0]?.event;
    const base = draft.sent?.sendId ?? `${first?.source}@${first?.at}`;
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    draft.id = count === 0 ? base : `${base}#${count}`;
  });
  return drafts;
}
