import { html, svg } from './dom';
import { axisTicks, type TimeScale } from './timeScale';

/** The head of the list: names of the columns and the axis of the charts. */
export interface AxisView {
  readonly element: HTMLElement;
  /** The cell above the charts; its width is theirs. */
  readonly cell: HTMLElement;
  show(scale: TimeScale): void;
}

const AXIS_HEIGHT_PX = 24;
const TICK_GAP_PX = 44;

/** An axis without ticks. Hidden from screen readers: every row says its own latency. */
export function createAxisView(): AxisView {
  const chart = svg('svg', { class: 'axis', height: AXIS_HEIGHT_PX });
  const cell = html('span', 'axisCell', chart);
  cell.title = 'Time since the start of the delivery, on a logarithmic scale';
  const element = html(
    'div',
    'listHead',
    html('span', 'headTitle', 'Delivery'),
    html('span', 'headTime', 'Time'),
    cell,
  );
  element.ariaHidden = 'true';
  return {
    element,
    cell,
    show(scale) {
      chart.setAttribute('width', String(scale.widthPx));
      chart.replaceChildren(
        ...axisTicks(scale, TICK_GAP_PX).flatMap(({ x, label }, index) => [
          svg('path', { class: 'tick', d: `M${x} ${AXIS_HEIGHT_PX - 4}V${AXIS_HEIGHT_PX}` }),
          svg('text', { class: 'tickLabel', x, y: 15, 'text-anchor': index === 0 ? 'start' : 'middle' }, label),
        ]),
      );
    },
  };
}
