import type { AppEvent, CallReportedEvent, CallReportingEvent, PushReceivedEvent, SystemEvent } from '../events/event';
import { SMALLEST_STEP } from '../events/hostPacedClock';
import { inDeliverySlices, inSlices } from '../slices';
import type { JoinedBy } from './delivery';
import { assign, type Draft } from './draft';
import type { SortedEvents } from './sortedEvents';

type DeviceEvent = SystemEvent | AppEvent;
type Report = CallReportingEvent | CallReportedEvent;

/**
 * Joins the reports of saved logs that stand after their push in the log, with a time before it: the device's clock was set
 * back in between. Gives what still belongs to no delivery.
 */
export function* joinAfterSetBack(
  { device, readings }: Pick<SortedEvents, 'device' | 'readings'>,
  drafts: readonly Draft[],
  unjoined: readonly DeviceEvent[],
): Generator<void, readonly DeviceEvent[]> {
  const alone = new Set<DeviceEvent>(unjoined.filter((event) => isReport(event) && event.arrivedAt === undefined));
  if (alone.size === 0) return unjoined;
  const draftOf = new Map<PushReceivedEvent, Draft>();
  yield* inDeliverySlices(drafts, (draft) => {
    if (draft.received !== undefined) draftOf.set(draft.received, draft);
  });
  const receiptsOf = new Map<string, LatestReceipts>();
  let index = 0;
  let next = 0;
  yield* inSlices(device, (event) => {
    // Maybe another file of that name begins.
    for (let reading = readings[next]; reading !== undefined && reading.from <= index; reading = readings[next]) {
      receiptsOf.set(reading.source, createLatestReceipts());
      next += 1;
    }
    index += 1;
    const receipts = receiptsOf.get(event.source);
    if (event.kind === 'push.received') receipts?.note(event);
    if (!isReport(event) || !alone.has(event)) return;
    const found = receipts?.of(event);
    const draft = found === undefined ? undefined : draftOf.get(found.receipt);
    if (found === undefined || draft === undefined || found.receipt.at - event.at <= SMALLEST_STEP) return;
    if (joinReport(draft, event, found.by)) alone.delete(event);
  });
  return unjoined.filter((event) => !isReport(event) || event.arrivedAt !== undefined || alone.has(event));
}

function isReport(event: DeviceEvent): event is Report {
  return event.kind === 'call.reporting' || event.kind === 'call.reported';
}

function joinReport(draft: Draft, report: Report, by: JoinedBy): boolean {
  if (report.kind === 'call.reporting' && draft.reporting === undefined) assign(draft, 'reporting', report, by);
  else if (report.kind === 'call.reported' && draft.reported === undefined) assign(draft, 'reported', report, by);
  else return false;
  return true;
}

/** The latest receipts that each process told of so far, in one log. */
interface LatestReceipts {
  note(receipt: PushReceivedEvent): void;
  /** The one that has an id of the report; else the very latest, unless it has another. */
  of(report: Report): { readonly receipt: PushReceivedEvent; readonly by: JoinedBy } | undefined;
}

function createLatestReceipts(): LatestReceipts {
  const receipts = new Map<string, PushReceivedEvent>();
  const keyOf = ({ pid, process }: AppEvent, id: string): string => `${pid ?? process ?? ''}\n${id}`;
  const pushKey = (event: PushReceivedEvent | Report): string => keyOf(event, `push ${event.pushId ?? ''}`);
  const callKey = (event: PushReceivedEvent | Report): string => keyOf(event, `call ${event.callId ?? ''}`);
  return {
    note(receipt) {
      for (const key of [keyOf(receipt, ''), pushKey(receipt), callKey(receipt)]) receipts.set(key, receipt);
    },
    of(report) {
      const byPush = report.pushId === undefined ? undefined : receipts.get(pushKey(report));
      if (byPush !== undefined) return { receipt: byPush, by: 'push-id' };
      const byCall = report.callId === undefined ? undefined : receipts.get(callKey(report));
      if (byCall !== undefined) return { receipt: byCall, by: 'call-id' };
      const latest = receipts.get(keyOf(report, ''));
      return latest === undefined || contradicts(latest, report)
        ? undefined
        : { receipt: latest, by: 'process-and-order' };
    },
  };
}

function contradicts(receipt: PushReceivedEvent, report: Report): boolean {
  const differ = (one: string | undefined, other: string | undefined): boolean =>
    one !== undefined && other !== undefined && one !== other;
  return differ(receipt.pushId, report.pushId) || differ(receipt.callId, report.callId);
}
