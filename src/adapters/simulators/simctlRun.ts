import { XCRUN_NOT_FOUND } from '../../core/simulators/xcrunProblem';
import { formatSetDuration } from '../../core/time';
import type { ToolProblem } from '../../core/toolResult';
import type { ToolRun } from './runTool';

/** Why simctl gave no exit code. */
export function problemOfRun(run: Exclude<ToolRun, { kind: 'exited' }>, timeoutMs: number): ToolProblem {
  switch (run.kind) {
    case 'not-started':
      if (run.code === 'ENOENT') return XCRUN_NOT_FOUND;
      return {
        code: run.code,
        message: `xcrun could not be started: ${run.message}.`,
        remedy: 'Check that xcrun runs in a terminal.',
      };
    case 'killed':
      return { code: 'killed', message: `simctl was ended by ${run.signal}.`, remedy: 'Try again.' };
    case 'too-much':
      return {
        code: 'too-much',
        message: 'simctl printed more than it should have, and was ended.',
        remedy: 'Run the same command in a terminal and see what it prints.',
      };
    case 'timeout':
      return {
        code: 'timeout',
        message: `simctl gave no answer in ${formatSetDuration(timeoutMs)}, and was ended.`,
        remedy:
          'The simulator may still be starting: wait and try again. If it never answers, shut it down and boot it again, or restart the Mac.',
      };
    case 'cancelled':
      return { code: 'cancelled', message: 'Cancelled.', remedy: 'Try again when you are ready.' };
  }
}
