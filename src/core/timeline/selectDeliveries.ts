import { bundleIdOf } from '../correlation/draft';
import type { Microseconds } from '../time';
import type { JudgedDelivery, Timeline } from './timeline';
import { namingTime } from './worstFirst';

/** Which deliveries are asked for; those that are left out still count as context of the others. */
export interface DeliverySelection {
  /** Bundle ids; deliveries that do not say whose they are belong to none. */
  readonly apps?: readonly string[];
  /** Only deliveries of this time or later, by the clock of their log. */
  readonly since?: Microseconds;
}

/** What was chosen, and how much was not. */
export interface SelectedDeliveries {
  readonly timeline: Timeline;
  readonly leftOut: {
    readonly earlier: number;
    readonly otherApps: number;
    /** The log says `<private>`, or nothing, in the place of the bundle id. */
    readonly unknownApps: number;
  };
}

/** The deliveries that are asked for, with the verdicts that all of the evidence gave them. */
export function selectDeliveries(timeline: Timeline, { apps, since }: DeliverySelection): SelectedDeliveries {
  const leftOut = { earlier: 0, otherApps: 0, unknownApps: 0 };
  const selected = keepDeliveries(timeline, (judged) => {
    const reason = whyLeftOut(judged, apps, since);
    if (reason !== undefined) leftOut[reason] += 1;
    return reason === undefined;
  });
  const unjoined = timeline.unjoined.filter(
    ({ at, bundleId = '' }) => (since === undefined || at >= since) && (apps === undefined || apps.includes(bundleId)),
  );
  return { timeline: { ...selected, unjoined }, leftOut };
}

/** A timeline of those deliveries only, counted anew; what belongs to no delivery stays as it is. */
export function keepDeliveries(timeline: Timeline, isKept: (judged: JudgedDelivery) => boolean): Timeline {
  const deliveries = timeline.deliveries.filter(isKept);
  return {
    ...timeline,
    deliveries,
    flagged: deliveries.filter(({ verdict }) => verdict.severity === 'error').length,
    inconclusive: deliveries.filter(({ verdict }) => verdict.kind === 'inconclusive').length,
  };
}

function whyLeftOut(
  judged: JudgedDelivery,
  apps: readonly string[] | undefined,
  since: Microseconds | undefined,
): keyof SelectedDeliveries['leftOut'] | undefined {
  if (since !== undefined && namingTime(judged) < since) return 'earlier';
  if (apps === undefined) return undefined;
  const app = bundleIdOf(judged.delivery);
  if (app === undefined) return 'unknownApps';
  return apps.includes(app) ? undefined : 'otherApps';
}
