import type { Microseconds } from '../time';
import { type ClockStretch, movedCrash } from './crashClocks';
import type { VoipEvent } from './event';
import { createHostPacedClock, type LogClock } from './hostPacedClock';
import { createTickingClock, type TickRates } from './tickingClock';

/** Takes events in turn, and gives the same on clocks that nobody set. */
export interface SteadyClocks {
  /** The event, or `undefined` when only the logs to come can say when it was. */
  add(event: VoipEvent): VoipEvent | undefined;
  /** What was held back. */
  end(): readonly VoipEvent[];
}

/**
 * Where a device's clock was set while it was being watched, or while a log was written that says the time by a second
 * clock, the times after that are moved to where its first clock would have been, and `loggedAt` keeps what the log says. A
 * clock that is said to be scaled is left as it is.
 */
export function createSteadyClocks(rates: TickRates): SteadyClocks {
  const sources = new Map<string, SourceClock>();
  const held: VoipEvent[] = [];

  function sourceOf({ source }: VoipEvent): SourceClock {
    const known = sources.get(source);
    if (known !== undefined) return known;
    const heard = { clock: undefined, isScaled: false, isLog: false, stretches: [] };
    sources.set(source, heard);
    return heard;
  }

  return {
    add(event) {
      const source = sourceOf(event);
      const shiftBefore = source.clock?.shift ?? 0;
      hear(source, event, rates);
      const shift = source.clock?.shift ?? 0;
      if (source.isLog) stretch(source.stretches, event.at, shift);
      const steady = shift === 0 && shiftBefore === 0 ? event : moved(event, shift, shiftBefore);
      if (event.kind !== 'app.terminated' || source.isLog) return steady;
      // It is of a crash report, unless a log of that name begins yet.
      held.push(steady);
      return undefined;
    },
    end() {
      const stretches = [...sources.values()].flatMap((source) => source.stretches);
      return held.map((event) => (sourceOf(event).isLog ? event : movedCrash(event, stretches)));
    },
  };
}

/** What is known of the clock of a log, or of who else tells of events. */
interface SourceClock {
  clock: LogClock | undefined;
  isScaled: boolean;
  /** It was watched, as `source.started` says. */
  isLog: boolean;
  readonly stretches: ClockStretch[];
}

function hear(source: SourceClock, event: VoipEvent, rates: TickRates): void {
  if (event.kind === 'source.started') {
    source.isLog = true;
    if (event.clockPace === 'scaled') source.isScaled = true;
    if (source.isScaled || source.clock?.isOfReading === true) source.clock = undefined;
  }
  if (source.isScaled) return;
  if (source.clock === undefined) source.clock = firstHeard(event, rates);
  else source.clock.follow(event);
}

function firstHeard(event: VoipEvent, rates: TickRates): LogClock | undefined {
  const { kind, source, at, arrivedAt, machTimestamp } = event;
  // The start of a log that has said nothing yet carries the host's clock.
  if (arrivedAt !== undefined)
    return kind === 'source.started' && at === arrivedAt ? undefined : createHostPacedClock(event, arrivedAt);
  const rate = rates.get(source);
  return machTimestamp === undefined || rate === undefined ? undefined : createTickingClock(event, machTimestamp, rate);
}

function stretch(stretches: ClockStretch[], at: Microseconds, shift: Microseconds): void {
  const last = stretches.at(-1);
  if (last?.shift === shift) last.to = Math.max(last.to, at);
  else stretches.push({ from: at, to: at, shift });
}

function moved(event: VoipEvent, shift: Microseconds, shiftBefore: Microseconds): VoipEvent {
  const time = { at: event.at + shift, loggedAt: event.at };
  // A gap starts by the clock of before it.
  return event.kind === 'source.gap' ? { ...event, ...time, from: event.from + shiftBefore } : { ...event, ...time };
}
