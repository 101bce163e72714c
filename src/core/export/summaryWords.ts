import type { DeliverySummary } from '../timeline/deliveryView';
import type { Timeline } from '../timeline/timeline';
import { unjoinedWords } from '../timeline/unjoinedWords';

/** `11 deliveries: 5 flagged, 1 inconclusive`; `flaggedWords` stands in for `5 flagged` where it gets a color. */
export function summaryWords(
  { deliveries, flagged, inconclusive }: Timeline,
  flaggedWords = `${flagged} flagged`,
): string {
  const count = deliveries.length === 1 ? '1 delivery' : `${deliveries.length} deliveries`;
  return `${count}: ${flaggedWords}, ${inconclusive} inconclusive`;
}

/** `summaryWords` as a sentence, and one about call reports without a push where there are any. */
export function summarySentences(timeline: Timeline): string {
  const unjoined = unjoinedWords(timeline);
  return `${summaryWords(timeline)}.${unjoined === undefined ? '' : ` ${unjoined}.`}`;
}

/** What happened without the verdict in front of it, for where the verdict has a place of its own. */
export function headlineWithoutTitle({ title, headline }: DeliverySummary): string {
  // `Reported: the call was reported …`
  if (!headline.startsWith(`${title}: `)) return headline;
  // A name such as `mustReport` is written as it is.
  return headline.slice(title.length + 2).replace(/^[a-z]+(?![A-Za-z])/, capitalize);
}

function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
