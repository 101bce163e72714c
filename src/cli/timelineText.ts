import type { MustReport } from '../core/events/event';
import { isoFromMicroseconds } from '../core/time';
import { summariseDelivery } from '../core/timeline/deliverySummary';
import type { JudgedDelivery, Timeline } from '../core/timeline/timeline';
import type { VerdictKind, VerdictSeverity } from '../core/verdict/verdict';
import { countOf } from './findingText';
import { type Paint, printable } from './paint';

/** One delivery as a block of text: a line that says all, then for what is not fine why and what to do. */
export function renderDelivery(judged: JudgedDelivery, paint: Paint, label?: string): string {
  const { verdict, explanation } = judged;
  const { severity } = verdict;
  const lines = [renderHead(judged, paint, label), `  ${printable(explanation.summary)}`];
  if (severity === 'error' || severity === 'warning') {
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
  const { verdict, delivery } = judged;
  const { title, app, mustReport, at } = summariseDelivery(judged);
  return [
    paint(verdict.severity, `${markOf(verdict.kind, verdict.severity)} ${title}`),
    ...(label === undefined ? [] : [paint('strong', label)]),
    printable(app),
    mustReportText(mustReport),
    paint('faint', isoFromMicroseconds(delivery.received?.at ?? at)),
  ].join('  ');
}

/** `11 deliveries: 5 flagged, 1 inconclusive.` */
export function renderSummary({ deliveries, unjoined, flagged, inconclusive }: Timeline, paint: Paint): string {
  const verdict = flagged > 0 ? paint('error', `${flagged} flagged`) : '0 flagged';
  return `${countOf(deliveries.length, 'delivery', 'deliveries')}: ${verdict}, ${inconclusive} inconclusive.\n${unjoinedText(unjoined)}`;
}

/** `1 call report belongs to no push that was seen.` Nothing where every report has its push. */
function unjoinedText(unjoined: Timeline['unjoined']): string {
  const reports = unjoined.filter(({ kind }) => kind === 'call.reporting').length;
  if (reports === 0) return '';
  return `${countOf(reports, 'call report belongs', 'call reports belong')} to no push that was seen.\n`;
}

const SEVERITY_RANK: { readonly [S in VerdictSeverity]: number } = { error: 0, warning: 1, info: 2, none: 3 };

/** What is wrong first; in order of time among equals. */
export function worstFirst(deliveries: readonly JudgedDelivery[]): readonly JudgedDelivery[] {
  return deliveries.toSorted((a, b) => SEVERITY_RANK[a.verdict.severity] - SEVERITY_RANK[b.verdict.severity]);
}

function markOf(kind: VerdictKind, severity: VerdictSeverity): string {
  switch (severity) {
    case 'error':
      return '✖';
    case 'warning':
      return '!';
    case 'info':
      return 'i';
    case 'none':
      return kind === 'not-required' ? '○' : kind === 'pending' ? '…' : '✔';
  }
}

function mustReportText(mustReport: MustReport): string {
  return `mustReport ${mustReport}`;
}
