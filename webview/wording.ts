import { formatDuration, isoFromMicroseconds, type Microseconds } from '../src/core/time';
import type { DeliveryDetail, DeliverySummary } from '../src/core/timeline/deliveryView';
import { isFlagged } from './listing';
import { mustReportText, wasReceived } from './mustReport';

/** Local time of day with milliseconds, for example `12:03:01.204`. */
export function timeOfDay(at: Microseconds): string {
  const date = new Date(Math.floor(at / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** A row in one sentence for screen readers. */
export function rowLabel(delivery: DeliverySummary): string {
  const parts = [
    isFlagged(delivery) ? `Flagged: ${delivery.title}` : delivery.title,
    delivery.app,
    timeOfDay(delivery.at),
    ...receivedFacts(delivery),
  ];
  if (delivery.latency !== undefined) parts.push(`report after ${formatDuration(delivery.latency)}`);
  return parts.join(', ');
}

/** What Copy explanation puts on the clipboard: plain text that stands alone in a ticket. */
export function explanationText(summary: DeliverySummary, detail: DeliveryDetail | undefined): string {
  const head = [
    `${summary.title}: ${summary.headline}`,
    [summary.app, isoFromMicroseconds(summary.at), ...receivedFacts(summary)].join(', '),
  ];
  if (detail === undefined) return head.join('\n');
  const { why, nextSteps, links } = detail.explanation;
  return [
    ...head,
    ...section('Why', why.map(bullet)),
    ...section('Next steps', nextSteps.map(numbered)),
    ...section(
      'Sources',
      links.map(({ title, url }) => bullet(`${title}: ${url}`)),
    ),
  ].join('\n');
}

/** A dash says nothing when it is read aloud or pasted. */
function receivedFacts(delivery: DeliverySummary): readonly string[] {
  return wasReceived(delivery) ? [mustReportText(delivery)] : [];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines];
}

function bullet(text: string): string {
  return `- ${text}`;
}

function numbered(text: string, index: number): string {
  return `${index + 1}. ${text}`;
}
