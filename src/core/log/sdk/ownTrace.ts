import type { EventKind, VoipEvent } from '../../events/event';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../../time';
import type { LineMatcher } from '../lineMatcher';
import { SDK_MATCHERS } from './sdkMatchers';

/** Receipts that two SDKs in one app tell of one push come within this time. */
const SAME_PUSH: Microseconds = MICROSECONDS_PER_SECOND;

interface ProcessTrace {
  /** What the app's probe or the user's patterns have told of this process. */
  readonly ownKinds: Set<EventKind>;
  lastReceipt?: { readonly needle: string; readonly at: Microseconds };
}

const SDK_LINES: ReadonlySet<LineMatcher> = new Set(SDK_MATCHERS);

/**
 * One push must not be told twice. Once an app says a thing by itself, with the probe or in words the user has a pattern
 * for, its SDK's line for the same thing is passed over; and of two SDKs in one app the first to tell a receipt is heard.
 */
export function createOwnTraceFilter(): (event: VoipEvent, matcher: LineMatcher) => boolean {
  const traces = new Map<number | string, ProcessTrace>();
  return (event, matcher) => {
    if (!('process' in event) || event.process === undefined) return true;
    const key = event.pid ?? event.process;
    const trace = traces.get(key) ?? { ownKinds: new Set() };
    traces.set(key, trace);
    if (!SDK_LINES.has(matcher)) {
      trace.ownKinds.add(event.kind);
      return true;
    }
    if (trace.ownKinds.has(event.kind)) return false;
    if (event.kind !== 'push.received') return true;
    const { lastReceipt } = trace;
    const isSamePush =
      lastReceipt !== undefined && lastReceipt.needle !== matcher.needle && event.at - lastReceipt.at < SAME_PUSH;
    if (!isSamePush) trace.lastReceipt = { needle: matcher.needle, at: event.at };
    return !isSamePush;
  };
}
