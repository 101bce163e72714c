import type { Timeline } from '../core/timeline/timeline';
import type { TimelineState } from '../protocol';
import type { LogHealth, Target, TargetChoice } from './targets';
import type { TimelineToolbar } from './timelineConnection';

/** The toolbar of the live timeline: where pushes go, and whether they can. */
export function liveToolbar(
  targets: Pick<TargetChoice, 'current' | 'onDidChange'>,
  cannotSend: () => string | undefined,
): TimelineToolbar {
  return {
    state: (timeline) => timelineState(timeline, targets.current, cannotSend()),
    onDidChange: targets.onDidChange,
  };
}

/** What the toolbar of the timeline shows. */
function timelineState(
  { flagged }: Timeline,
  { label, environment, bundleId, behavior, logHealth }: Target,
  cannotSend: string | undefined,
): TimelineState {
  const words = HEALTH_WORDS[logHealth.state];
  return {
    targetLabel: label,
    environment,
    bundleId,
    ...(behavior !== undefined && { behavior }),
    flagged,
    ...(cannotSend !== undefined && { cannotSend }),
    sources: words === '' ? [] : [`${label} log · ${words}`],
  };
}

const HEALTH_WORDS: { readonly [S in LogHealth['state']]: string } = {
  off: '',
  elsewhere: '',
  starting: 'starting',
  watching: 'watching',
  waiting: 'lost, is tried again',
  failed: 'failed',
};
