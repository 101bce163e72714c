import type { RecordingHeader } from '../../core/recording/recordingFormat';
import { MICROSECONDS_PER_MILLISECOND } from '../../core/time';
import type { Timeline } from '../../core/timeline/timeline';

/** `3 deliveries, 1 flagged`, `no deliveries`. */
export function deliveriesText({ deliveries, flagged }: Pick<Timeline, 'deliveries' | 'flagged'>): string {
  if (deliveries.length === 0) return 'no deliveries';
  return `${deliveries.length} ${deliveries.length === 1 ? 'delivery' : 'deliveries'}, ${flagged} flagged`;
}

/** `812 bytes`, `12 KB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** Local date and time in the way of the user's country: `8 Sept 2026, 10:11`. */
export function dateText(milliseconds: number): string {
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(milliseconds);
}

/** What a header says, for people: when, with which targets, by what. */
export function headerTexts({ at, targets, tool }: RecordingHeader): readonly string[] {
  return [
    ...(at > 0 ? [`Recorded ${dateText(at / MICROSECONDS_PER_MILLISECOND)}`] : []),
    ...(targets.length > 0 ? [targets.join(', ')] : []),
    `VoIP Push Debugger ${tool}`,
  ];
}
