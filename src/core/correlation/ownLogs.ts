import type { PushSentEvent, VoipEvent } from '../events/event';
import { inSlices } from '../slices';

/** The logs that belong to one target each, by what was sent to them. */
export type OwnLogs = ReadonlySet<string>;

export function* ownLogsOf(events: Iterable<VoipEvent>): Generator<void, OwnLogs> {
  const logs = new Set<string>();
  yield* inSlices(events, (event) => {
    if (event.kind === 'push.sent' && event.logSource !== undefined) logs.add(event.logSource);
  });
  return logs;
}

/** What a target's own log says is about that target's pushes alone; every other log may tell of all the others. */
export function canTellOf({ logSource }: PushSentEvent, source: string, ownLogs: OwnLogs): boolean {
  return logSource === (ownLogs.has(source) ? source : undefined);
}
