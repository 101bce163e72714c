import { version } from '../../package.json';
import { checkSarif, type LocateEvent } from '../core/export/checkSarif';
import type { FailOn } from '../core/export/failOn';
import { htmlReport } from '../core/export/htmlReport';
import { junitReport } from '../core/export/junitReport';
import { markdownReport } from '../core/export/markdownReport';
import { checkReport } from '../core/timeline/checkReport';
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
    case 'json':
      return `${JSON.stringify(checkReport(timeline))}\n`;
    case 'junit':
      return junitReport(timeline, failOn);
    case 'markdown':
      return markdownReport(timeline);
    case 'sarif':
      return `${checkSarif(timeline, locate, version)}\n`;
    case 'html':
      return htmlReport(timeline, `VoIP Push Debugger ${version}`);
  }
}
