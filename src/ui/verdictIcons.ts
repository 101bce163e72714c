import type { VerdictKind, VerdictSeverity } from '../core/verdict/verdict';

/** Codicons of the verdicts. */
export const VERDICT_ICONS: { readonly [K in VerdictKind]: string } = {
  pending: 'loading~spin',
  rejected: 'circle-slash',
  'send-failed': 'debug-disconnect',
  undelivered: 'question',
  blocked: 'lock',
  reported: 'pass',
  'reported-with-error': 'info',
  'reported-late': 'watch',
  'not-required': 'circle-outline',
  'missing-report': 'error',
  killed: 'error',
  inconclusive: 'eye-closed',
};

const SEVERITY_COLORS: { readonly [S in VerdictSeverity]: string | undefined } = {
  error: 'list.errorForeground',
  warning: 'list.warningForeground',
  info: 'charts.blue',
  none: undefined,
};

/** Theme color of a verdict's icon; missing where the icon says enough. */
export function verdictColor(verdict: VerdictKind, severity: VerdictSeverity): string | undefined {
  return verdict === 'reported' ? 'testing.iconPassed' : SEVERITY_COLORS[severity];
}
