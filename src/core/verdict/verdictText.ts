import type { VerdictKind } from './verdict';

/** Every verdict in words, as titles in the timeline, the tree and the command line. */
export const VERDICT_TITLES: { readonly [K in VerdictKind]: string } = {
  pending: 'Pending',
  rejected: 'Rejected',
  'send-failed': 'Not sent',
  undelivered: 'Undelivered',
  blocked: 'Blocked',
  reported: 'Reported',
  'reported-with-error': 'Reported with error',
  'reported-late': 'Reported late',
  'not-required': 'Not required',
  'missing-report': 'Missing report',
  killed: 'Killed',
  inconclusive: 'Inconclusive',
};
