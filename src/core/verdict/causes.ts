import type { Delivery } from '../correlation/delivery';
import { attemptOf } from '../correlation/draft';
import { formatDuration, MICROSECONDS_PER_SECOND, type Microseconds } from '../time';
import { LINKS } from './links';
import type { Link } from './verdict';

/** A likely cause of a missing or late report: what the evidence says of it, what mends it, and where that stands. */
export interface Cause {
  readonly step: string;
  readonly link: Link;
}

/** Who takes longer to report was waiting for something. */
const WAITED: Microseconds = MICROSECONDS_PER_SECOND;

/** Likely causes with their fix, best supported by the evidence first. `isTimed`: the clock of the log was surely not set. */
export function likelyCauses(delivery: Delivery, handlerRan: boolean, isTimed = true): readonly Cause[] {
  if (!handlerRan) return [LATE_REGISTRY];
  const { received, returned, reporting } = delivery;
  const causes = [missingCallId(delivery)];
  const attempt = attemptOf(delivery);
  if (received === undefined) causes.push(REPORT_ON_EVERY_PATH, REPORT_FIRST);
  else if (returned !== undefined && (attempt === undefined || returned.at < attempt.at)) {
    const ranFor = formatDuration(returned.at - received.at);
    if (reporting === undefined) causes.push(REPORT_ON_EVERY_PATH);
    causes.push({
      step:
        reporting === undefined
          ? `Report in the delegate method itself: a report started in a task or after an await comes after the check, which here came after ${ranFor}.`
          : `Report in the delegate method itself: this report was started in a task, after an await or in a callback, and came ${timeBefore(reporting.at - returned.at, isTimed)}after the return.`,
      link: LINKS.asyncReport,
    });
    if (reporting !== undefined) causes.push(REPORT_ON_EVERY_PATH);
  } else if (attempt !== undefined && attempt.at - received.at > WAITED) {
    causes.push({
      step: `Report first, before the network, the database or a bridge to JavaScript or Dart is waited for, and update the call later: here ${formatDuration(attempt.at - received.at)} passed before the report.`,
      link: LINKS.twoChecks,
    });
  } else causes.push(REPORT_FIRST, REPORT_ON_EVERY_PATH);
  return causes.filter((cause) => cause !== undefined);
}

function timeBefore(time: Microseconds, isTimed: boolean): string {
  return isTimed ? `${formatDuration(time)} ` : '';
}

const LATE_REGISTRY: Cause = {
  step: 'Create the PKPushRegistry and set its delegate at launch, on every launch, and keep it alive: a registry made later misses the push.',
  link: LINKS.responding,
};

const REPORT_FIRST: Cause = {
  step: 'Report first, before the network, the database or a bridge to JavaScript or Dart is waited for, and update the call later.',
  link: LINKS.twoChecks,
};

const REPORT_ON_EVERY_PATH: Cause = {
  step: 'Report on every path through the handler, also when the user is logged out, the payload is bad or the call is already gone: report, then end the call.',
  link: LINKS.responding,
};

/** What was sent from here is known; of a push from elsewhere only what the app said of it. */
function missingCallId({ received, sent }: Delivery): Cause | undefined {
  if ((received?.callId ?? sent?.callId) !== undefined) return undefined;
  const advice = 'Send a UUID, and report a call even when the payload is not understood.';
  if (sent !== undefined) {
    const step = `The payload carries no call id: apps often return early without one. ${advice}`;
    return { step, link: LINKS.responding };
  }
  if (received === undefined) return undefined;
  const step = `The app named no call id. If the payload carries none, apps often return early. ${advice}`;
  return { step, link: LINKS.responding };
}
