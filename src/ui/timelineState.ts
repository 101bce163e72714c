import type { Timeline } from '../core/timeline/timeline';
import type { TimelineState } from '../protocol';
import type { LogHealth, Target } from './targets';

/** What the toolbar of the timeline shows. */
export function timelineState(
  { flagged }: Timeline,
  { label, environment, bundleId, behavior, logHealth }: Target,
  cannotSend: string | undefined,
): TimelineState {
  return {
    targetLabel: label,
    environment,
    bundleId,
    ...(behavior !== undefined && { behavior }),
    flagged,
    ...(cannotSend !== undefined && { cannotSend }),
    sources: logHealth.state === 'off' ? [] : [`${label} log · ${HEALTH_WORDS[logHealth.state]}`],
  };
}

const HEALTH_WORDS: { readonly [S in Exclude<LogHealth['state'], 'off'>]: string } = {
  starting: 'starting',
  watching: 'watching',
  failed: 'failed',
};
