import { formatDuration, type Microseconds } from '../src/core/time';
import { type DeliverySummary, LANES, type Lane, type Tone } from '../src/core/timeline/deliveryView';
import { offsetText } from '../src/core/timeline/evidenceWords';
import { mergeKills } from './kills';
import { reportOf, toneOf } from './reportMark';
import type { TimeScale } from './timeScale';

/** Where a mark stands on a row. */
export interface PlacedMark {
  readonly lane: Lane;
  readonly tone: Tone;
  readonly x: number;
  readonly y: number;
  /** For a tooltip: `Report attempted, +42 ms`. */
  readonly title: string;
}

/** A stretch of a row. */
export interface Box {
  readonly x: number;
  readonly width: number;
}

/** Everything a row's picture shows, in CSS pixels. */
export interface RowLayout {
  readonly marks: readonly PlacedMark[];
  /** Joins the marks in order of time, from lane to lane. */
  readonly path: readonly { readonly x: number; readonly y: number }[];
  /** From the receipt to the deadline; its right edge is the deadline itself. */
  readonly deadline: Box | undefined;
  readonly gaps: readonly Box[];
  /** Where the report is missing or due. */
  readonly report: { readonly x: number; readonly y: number; readonly kind: 'missing' | 'due' } | undefined;
  readonly label:
    | { readonly text: string; readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' }
    | undefined;
}

/** Height of one lane on a row. */
const LANE_PX = 7;
/** Marks at the very edges keep room for their shape. */
const EDGE_PX = 5;
/** Between a mark's middle and its label. */
const LABEL_GAP_PX = 9;
const WIDEST_CHARACTER_PX = 7;
/** A gap is always wide enough to be seen. */
const NARROWEST_GAP_PX = 3;

/** The vertical middle of a lane. */
function laneY(lane: Lane): number {
  return EDGE_PX + LANES.indexOf(lane) * LANE_PX;
}

/** Height of a row's picture. */
export const ROW_PICTURE_PX = EDGE_PX * 2 + (LANES.length - 1) * LANE_PX;

/** The latest offset a row shows, for the scale all rows share. */
export function latestOffset(delivery: DeliverySummary): Microseconds {
  let latest = delivery.deadline?.to ?? 0;
  for (const mark of delivery.marks) latest = Math.max(latest, mark.offset);
  return latest;
}

/** Places a delivery on a scale. Times are never moved to make room: what overlaps in time overlaps in the picture. */
export function layOutRow(delivery: DeliverySummary, scale: TimeScale): RowLayout {
  const marks = mergeKills(delivery.marks).map((mark) => ({
    lane: mark.lane,
    tone: toneOf(mark, delivery),
    x: scale.toPx(mark.offset),
    y: laneY(mark.lane),
    title: `${mark.label}, ${offsetText(mark.offset)}`,
  }));
  const expected = reportOf(delivery);
  const report = expected && { x: scale.toPx(expected.offset), y: laneY('call'), kind: expected.kind };
  const callMarks = [...marks.filter(({ lane }) => lane === 'call'), ...(report ? [report] : [])].map(({ x }) => x);
  return {
    marks,
    path: marks.map(({ x, y }) => ({ x, y })),
    deadline: delivery.deadline && box(scale, delivery.deadline.from, delivery.deadline.to, 0),
    gaps: delivery.gaps
      .filter(({ from, to }) => to > 0 && from < scale.end)
      .map(({ from, to }) => box(scale, from, to, NARROWEST_GAP_PX)),
    report,
    label: placeLabel(delivery, labelText(delivery, report?.kind), callMarks, scale),
  };
}

function box(scale: TimeScale, from: Microseconds, to: Microseconds, narrowest: number): Box {
  const width = Math.max(scale.toPx(to) - scale.toPx(from), narrowest);
  return { x: Math.min(scale.toPx(from), scale.widthPx - width), width };
}

/**
 * Stands to the right of the call lane's last mark when there is room, else to the left of its first and of the deadline.
 * Without room on either side there is none: it would stand on the words beside the chart, or on the marks.
 */
function placeLabel(
  delivery: DeliverySummary,
  text: string | undefined,
  marks: readonly number[],
  scale: TimeScale,
): RowLayout['label'] {
  if (text === undefined) return undefined;
  const right = Math.max(...marks, 0) + LABEL_GAP_PX;
  const y = laneY('call');
  const textWidth = text.length * WIDEST_CHARACTER_PX;
  if (right + textWidth < scale.widthPx) return { text, x: right, y, anchor: 'start' };
  const left = Math.min(...marks);
  const deadline = delivery.deadline ? scale.toPx(delivery.deadline.to) : left;
  const isAcross = left > deadline && left - deadline < textWidth + LABEL_GAP_PX;
  const x = (isAcross ? deadline + 4 : left) - LABEL_GAP_PX;
  return x < textWidth ? undefined : { text, x, y, anchor: 'end' };
}

function labelText(delivery: DeliverySummary, report: 'missing' | 'due' | undefined): string | undefined {
  if (report === 'missing') return 'no report';
  if (report === 'due') return 'report due';
  return delivery.latency === undefined ? undefined : formatDuration(delivery.latency);
}
