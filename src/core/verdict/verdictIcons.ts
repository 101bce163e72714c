import type { VerdictKind } from './verdict';

/** The codicon of each verdict, the same in the tree and in the timeline. https://microsoft.github.io/vscode-codicons/ */
export const VERDICT_ICONS = {
  pending: 'loading',
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
} as const satisfies { readonly [K in VerdictKind]: string };
export type VerdictIcon = (typeof VERDICT_ICONS)[VerdictKind];
