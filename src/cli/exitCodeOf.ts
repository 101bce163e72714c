import { type FailOn, fails } from '../core/export/failOn';
import type { Timeline } from '../core/timeline/timeline';
import { ExitCode } from './exitCode';

/**
 * What a timeline means as an exit code: 1 when a verdict fails the check, 3 when none does but some are inconclusive.
 * With `never`, both are fine.
 */
export function exitCodeOf({ deliveries, inconclusive }: Timeline, failOn: FailOn = 'error'): ExitCode {
  if (deliveries.some(({ verdict }) => fails(verdict, failOn))) return ExitCode.flagged;
  return inconclusive > 0 && failOn !== 'never' ? ExitCode.inconclusive : ExitCode.fine;
}
