import type { MustReport } from '../core/events/event';
import { summaryWords } from '../core/export/summaryWords';
import { isoFromMicroseconds } from '../core/time';
import { summariseDelivery } from '../core/timeline/deliverySummary';
import type { JudgedDelivery, Timeline } from '../core/timeline/timeline';
import { unjoinedWords } from '../core/timeline/unjoinedWords';
import { namingTime, verdictSign } from '../core/timeline/worstFirst';
import { type Paint, printable } from './paint';

/** One delivery as a block of text: a line that says all, then for what is not fine why and what to do. */
export function renderDelivery(judged: JudgedDelivery, paint: Paint, label?: string): string {
  const { verdict, explanation } = judged;
  const { severity } = verdict;
  const lines = [renderHead(judged, paint, label), `  ${printable(explanation.summary)}`];
  if (severity !== 'none') {
    lines.push(...explanation.why.map((fact) => `  - ${printable(fact)}`));
    if (explanation.nextSteps.length > 0) lines.push('  What to do:');
    lines.push(...explanation.nextSteps.map((step, index) => `  ${index + 1}. ${printable(step)}`));
    lines.push(
      ...explanation.links.map(({ title: of, url }) => paint('faint', `  ${printable(of)}: ${printable(url)}`)),
    );
  }
  return `${lines.join('\n')}\n`;
}

/** The line that says all: `✖ Killed  com.example.app  mustReport true  2026-09-08T08:11:34.092155Z`. */
export function renderHead(judged: JudgedDelivery, paint: Paint, label?: string): string {
  const { verdict } = judged;
  const { title, app, mustReport } = summariseDelivery(judged);
  return [
    paint(verdict.severity, `${verdictSign(verdict.kind, verdict.severity)} ${title}`),
    ...(label === undefined ? [] : [paint('strong', label)]),
    printable(app),
    mustReportText(mustReport),
    paint('faint', isoFromMicroseconds(namingTime(judged))),
  ].join('  ');
}

/** `11 deliveries: 5 flagged, 1 inconclusive.` */
export function renderSummary(timeline: Timeline, paint: Paint): string {
  const { flagged } = timeline;
  const summary = summaryWords(timeline, flagged > 0 ? paint('error', `${flagged} flagged`) : undefined);
  const unjoined = unjoinedWords(timeline);
  return `${summary}.
${
  unjoined === undefined
    ? ''
    : `${unjoined}.
`
}`;
}

function mustReportText(mustReport: MustReport): string {
  return `mustReport ${mustReport}`;
}
