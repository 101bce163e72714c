import type { AppEvent, SystemEvent, VoipEvent } from '../events/event';
import type { Delivery } from './delivery';
import { deviceDrafts } from './deviceDrafts';
import { assign, type Draft, newDraft, startOf } from './draft';
import { assignAnswers, joinSends } from './joinSends';
import { ownLogsOf } from './ownLogs';

/** Joins events into deliveries, in order of their start. Any order of the events gives the same deliveries. */
export function correlate(events: readonly VoipEvent[]): Delivery[] {
  const sends: Draft[] = [];
  const answers: NonNullable<Draft['answer']>[] = [];
  const device: (SystemEvent | AppEvent)[] = [];
  for (const event of events) {
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
  }
  sends.sort((one, other) => startOf(one) - startOf(other));
  assignAnswers(sends, answers);
  device.sort((one, other) => one.at - other.at);
  const drafts = joinSends(sends, deviceDrafts(device), ownLogsOf(events)).sort(
    (one, other) => startOf(one) - startOf(other),
  );
  return withIds(drafts);
}

/** An id that does not change when later events join: from the sending, else from the first thing the device said. */
function withIds(drafts: readonly Draft[]): Delivery[] {
  const used = new Map<string, number>();
  return drafts.map((draft) => {
    const first = draft.joins[0]?.event;
    const base = draft.sent?.sendId ?? `${first?.source}@${first?.at}`;
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    return { ...draft, id: count === 0 ? base : `${base}#${count}` };
  });
}
