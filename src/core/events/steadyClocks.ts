import { inSlices } from '../slices';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import type { VoipEvent } from './event';

/** Smaller steps of a clock cannot be told from lines that come late. */
const SMALLEST_STEP: Microseconds = 2 * MICROSECONDS_PER_SECOND;
/** A log was live, not told in retrospect, when its clock kept pace with the host's for so long. */
const LIVE_AFTER: Microseconds = MICROSECONDS_PER_SECOND;

/** What is known of the clock of one log that is captured live. */
interface LogClock {
  /** Its time minus the host's when it was first heard. */
  readonly firstOffset: Microseconds;
  /** What takes its times back to that clock. */
  shift: Microseconds;
  /** The most it was ahead of the host since it was last set: lines come late, never early. */
  highestOffset: Microseconds;
  /** By the host's clock, since when it keeps pace with it. */
  since: Microseconds;
  /** The latest line. */
  at: Microseconds;
  arrivedAt: Microseconds;
}

/**
 * The same events on clocks that nobody set: where a device's clock was set while it was being watched, the times after
 * that are moved to where its first clock would have been, and `loggedAt` keeps what the log says. A line that comes late
 * is not taken for that: times only move when a log goes back in time, or gets ahead of where it ever was. A clock that is
 * said to be scaled is left as it is.
 */
export function* withSteadyClocks(events: readonly VoipEvent[]): Generator<void, readonly VoipEvent[]> {
  const clocks = new Map<string, LogClock>();
  const scaled = new Set<string>();
  let steady: VoipEvent[] | undefined;
  let index = 0;
  yield* inSlices(events, (event) => {
    if (event.kind === 'source.started' && event.clockPace === 'scaled') {
      scaled.add(event.source);
      clocks.delete(event.source);
    }
    const clock = clocks.get(event.source);
    const shiftBefore = clock?.shift ?? 0;
    if (clock !== undefined) follow(clock, event);
    else if (!scaled.has(event.source)) meet(clocks, event);
    const shift = clock?.shift ?? 0;
    const isMoved = shift !== 0 || shiftBefore !== 0;
    if (isMoved) steady ??= events.slice(0, index);
    steady?.push(isMoved ? moved(event, shift, shiftBefore) : event);
    index += 1;
  });
  return steady ?? events;
}

function meet(clocks: Map<string, LogClock>, { kind, source, at, arrivedAt }: VoipEvent): void {
  // The start of a log that has said nothing yet carries the host's clock.
  if (arrivedAt === undefined || (kind === 'source.started' && at === arrivedAt)) return;
  const firstOffset = at - arrivedAt;
  clocks.set(source, { firstOffset, shift: 0, highestOffset: firstOffset, since: arrivedAt, at, arrivedAt });
}

function follow(clock: LogClock, { at, arrivedAt }: VoipEvent): void {
  if (arrivedAt === undefined) return;
  const offset = at - arrivedAt;
  const isBack = at < clock.at - SMALLEST_STEP;
  const isAhead = offset > clock.highestOffset + SMALLEST_STEP;
  if (isBack || isAhead) {
    const wasLive = clock.arrivedAt - clock.since >= LIVE_AFTER;
    if (Math.abs(offset - clock.firstOffset) <= SMALLEST_STEP) clock.shift = 0;
    else if (isBack || wasLive) clock.shift = clock.firstOffset - offset;
    clock.highestOffset = offset;
    clock.since = arrivedAt;
  }
  clock.highestOffset = Math.max(clock.highestOffset, offset);
  clock.at = at;
  clock.arrivedAt = arrivedAt;
}

function moved(event: VoipEvent, shift: Microseconds, shiftBefore: Microseconds): VoipEvent {
  const time = { at: event.at + shift, loggedAt: event.at };
  // A gap starts by the clock of before it.
  return event.kind === 'source.gap' ? { ...event, ...time, from: event.from + shiftBefore } : { ...event, ...time };
}
