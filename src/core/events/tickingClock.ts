import { inSlices } from '../slices';
import type { Microseconds } from '../time';
import type { VoipEvent } from './event';
import { type LogClock, SMALLEST_STEP } from './hostPacedClock';

/**
 * Ticks in a microsecond: of devices and Macs with Apple silicon, and of Macs with Intel processors.
 * https://macmegasite.com/2025/05/22/is-high-resolution-time-available-in-the-log
 */
const TICK_RATES = [24, 1000] as const;
type TickRate = (typeof TICK_RATES)[number];

/** How fast the ticks of each log go, by its name. */
export type TickRates = ReadonlyMap<string, TickRate>;

/** The clocks are compared over no less: the last digits of either are rounded. */
const LEAST_COMPARED: Microseconds = 1_000;
/** Nobody sets the clock that ticks, so that it may be off by so much of what passed. */
const DRIFT = 0.0001;

/** Two moments of one log. */
type Moment = Pick<VoipEvent, 'at' | 'machTimestamp'>;

/** The rate at which both clocks of the log say that the same time passed; `undefined` where they differ. */
export function agreedRate(earlier: Moment, later: Moment): TickRate | undefined {
  if (earlier.machTimestamp === undefined || later.machTimestamp === undefined) return undefined;
  const passed = later.at - earlier.at;
  if (Math.abs(passed) < LEAST_COMPARED) return undefined;
  const rate = (later.machTimestamp - earlier.machTimestamp) / passed;
  return TICK_RATES.find((known) => Math.abs(rate / known - 1) < 0.01);
}

/** Finds how fast ticks go, by where most of its neighboring events agree. */
export function* tickRatesOf(events: readonly VoipEvent[]): Generator<void, TickRates> {
  const lasts = new Map<string, VoipEvent>();
  const votes = new Map<string, number>();
  yield* inSlices(events, (event) => {
    if (event.machTimestamp === undefined) return;
    const last = lasts.get(event.source);
    const rate = last === undefined ? undefined : agreedRate(last, event);
    // What follows within a moment waits for what is far enough from it.
    if (last === undefined || Math.abs(event.at - last.at) >= LEAST_COMPARED) lasts.set(event.source, event);
    if (rate !== undefined) votes.set(event.source, (votes.get(event.source) ?? 0) + (rate === TICK_RATES[0] ? 1 : -1));
  });
  return new Map([...votes].map(([source, balance]) => [source, TICK_RATES[balance >= 0 ? 0 : 1]]));
}

/**
 * The clock of a saved log that also says the ticks of one that nobody sets. Ticks that go back while time goes on are of a
 * device that was started again: how long that took is for its clock to tell.
 */
export function createTickingClock(first: VoipEvent, firstTicks: number, rate: TickRate): LogClock {
  let shift = 0;
  let last = { at: first.at, ticks: firstTicks };

  return {
    isOfReading: true,
    get shift() {
      return shift;
    },
    follow({ at, machTimestamp: ticks }) {
      if (ticks === undefined) return;
      const passed = Math.round((ticks - last.ticks) / rate);
      const step = at - last.at - passed;
      const isRestarted = passed < 0 && at > last.at;
      if (!isRestarted && Math.abs(step) > SMALLEST_STEP + Math.abs(passed) * DRIFT) shift -= step;
      last = { at, ticks };
    },
  };
}
