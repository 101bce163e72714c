import { MICROSECONDS_PER_SECOND, type Microseconds } from '../src/core/time';
import type { Mark } from '../src/core/timeline/deliveryView';

/** PushKit's assertion and its exception, or the kill and its crash report, come this close together. */
const ONE_KILL: Microseconds = 5 * MICROSECONDS_PER_SECOND;

/** Marks in order of time, with one for each kill, the earliest: one kill may print several lines. */
export function mergeKills<M extends Pick<Mark, 'kind' | 'offset'>>(inOrder: readonly M[]): readonly M[] {
  let killedAt: Microseconds | undefined;
  return inOrder.filter(({ kind, offset }) => {
    if (kind !== 'app.terminated') return true;
    const isSameKill = killedAt !== undefined && offset - killedAt <= ONE_KILL;
    if (!isSameKill) killedAt = offset;
    return !isSameKill;
  });
}
