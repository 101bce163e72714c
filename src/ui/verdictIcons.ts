import type { VerdictKind, VerdictSeverity } from '../core/verdict/verdict';
import { VERDICT_ICONS } from '../core/verdict/verdictIcons';

/** The codicon of a verdict, as VS Code's trees write it: what is pending turns. */
export function verdictIcon(verdict: VerdictKind): string {
  const icon = VERDICT_ICONS[verdict];
  return icon === 'loading' ? 'loading~spin' : icon;
}

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
