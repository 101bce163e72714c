import type { PushReceivedEvent } from './event';

/** Why no report was due, where iOS does not say it and the app said why. */
export function exemptionOf({ mustReport, appState, onCall }: PushReceivedEvent): 'foreground' | 'on-call' | undefined {
  if (mustReport !== 'unknown') return undefined;
  if (appState === 'foreground') return 'foreground';
  return onCall === true ? 'on-call' : undefined;
}
