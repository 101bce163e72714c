import type { DeliverySummary } from '../src/core/timeline/deliveryView';
import { svg } from './dom';
import { absentReportMark, laneMark } from './marks';
import { type Box, layOutRow, ROW_PICTURE_PX, type RowLayout } from './rowLayout';
import type { TimeScale } from './timeScale';

const HATCH_ID = 'gapHatch';

/** The hatching of what nobody watched; once in the page, used by every row. */
export function createHatch(): SVGSVGElement {
  const lines = svg('path', { class: 'hatchLine', d: 'M-1 7L7 -1M-1 1L1 -1M5 7L7 5' });
  const pattern = svg('pattern', { id: HATCH_ID, width: 6, height: 6, patternUnits: 'userSpaceOnUse' }, lines);
  return svg('svg', { class: 'definitions', width: 0, height: 0, 'aria-hidden': 'true' }, svg('defs', {}, pattern));
}

/** Draws a delivery's row: what happened in which lane, the deadline, what nobody watched, the latency. Decorative. */
export function drawRowChart(chart: SVGSVGElement, delivery: DeliverySummary, scale: TimeScale): void {
  const layout = layOutRow(delivery, scale);
  chart.setAttribute('width', String(scale.widthPx));
  chart.setAttribute('height', String(ROW_PICTURE_PX));
  chart.replaceChildren(
    ...layout.gaps.map((gap) => rect('gap', gap, { fill: `url(#${HATCH_ID})` })),
    ...drawDeadline(layout.deadline),
    ...drawPath(layout.path),
    ...layout.marks.map(({ lane, tone, x, y, title }) => {
      const mark = laneMark(lane, tone, x, y);
      mark.append(svg('title', {}, title));
      return mark;
    }),
    ...(layout.report ? [absentReportMark(layout.report.kind, layout.report.x, layout.report.y)] : []),
    ...drawLabel(layout),
  );
}

function drawDeadline(deadline: Box | undefined): readonly SVGElement[] {
  if (deadline === undefined) return [];
  const x = deadline.x + deadline.width;
  const line = svg('path', { class: 'deadlineLine', d: `M${x} 0V${ROW_PICTURE_PX}` });
  line.append(svg('title', {}, 'Deadline for the report'));
  return [rect('deadlineSpan', deadline, {}), line];
}

function drawPath(points: RowLayout['path']): readonly SVGElement[] {
  if (points.length < 2) return [];
  const d = points.map(({ x, y }, index) => (index === 0 ? `M${x} ${y}` : `H${x}V${y}`)).join('');
  return [svg('path', { class: 'rowPath', d })];
}

function drawLabel({ label, report }: RowLayout): readonly SVGElement[] {
  if (label === undefined) return [];
  const className = report ? `chartLabel absent-${report.kind}` : 'chartLabel';
  const { x, y, anchor, text } = label;
  return [svg('text', { class: className, x, y: y + 3.5, 'text-anchor': anchor }, text)];
}

function rect(className: string, { x, width }: Box, more: Readonly<Record<string, string>>): SVGRectElement {
  return svg('rect', { class: className, x, y: 0, width, height: ROW_PICTURE_PX, ...more });
}
