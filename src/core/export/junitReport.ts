import { isoFromMicroseconds, MICROSECONDS_PER_SECOND } from '../time';
import { describeDelivery } from '../timeline/deliveryDetail';
import type { DeliveryDetail } from '../timeline/deliveryView';
import type { JudgedDelivery, Timeline } from '../timeline/timeline';
import { namingTime } from '../timeline/worstFirst';
import type { Explanation, Verdict, VerdictKind } from '../verdict/verdict';
import { evidenceText } from './evidenceText';
import { type FailOn, fails } from './failOn';
import { escapeAttribute, escapeElement } from './xmlText';

/** Nothing was proved, neither way: neither a pass nor a failure. */
const UNDECIDED: ReadonlySet<VerdictKind> = new Set(['inconclusive', 'undelivered', 'pending']);

type Outcome = 'passed' | 'failed' | 'skipped';

/**
 * One test case a delivery, in the elements and attributes that CI systems have in common. A flagged delivery is a
 * failure, and so is one that `failOn` names; one that nothing could be proved of is skipped.
 * https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junitReport({ deliveries }: Timeline, failOn: FailOn): string {
  const cases = deliveries.map((judged) => ({ judged, outcome: outcomeOf(judged.verdict, failOn) }));
  const count = (wanted: Outcome): number => cases.filter(({ outcome }) => outcome === wanted).length;
  const first = deliveries[0];
  const counts = `tests="${cases.length}" failures="${count('failed')}" errors="0"`;
  // 2026-09-08T08:11:34
  const timestamp = first === undefined ? '' : ` timestamp="${isoFromMicroseconds(namingTime(first)).slice(0, 19)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="voip-push check" ${counts}>`,
    `<testsuite name="VoIP pushes" ${counts} skipped="${count('skipped')}"${timestamp}>`,
    ...cases.map(({ judged, outcome }, index) => testCase(judged, outcome, index + 1)),
    '</testsuite>',
    '</testsuites>\n',
  ].join('\n');
}

function outcomeOf(verdict: Verdict, failOn: FailOn): Outcome {
  if (verdict.severity === 'error' || fails(verdict, failOn)) return 'failed';
  return UNDECIDED.has(verdict.kind) ? 'skipped' : 'passed';
}

// Numbered, because two deliveries can have the same time: `VoIP push 3, 2026-09-08T08:11:34.092155Z`
function testCase(judged: JudgedDelivery, outcome: Outcome, number: number): string {
  const detail = describeDelivery(judged);
  const { app, latency = 0 } = detail.summary;
  const name = `VoIP push ${number}, ${isoFromMicroseconds(namingTime(judged))}`;
  const seconds = (Math.max(0, latency) / MICROSECONDS_PER_SECOND).toFixed(3);
  return [
    `<testcase classname="${escapeAttribute(app)}" name="${name}" time="${seconds}">`,
    outcomeElement(detail, outcome),
    '</testcase>',
  ].join('\n');
}

function outcomeElement(detail: DeliveryDetail, outcome: Outcome): string {
  const { summary, explanation } = detail;
  const message = escapeAttribute(explanation.summary);
  switch (outcome) {
    case 'passed':
      return `<system-out>${escapeElement(explanation.summary)}</system-out>`;
    case 'skipped':
      return `<skipped message="${message}"/>\n<system-out>${escapeElement(fullText(detail))}</system-out>`;
    case 'failed':
      return `<failure type="${summary.verdict}" message="${message}">${escapeElement(fullText(detail))}</failure>`;
  }
}

function fullText(detail: DeliveryDetail): string {
  const { explanation } = detail;
  return [explanation.summary, ...reasons(explanation), 'Evidence:', evidenceText(detail)].join('\n');
}

function reasons({ why, nextSteps, links }: Explanation): readonly string[] {
  return [
    ...why.map((fact) => `- ${fact}`),
    ...(nextSteps.length === 0 ? [] : ['What to do:', ...nextSteps.map((step, index) => `${index + 1}. ${step}`)]),
    ...links.map(({ title, url }) => `${title}: ${url}`),
  ];
}
