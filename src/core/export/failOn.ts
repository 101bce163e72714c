import type { Verdict } from '../verdict/verdict';

/** From which verdicts on a check fails, in words of the command line. */
export const FAIL_ON_LEVELS = ['error', 'warning', 'inconclusive', 'never'] as const;
export type FailOn = (typeof FAIL_ON_LEVELS)[number];

/**
 * Whether a verdict makes a check fail. `error` is what is flagged; `inconclusive` adds those that nobody watched;
 * `warning` adds every verdict that is not fine, inconclusive ones among them.
 */
export function fails({ kind, severity }: Pick<Verdict, 'kind' | 'severity'>, failOn: FailOn): boolean {
  switch (failOn) {
    case 'never':
      return false;
    case 'error':
      return severity === 'error';
    case 'inconclusive':
      return severity === 'error' || kind === 'inconclusive';
    case 'warning':
      return severity === 'error' || severity === 'warning';
  }
}
