import type { AppState } from '../../core/events/event';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../../core/time';
import type { PhoneSystem } from '../../core/virtualApp';

// What Apple documents about VoIP pushes, and what others found out: no behavior of an app, no words of a log.

/** callservicesd's check: about 7 s after the delivery. https://developer.apple.com/forums/thread/817976 */
export const REPORT_DEADLINE: Microseconds = 7 * MICROSECONDS_PER_SECOND;

/** More consecutive kills than this, and the system stops launching the app. https://developer.apple.com/forums/thread/768136 */
const TOLERATED_KILLS = 2;

/** How the system sees an app when a push reaches it. */
export interface AppSituation {
  readonly state: AppState;
  readonly isOnCall: boolean;
  /** The network held the push for an extended time. */
  readonly isDeliveredLate: boolean;
}

/**
 * Whether the system demands a call report for a push. Before iOS 26.4 a late delivery is no excuse.
 * https://developer.apple.com/documentation/pushkit/pkvoippushmetadata/mustreport
 */
export function mustReport(situation: AppSituation, system: PhoneSystem): boolean {
  const isExcusedForBeingLate = system === 'ios-26.4' && situation.isDeliveredLate;
  return situation.state !== 'foreground' && !situation.isOnCall && !isExcusedForBeingLate;
}

/** What decides whether an app broke the rule, at either of the two checks. */
export interface ReportDuty {
  readonly mustReport: boolean;
  /** The attempt counts, not its success: https://developer.apple.com/forums/thread/768136 */
  readonly hasAttempted: boolean;
}

/** PushKit asks this when the delegate method has returned, callservicesd when the deadline has passed. */
export function isViolation(duty: ReportDuty): boolean {
  return duty.mustReport && !duty.hasAttempted;
}

/** Whether the app has been ended so often in a row that it is no longer launched for a push. */
export function isBlocked(consecutiveKills: number): boolean {
  return consecutiveKills > TOLERATED_KILLS;
}
