import { inSlices } from '../slices';
import type { Microseconds } from '../time';
import { type ClockStretch, moveCrashes } from './crashClocks';
import type { VoipEvent } from './event';
import { createHostPacedClock, type LogClock } from './hostPacedClock';
import { createTickingClock, type TickRates, tickRatesOf } from './tickingClock';

/**
 * The same events on clocks that nobody set: where a device's clock was set while it was being watched, or while a log was
 * written that says the time by a second clock, the times after that are moved to where its first clock would have been,
 * and `loggedAt` keeps what the log says. A clock that is said to be scaled is left as it is.
 */
export function* withSteadyClocks(events: readonly VoipEvent[]): Generator<void, readonly VoipEvent[]> {
  const clocks = createClocks(yield* tickRatesOf(events));
  const logs = new Set<string>();
  const stretches = new Map<string, ClockStretch[]>();
  let steady: VoipEvent[] | undefined;
  let index = 0;
  yield* inSlices(events, (event) => {
    if (event.kind === 'source.started') logs.add(event.source);
    const shiftBefore = clocks.shiftOf(event.source);
    clocks.hear(event);
    const shift = clocks.shiftOf(event.source);
    const isMoved = shift !== 0 || shiftBefore !== 0;
    if (isMoved) steady ??= events.slice(0, index);
    steady?.push(isMoved ? moved(event, shift, shiftBefore) : event);
    if (logs.has(event.source)) stretch(stretches, event, shift);
    index += 1;
  });
  if (steady === undefined) return events;
  yield* moveCrashes(steady, logs, [...stretches.values()].flat());
  return steady;
}

/** The clocks of all logs. */
interface Clocks {
  hear(event: VoipEvent): void;
  /** What takes the times of this log back to the clock that it had at first. */
  shiftOf(source: string): Microseconds;
}

function createClocks(rates: TickRates): Clocks {
  const clocks = new Map<string, LogClock>();
  const scaled = new Set<string>();

  function firstHeard(event: VoipEvent): LogClock | undefined {
    const { kind, source, at, arrivedAt, machTimestamp } = event;
    // The start of a log that has said nothing yet carries the host's clock.
    if (arrivedAt !== undefined)
      return kind === 'source.started' && at === arrivedAt ? undefined : createHostPacedClock(event, arrivedAt);
    const rate = rates.get(source);
    return machTimestamp === undefined || rate === undefined
      ? undefined
      : createTickingClock(event, machTimestamp, rate);
  }

  return {
    hear(event) {
      const { source } = event;
      if (event.kind === 'source.started' && event.clockPace === 'scaled') {
        scaled.add(source);
        clocks.delete(source);
      }
      if (scaled.has(source)) return;
      const known = clocks.get(source);
      if (known !== undefined && !(known.isOfReading && event.kind === 'source.started')) return known.follow(event);
      const clock = firstHeard(event);
      if (clock !== undefined) clocks.set(source, clock);
    },
    shiftOf: (source) => clocks.get(source)?.shift ?? 0,
  };
}

function stretch(stretches: Map<string, ClockStretch[]>, { source, at }: VoipEvent, shift: Microseconds): void {
  const known = stretches.get(source);
  const last = known?.at(-1);
  if (last?.shift === shift) last.to = Math.max(last.to, at);
  else if (known === undefined) stretches.set(source, [{ from: at, to: at, shift }]);
  else known.push({ from: at, to: at, shift });
}

function moved(event: VoipEvent, shift: Microseconds, shiftBefore: Microseconds): VoipEvent {
  const time = { at: event.at + shift, loggedAt: event.at };
  // A gap starts by the clock of before it.
  return event.kind === 'source.gap' ? { ...event, ...time, from: event.from + shiftBefore } : { ...event, ...time };
}
