import type { PushSentEvent } from '../events/event';

/** The logs that belong to one target each, by what was sent to them. */
export type OwnLogs = ReadonlySet<string>;

/** What a target's own log says is about that target's pushes alone; every other log may tell of all the others. */
export function canTellOf({ logSource }: PushSentEvent, source: string, ownLogs: OwnLogs): boolean {
  return logSource === (ownLogs.has(source) ? source : undefined);
}
