import type { DeliverySummary } from '../src/core/timeline/deliveryView';
import { foreignText, html, setForeignText, setText, svg } from './dom';
import { verdictIcon } from './icons';
import { isFlagged } from './listing';
import { mustReportText, NOT_RECEIVED, wasReceived } from './mustReport';
import { drawRowChart } from './rowChart';
import type { TimeScale } from './timeScale';
import { rowLabel, timeOfDay } from './wording';

/** Where a row stands in the list. */
export interface RowPlace {
  readonly index: number;
  readonly rowCount: number;
  /** CSS pixels from the top of the scrolled content. */
  readonly top: number;
  readonly isSelected: boolean;
}

/** One row on the screen; shows one delivery after another as the list scrolls. */
export interface RowView {
  readonly element: HTMLElement;
  show(delivery: DeliverySummary, scale: TimeScale, place: RowPlace): void;
}

/** The id of a row's element, for `aria-activedescendant`. */
export function rowElementId(index: number): string {
  return `delivery-${index}`;
}

/** An empty row. */
export function createRowView(): RowView {
  const icon = html('span', 'rowIcon');
  const title = html('span', 'rowTitle');
  const flag = html('span', 'pill pillError', 'Flagged');
  const app = foreignText('rowApp muted', '');
  const time = html('span', 'rowTime');
  const mustReport = html('span', 'rowMustReport muted');
  const chart = svg('svg', { class: 'chart', 'aria-hidden': 'true' });
  const element = html(
    'div',
    'row',
    icon,
    html('span', 'rowWords', html('span', 'rowHead', title, flag), app),
    html('span', 'rowFacts', time, mustReport),
    chart,
  );
  // Said as one sentence; the parts on the screen would be read without a pause between them.
  for (const part of element.children) part.ariaHidden = 'true';
  const sentence = html('span', 'visuallyHidden');
  element.append(sentence);
  element.role = 'option';
  let shown: DeliverySummary | undefined;
  let shownScale: TimeScale | undefined;

  function showDelivery(delivery: DeliverySummary): void {
    element.dataset['deliveryId'] = delivery.id;
    element.className = `row severity-${delivery.severity} verdict-${delivery.verdict}`;
    setText(sentence, rowLabel(delivery));
    icon.replaceChildren(verdictIcon(delivery.verdict));
    setText(title, delivery.title);
    title.title = delivery.headline;
    flag.hidden = !isFlagged(delivery);
    setForeignText(app, delivery.app);
    setText(time, timeOfDay(delivery.at));
    setText(mustReport, mustReportText(delivery));
    mustReport.title = wasReceived(delivery) ? mustReportText(delivery) : NOT_RECEIVED;
  }

  return {
    element,
    show(delivery, scale, { index, rowCount, top, isSelected }) {
      element.id = rowElementId(index);
      element.ariaPosInSet = String(index + 1);
      element.ariaSetSize = String(rowCount);
      element.ariaSelected = String(isSelected);
      element.style.setProperty('transform', `translateY(${top}px)`);
      if (delivery !== shown) showDelivery(delivery);
      if (delivery !== shown || scale !== shownScale) drawRowChart(chart, delivery, scale);
      shown = delivery;
      shownScale = scale;
    },
  };
}
