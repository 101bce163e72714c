import { attemptOf } from '../correlation/draft';
import type { Microseconds } from '../time';
import type { JudgedDelivery } from './timeline';

/** From the receipt to the report attempt; `undefined` where there was none, or where clocks cannot tell how long it took. */
export function latencyOf({ delivery, verdict }: JudgedDelivery): Microseconds | undefined {
  const attempt = attemptOf(delivery);
  if (attempt === undefined || delivery.received === undefined) return undefined;
  const isDoubtful =
    (verdict.kind === 'inconclusive' && verdict.doubt !== undefined) ||
    (verdict.kind === 'reported-late' && verdict.silence !== undefined);
  return isDoubtful ? undefined : attempt.at - delivery.received.at;
}
