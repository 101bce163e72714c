import type { Timeline } from '../core/timeline/timeline';
import { unjoinedWords } from '../core/timeline/unjoinedWords';
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
  timeline: Timeline,
  { label, environment, bundleId, behavior, logHealth }: Target,
  cannotSend: string | undefined,
): TimelineState {
  const words = HEALTH_WORDS[logHealth.state];
  return {
    targetLabel: label,
    environment,
    bundleId,
    ...(behavior !== undefined && { behavior }),
    flagged: timeline.flagged,
    ...(cannotSend !== undefined && { cannotSend }),
    footnotes: [...footnotesOf(timeline), ...(words === '' ? [] : [`${label} log · ${words}`])],
  };
}

/** What of the log belongs to no delivery. */
export function footnotesOf(timeline: Timeline): readonly string[] {
  const words = unjoinedWords(timeline);
  return words === undefined ? [] : [words];
}

const HEALTH_WORDS: { readonly [S in LogHealth['state']]: string } = {
  off: '',
  elsewhere: '',
  starting: 'starting',
  watching: 'watching',
  waiting: 'lost, is tried again',
  failed: 'failed',
};
