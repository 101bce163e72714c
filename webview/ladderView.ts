import { type DeliveryDetail, LANES } from '../src/core/timeline/deliveryView';
import { LANE_TITLES, offsetText } from '../src/core/timeline/evidenceWords';
import { html, svg } from './dom';
import { laneIcon } from './icons';
import { laneX, layOutLadder, type Rung } from './ladderLayout';
import { absentReportMark, laneMark } from './marks';

const COLUMN_PX = 42;
const RUNG_PX = 26;
const LIFELINE_MORE_PX = 100;
const WIDTH_PX = COLUMN_PX * LANES.length;

/** The delivery from the sender to the call: one column a lane, one rung an event, the missing report a rung of its own. */
export function createLadder(detail: DeliveryDetail): HTMLElement {
  const head = html('div', 'ladderHead');
  head.ariaHidden = 'true';
  head.append(
    html('span', 'ladderOffset'),
    html('span', 'ladderLanes', ...LANES.map((lane) => html('span', 'ladderLane', laneIcon(lane), LANE_TITLES[lane]))),
  );
  const rungs = html('ol', 'ladderRungs', ...layOutLadder(detail).map(createRung));
  // WebKit and some screen readers drop the list role of a list without markers.
  rungs.role = 'list';
  return html('div', 'ladder', head, rungs);
}

function createRung(rung: Rung): HTMLElement {
  const label = html('span', 'ladderLabel', rung.label);
  const lane = rung.kind === 'event' ? html('span', 'visuallyHidden', `${LANE_TITLES[rung.lane]}: `) : '';
  const element = html('li', `rung rung-${rung.kind}`);
  if (rung.kind === 'event') element.classList.add(`rungTone-${rung.tone}`);
  element.append(html('span', 'ladderOffset', offsetText(rung.offset)), drawRung(rung), lane, label);
  return element;
}

function drawRung(rung: Rung): SVGSVGElement {
  // Longer than the picture: a label of several lines makes a rung higher, and the rung cuts off the rest.
  const lines = LANES.map((lane) => {
    const x = laneX(lane, COLUMN_PX);
    return svg('path', { class: 'lifeline', d: `M${x} ${-LIFELINE_MORE_PX}V${RUNG_PX + LIFELINE_MORE_PX}` });
  });
  const size = { width: WIDTH_PX, height: RUNG_PX, viewBox: `0 0 ${WIDTH_PX} ${RUNG_PX}` };
  return svg('svg', { class: 'rungChart', 'aria-hidden': 'true', ...size }, ...lines, ...drawSign(rung));
}

function drawSign(rung: Rung): readonly SVGElement[] {
  const y = RUNG_PX / 2;
  switch (rung.kind) {
    case 'event': {
      const x = laneX(rung.lane, COLUMN_PX);
      return [
        ...drawArrow(rung.fromLane && laneX(rung.fromLane, COLUMN_PX), x, y),
        laneMark(rung.lane, rung.tone, x, y),
      ];
    }
    case 'no-report':
    case 'report-due': {
      const x = laneX(rung.lane, COLUMN_PX);
      const line = svg('path', { class: 'deadlineLine', d: `M0 ${y}H${x - 8}` });
      return [line, absentReportMark(rung.kind === 'no-report' ? 'missing' : 'due', x, y)];
    }
    case 'deadline':
      return [svg('path', { class: 'deadlineLine', d: `M0 ${y}H${WIDTH_PX}` })];
    case 'gap':
      return [svg('rect', { class: 'gap', x: 0, y: 5, width: WIDTH_PX, height: RUNG_PX - 10, fill: 'url(#gapHatch)' })];
  }
}

/** From lane to lane, ending short of the mark; none within a lane. */
function drawArrow(from: number | undefined, to: number, y: number): readonly SVGElement[] {
  if (from === undefined || from === to) return [];
  const direction = Math.sign(to - from);
  const tip = to - direction * 6;
  const line = svg('path', {
    class: 'arrow',
    d: `M${from} 0V${y - 4}Q${from} ${y} ${from + direction * 4} ${y}H${tip}`,
  });
  const head = svg('path', {
    class: 'arrow',
    d: `M${tip - direction * 4} ${y - 3}L${tip} ${y}L${tip - direction * 4} ${y + 3}`,
  });
  return [line, head];
}
