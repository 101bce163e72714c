import { type FailOn, fails } from '../core/export/failOn';
import type { Timeline } from '../core/timeline/timeline';
import { ExitCode } from './exitCode';

/**
 * What a timeline means as an exit code: 1 when a verdict fails the check, 3 when none does but some are inconclusive.
 * With `never`, both are fine. Where not everything could be read, the rest counts as an inconclusive delivery.
 */
export function exitCodeOf(
  { deliveries, inconclusive }: Timeline,
  failOn: FailOn = 'error',
  isIncomplete = false,
): ExitCode {
  const verdicts = deliveries.map(({ verdict }) => verdict);
  const rest = isIncomplete ? [{ kind: 'inconclusive', severity: 'warning' } as const] : [];
  if ([...verdicts, ...rest].some((verdict) => fails(verdict, failOn))) return ExitCode.flagged;
  return inconclusive + rest.length > 0 && failOn !== 'never' ? ExitCode.inconclusive : ExitCode.fine;
}
