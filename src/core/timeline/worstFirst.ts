import type { Microseconds } from '../time';
import type { VerdictKind, VerdictSeverity } from '../verdict/verdict';
import { loggedTime } from './alignedTime';
import { summariseDelivery } from './deliverySummary';
import type { JudgedDelivery } from './timeline';

const SEVERITY_RANK: { readonly [S in VerdictSeverity]: number } = { error: 0, warning: 1, info: 2, none: 3 };

/** What is wrong first; in order of time among equals. */
export function worstFirst(deliveries: readonly JudgedDelivery[]): readonly JudgedDelivery[] {
  return deliveries.toSorted((a, b) => SEVERITY_RANK[a.verdict.severity] - SEVERITY_RANK[b.verdict.severity]);
}

/** The sign before a verdict in a text without color: `✖`, `!`, `i`, `✔`, `○`, `…`. */
export function verdictSign(kind: VerdictKind, severity: VerdictSeverity): string {
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

/** The time by which a delivery is named: when the app's handler ran, by the clock of its log; else when it began. */
export function namingTime(judged: JudgedDelivery): Microseconds {
  const { received } = judged.delivery;
  return received === undefined ? summariseDelivery(judged).at : loggedTime(received);
}
