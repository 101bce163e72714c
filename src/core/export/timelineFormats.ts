import { checkReport } from '../timeline/checkReport';
import type { Timeline } from '../timeline/timeline';
import { htmlReport } from './htmlReport';
import { markdownReport } from './markdownReport';

/** Documents of a whole timeline that the editor and the command line both write. */
export const TIMELINE_FORMATS = ['html', 'markdown', 'json'] as const;
export type TimelineFormat = (typeof TIMELINE_FORMATS)[number];

/** The whole timeline as a document; `tool` names the product and its version. */
export function formatTimeline(timeline: Timeline, format: TimelineFormat, tool: string): string {
  switch (format) {
    case 'html':
      return htmlReport(timeline, tool);
    case 'markdown':
      return markdownReport(timeline);
    case 'json':
      return `${JSON.stringify(checkReport(timeline))}\n`;
  }
}
