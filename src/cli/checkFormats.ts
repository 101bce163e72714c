import { version } from '../../package.json';
import { checkSarif, type LocateEvent } from '../core/export/checkSarif';
import type { FailOn } from '../core/export/failOn';
import { junitReport } from '../core/export/junitReport';
import { formatTimeline } from '../core/export/timelineFormats';
import type { Timeline } from '../core/timeline/timeline';

/** How `voip-push check` can write its result; `text` is for people on a terminal. */
export const CHECK_FORMATS = ['text', 'json', 'junit', 'markdown', 'sarif', 'html'] as const;
export type CheckFormat = (typeof CHECK_FORMATS)[number];

export interface CheckFormatOptions {
  readonly failOn: FailOn;
  readonly locate: LocateEvent;
}

/** The timeline as a document; never with colors. */
export function formatCheck(
  timeline: Timeline,
  format: Exclude<CheckFormat, 'text'>,
  { failOn, locate }: CheckFormatOptions,
): string {
  switch (format) {
    case 'junit':
      return junitReport(timeline, failOn);
    case 'sarif':
      return `${checkSarif(timeline, locate, version)}\n`;
    default:
      return formatTimeline(timeline, format, `VoIP Push Debugger ${version}`);
  }
}
