import { formatDuration, isoFromMicroseconds } from '../time';
import { summariseDelivery } from '../timeline/deliverySummary';
import type { JudgedDelivery, Timeline } from '../timeline/timeline';
import { namingTime } from '../timeline/worstFirst';
import { htmlDelivery, htmlVerdict } from './htmlDelivery';
import { HTML_STYLE } from './htmlStyle';
import { headlineWithoutTitle, summarySentences, summaryWords } from './summaryWords';
import { escapeElement } from './xmlText';

// Nothing is loaded and nothing runs, even if a text should ever get past the escaping.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * The whole timeline as one page that needs nothing else and no script: a table of all deliveries in order of time, and
 * each of them to fold out. `tool` names the product and its version.
 */
export function htmlReport(timeline: Timeline, tool: string): string {
  const { deliveries } = timeline;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>VoIP push timeline: ${summaryWords(timeline)}</title>
<style>${HTML_STYLE}</style>
</head>
<body>
<header>
<h1>VoIP push timeline</h1>
<p>${summarySentences(timeline)}</p>
<p class="faint">${escapeElement(tool)}. Times are in UTC, by the clock of the log. Device tokens are shortened.</p>
</header>
<main>
${deliveries.length === 0 ? '<p>There are no deliveries.</p>' : `${overview(deliveries)}\n${folds(deliveries)}`}
</main>
</body>
</html>
`;
}

const COLUMNS = ['Verdict', 'App', 'mustReport', 'Received', 'Report after', 'What happened'];

function overview(deliveries: readonly JudgedDelivery[]): string {
  const head = COLUMNS.map((column) => `<th scope="col">${column}</th>`).join('');
  const rows = deliveries.map((judged, index) => {
    const summary = summariseDelivery(judged);
    return `<tr><td><a href="#delivery-${index + 1}">${htmlVerdict(summary)}</a></td><td>${escapeElement(
      summary.app,
    )}</td><td>${summary.mustReport}</td><td class="time">${isoFromMicroseconds(namingTime(judged))}</td><td class="time">${
      summary.latency === undefined ? '' : formatDuration(summary.latency)
    }</td><td>${escapeElement(headlineWithoutTitle(summary))}</td></tr>`;
  });
  return `<h2 id="overview">Overview</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="overview"><table>
<thead><tr>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table></div>`;
}

function folds(deliveries: readonly JudgedDelivery[]): string {
  return `<h2>Deliveries</h2>\n${deliveries.map((judged, index) => htmlDelivery(judged, index + 1)).join('\n')}`;
}
