import type { AppEvent, PushReceivedEvent } from '../events/event';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import { type Draft, newDraft } from './draft';

/** Longest time from the push's arrival on the device to the app's delegate method: a cold launch takes seconds. */
export const LAUNCH_WINDOW: Microseconds = 30 * MICROSECONDS_PER_SECOND;
/** Longest time after a receipt in which events without any id are still counted to it. */
export const ACTIVITY_WINDOW: Microseconds = 60 * MICROSECONDS_PER_SECOND;
/** Of each kind, only so many of the latest are looked at: a longer look back would make bursts quadratic. */
const MOST_LOOKED_AT = 200;

/**
 * The deliveries of a device's log so far, and those of them that the next line can still belong to, so that every line
 * looks at few however long the log is. Lines come in order of time.
 */
export interface OpenDrafts {
  readonly all: readonly Draft[];
  /** Starts a delivery. */
  open(): Draft;
  /** Those that were still on their way to the app not long before `at`, oldest first. */
  waitingAt(at: Microseconds): readonly Draft[];
  /** Those that began not long before `at`, oldest first. */
  recentAt(at: Microseconds): readonly Draft[];
  /** Notes that the delivery has its receipt. */
  noteReceipt(draft: Draft, received: PushReceivedEvent): void;
  /** Those that the process behind this event received, oldest first. */
  ofProcess(event: AppEvent): readonly Draft[];
}

/** No delivery yet. */
export function createOpenDrafts(): OpenDrafts {
  const all: Draft[] = [];
  const waiting: Draft[] = [];
  const recent: Draft[] = [];
  const logs = new Map<string, ReceiptsOfLog>();

  return {
    all,
    open() {
      const draft = newDraft();
      all.push(draft);
      waiting.push(draft);
      recent.push(draft);
      return draft;
    },
    waitingAt(at) {
      dropWhile(waiting, (draft) => !isWaiting(draft) || at - beganAt(draft) > LAUNCH_WINDOW);
      return waiting;
    },
    recentAt(at) {
      dropWhile(recent, (draft) => at - beganAt(draft) > LAUNCH_WINDOW + ACTIVITY_WINDOW);
      return recent;
    },
    noteReceipt(draft, received) {
      const index = waiting.indexOf(draft);
      if (index >= 0) waiting.splice(index, 1);
      const receipts = logs.get(received.source) ?? { byPid: new Map<number, Draft[]>(), byName: new Map() };
      logs.set(received.source, receipts);
      if (received.pid !== undefined) addTo(receipts.byPid, received.pid, draft);
      addTo(receipts.byName, received.process ?? '', draft);
    },
    ofProcess({ source, pid, process }) {
      const receipts = logs.get(source);
      const same = pid === undefined ? undefined : receipts?.byPid.get(pid);
      if (same !== undefined) return same;
      // Of receipts without a process id only the name tells.
      const ofName = receipts?.byName.get(process ?? '') ?? [];
      return pid === undefined ? ofName : ofName.filter(({ received }) => received?.pid === undefined);
    },
  };
}

/** What the processes of one log received, by their id and by their name. */
interface ReceiptsOfLog {
  readonly byPid: Map<number, Draft[]>;
  readonly byName: Map<string, Draft[]>;
}

/** When the first line told of it, by the clock of its log. */
export function beganAt(draft: Draft): Microseconds {
  return (draft.arrived ?? draft.delivering ?? draft.blocked ?? draft.received ?? draft.terminated)?.at ?? 0;
}

/** The app has not received it, and still may. Once the system saw its report, it has, though no line told of it. */
export function isWaiting({ received, added, terminated, blocked }: Draft): boolean {
  if (received !== undefined || added !== undefined || terminated !== undefined) return false;
  return blocked === undefined || blocked.deliveredAnyway;
}

function addTo<K>(lists: Map<K, Draft[]>, key: K, draft: Draft): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [draft]);
  else {
    list.push(draft);
    if (list.length > MOST_LOOKED_AT) list.shift();
  }
}

/** Takes away what is over from the front, and what is too much. */
function dropWhile(list: Draft[], isOver: (draft: Draft) => boolean): void {
  while (list[0] !== undefined && (list.length > MOST_LOOKED_AT || isOver(list[0]))) list.shift();
}
