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

/** Local date and time as the names of recordings have them: `2026-09-08 10:11`. */
export function dateText(milliseconds: number): string {
  const date = new Date(milliseconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** What a header says, for people: when, with which targets, by what. */
export function headerTexts({ at, targets, tool }: RecordingHeader): readonly string[] {
  return [
    ...(at > 0 ? [`Recorded ${dateText(at / MICROSECONDS_PER_MILLISECOND)}`] : []),
    ...(targets.length > 0 ? [targets.join(', ')] : []),
    `VoIP Push Debugger ${tool}`,
  ];
}
