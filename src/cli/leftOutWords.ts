import { bundleIdOf } from '../core/correlation/draft';
import type { SelectedDeliveries } from '../core/timeline/selectDeliveries';
import type { Timeline } from '../core/timeline/timeline';
import { countOf } from './findingText';

/** What was left out of a result, a sentence each. When nothing is left, also what there would have been. */
export function leftOutWords(
  { earlier, otherApps, unknownApps }: SelectedDeliveries['leftOut'],
  { deliveries }: Timeline,
): readonly string[] {
  const notes: string[] = [];
  const note = (count: number, why: string): void => {
    if (count > 0)
      notes.push(`${countOf(count, 'delivery', 'deliveries')} ${count === 1 ? 'was' : 'were'} left out: ${why}.`);
  };
  note(earlier, 'before the time of --since');
  note(otherApps, 'of another app than --app names');
  note(unknownApps, 'the log does not say whose they are, so --app cannot tell');
  const isEmpty = deliveries.length > 0 && earlier + otherApps + unknownApps === deliveries.length;
  if (isEmpty && otherApps > 0)
    notes.push(`No delivery is of the app asked for. There are deliveries of ${appsOf(deliveries)}.`);
  return notes;
}

function appsOf(deliveries: Timeline['deliveries']): string {
  const apps = new Set(deliveries.map(({ delivery }) => bundleIdOf(delivery)).filter((app) => app !== undefined));
  return [...apps].sort().slice(0, 10).join(', ');
}
