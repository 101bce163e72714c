import { formatDuration, isoFromMicroseconds } from '../time';
import { describeDelivery } from '../timeline/deliveryDetail';
import { summariseDelivery } from '../timeline/deliverySummary';
import type { DeliverySummary } from '../timeline/deliveryView';
import type { JudgedDelivery, Timeline } from '../timeline/timeline';
import { namingTime, verdictSign, worstFirst } from '../timeline/worstFirst';
import { evidenceText } from './evidenceText';
import { codeBlock, escapeMarkdown } from './markdownText';
import { headlineWithoutTitle, summarySentences } from './summaryWords';

// A comment on GitHub holds 65,536 characters, a step summary 1 MiB: a report that neither takes helps nobody.
const MOST_ROWS = 300;
const MOST_DETAILS = 20;

/**
 * A report for a pull request or a step summary: what was found, worst first, and for what is flagged why and what to
 * do. Text out of logs cannot become markup, a mention or a link. Of very many deliveries it says how many it leaves out.
 */
export function markdownReport(timeline: Timeline): string {
  const ordered = worstFirst(timeline.deliveries);
  const flagged = ordered.filter(({ verdict }) => verdict.severity === 'error');
  const parts = [
    '## VoIP push deliveries',
    summarySentences(timeline),
    ...(ordered.length === 0 ? [] : [table(ordered)]),
    ...flagged.slice(0, MOST_DETAILS).map(section),
    ...(flagged.length > MOST_DETAILS
      ? [`${flagged.length - MOST_DETAILS} more flagged deliveries have no section of their own here.`]
      : []),
  ];
  return `${parts.join('\n\n')}\n`;
}

function table(deliveries: readonly JudgedDelivery[]): string {
  const rows = deliveries.slice(0, MOST_ROWS).map((judged) => row(judged));
  const head = [
    '| Verdict | App | mustReport | Received | Report after | What happened |',
    '|---|---|---|---|---|---|',
  ];
  const rest = deliveries.length - rows.length;
  const more = rest === 0 ? [] : ['', `${rest} more deliveries are left out of the table. The JSON has all of them.`];
  return [...head, ...rows, ...more].join('\n');
}

function row(judged: JudgedDelivery): string {
  const summary = summariseDelivery(judged);
  const cells = [
    headOf(summary),
    escapeMarkdown(summary.app),
    String(summary.mustReport),
    isoFromMicroseconds(namingTime(judged)),
    summary.latency === undefined ? '' : formatDuration(summary.latency),
    escapeMarkdown(headlineWithoutTitle(summary)),
  ];
  return `| ${cells.join(' | ')} |`;
}

function headOf({ verdict, severity, title }: DeliverySummary): string {
  return `${verdictSign(verdict, severity)} ${title}`;
}

function section(judged: JudgedDelivery): string {
  const detail = describeDelivery(judged);
  const { summary, explanation, evidence } = detail;
  const { why, nextSteps, links } = explanation;
  return [
    `### ${headOf(summary)}: ${escapeMarkdown(summary.app)}, ${isoFromMicroseconds(namingTime(judged))}`,
    escapeMarkdown(explanation.summary),
    why.map((fact) => `- ${escapeMarkdown(fact)}`).join('\n'),
    ...(nextSteps.length === 0 ? [] : ['**What to do**', nextSteps.map(numbered).join('\n')]),
    links.map(({ title, url }) => `[${escapeMarkdown(title)}](<${url}>)`).join(' · '),
    `<details><summary>Evidence, ${evidence.length === 1 ? '1 event' : `${evidence.length} events`}</summary>`,
    codeBlock(evidenceText(detail), 'text'),
    '</details>',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function numbered(step: string, index: number): string {
  return `${index + 1}. ${escapeMarkdown(step)}`;
}
