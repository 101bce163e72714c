import { formatDuration, type Microseconds } from '../src/core/time';
import { type DeliveryDetail, LANES, type Lane, type Span, type Tone } from '../src/core/timeline/deliveryView';
import { mergeKills } from './kills';
import { reportOf, toneOf } from './reportMark';

/** One rung of the ladder, top to bottom in order of time. */
export type Rung =
  | {
      readonly kind: 'event';
      readonly lane: Lane;
      /** The lane of the event before: where the arrow comes from; missing on the first. */
      readonly fromLane: Lane | undefined;
      readonly offset: Microseconds;
      readonly label: string;
      readonly tone: Tone;
    }
  | {
      readonly kind: 'no-report' | 'report-due';
      readonly lane: 'call';
      readonly offset: Microseconds;
      readonly label: string;
    }
  | { readonly kind: 'deadline'; readonly offset: Microseconds; readonly label: string }
  | { readonly kind: 'gap'; readonly offset: Microseconds; readonly label: string };

/** The rungs of a delivery: its events, the deadline, what nobody watched, and the report that is not there. */
export function layOutLadder(detail: DeliveryDetail): readonly Rung[] {
  const rungs = [...eventRungs(detail), ...markerRungs(detail)];
  // Stable: at the same offset an event comes before the marker it decides.
  return rungs.sort((a, b) => a.offset - b.offset);
}

/** The horizontal middle of a lane in columns of `columnPx`. */
export function laneX(lane: Lane, columnPx: number): number {
  return (LANES.indexOf(lane) + 0.5) * columnPx;
}

function eventRungs({ evidence, summary }: DeliveryDetail): readonly Rung[] {
  const inOrder = mergeKills([...evidence].sort((a, b) => a.offset - b.offset));
  return inOrder.map((event, index) => ({
    kind: 'event',
    lane: event.lane,
    fromLane: inOrder[index - 1]?.lane,
    offset: event.offset,
    label: event.label,
    tone: toneOf(event, summary),
  }));
}

function markerRungs({ summary }: DeliveryDetail): readonly Rung[] {
  const gaps = summary.gaps.filter(({ to }) => to > 0).map(gapRung);
  const absent = reportOf(summary);
  if (absent?.kind === 'due') {
    return [...gaps, { kind: 'report-due', lane: 'call', offset: absent.offset, label: 'Report due by now' }];
  }
  if (absent) {
    const isAtDeadline = summary.deadline?.to === absent.offset;
    const label = isAtDeadline ? 'No report by the deadline' : 'No report before the app ended';
    return [...gaps, { kind: 'no-report', lane: 'call', offset: absent.offset, label }];
  }
  if (summary.deadline === undefined) return gaps;
  return [...gaps, { kind: 'deadline', offset: summary.deadline.to, label: 'Deadline for the report' }];
}

/** A gap may be open to either side: then it begins with the delivery, and nobody can say how long it was. */
function gapRung({ from, to }: Span): Rung {
  const offset = Math.max(from, 0);
  const duration = Number.isFinite(to) ? ` for ${formatDuration(to - offset)}` : '';
  return { kind: 'gap', offset, label: `Log not watched${duration}` };
}
