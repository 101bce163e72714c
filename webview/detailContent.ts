import { isoFromMicroseconds } from '../src/core/time';
import type { DeliveryDetail, DeliverySummary } from '../src/core/timeline/deliveryView';
import { clockText } from '../src/core/timeline/evidenceWords';
import { createButton } from './controls';
import {
  createAnswer,
  createFields,
  createFoldedSection,
  createLinks,
  createPayload,
  createSection,
  createSentences,
} from './detailSections';
import { foreignText, html } from './dom';
import { type Copy, createEvidence } from './evidenceView';
import { verdictIcon } from './icons';
import { createLadder } from './ladderView';
import { isFlagged } from './listing';
import { mustReportText, NOT_RECEIVED, wasReceived } from './mustReport';
import { explanationText, timeOfDay } from './wording';

/** What the buttons and links of the details do. */
export interface DetailListeners {
  readonly onCopy: Copy;
  readonly onOpenPayload: (deliveryId: string) => void;
  readonly onOpenLink: (url: string) => void;
}

/** The verdict in words, which stands above everything and comes before the rest has arrived. */
export function createVerdictHead(
  summary: DeliverySummary,
  detail: DeliveryDetail | undefined,
  onCopy: Copy,
): HTMLElement {
  const title = html('h2', '', summary.title);
  const pills = html('span', 'pills');
  if (isFlagged(summary)) pills.append(html('span', 'pill pillError', 'Flagged'));
  if (summary.certainty === 'assumed') {
    const assumed = html('span', 'pill', 'Assumed');
    assumed.title = 'The system did not say mustReport: this follows from the documented rules.';
    pills.append(assumed);
  }
  const copy = createButton({
    label: 'Copy explanation',
    title: 'Copy explanation (Ctrl+C or ⌘C in the list)',
    appearance: 'icon',
    icon: 'copy',
    onClick: () => onCopy(explanationText(summary, detail), 'explanation'),
  });
  const time = html('time', '', timeOfDay(summary.at));
  time.dateTime = isoFromMicroseconds(summary.at);
  time.title = isoFromMicroseconds(summary.at);
  const app = foreignText('metaApp', summary.app);
  const mustReport = html('span', 'metaFact', mustReportText(summary));
  if (!wasReceived(summary)) mustReport.title = NOT_RECEIVED;
  const meta = html('p', 'meta muted', app, html('span', 'metaFact', time), mustReport);
  const head = html('div', 'verdictTitle', verdictIcon(summary.verdict), title, pills, copy);
  const headline = html('p', 'headline', summary.headline);
  return html('header', `verdictHead severity-${summary.severity} verdict-${summary.verdict}`, head, meta, headline);
}

/** Everything below the verdict. `opened` names the folded sections that are open and is kept up to date. */
export function createDetailBody(
  detail: DeliveryDetail,
  opened: Set<string>,
  { onCopy, onOpenPayload, onOpenLink }: DetailListeners,
): readonly HTMLElement[] {
  const { summary, explanation, evidence, payload, answer, request } = detail;
  const { why, nextSteps, links } = explanation;
  const clock = clockText(detail.clockOffset);
  const body: HTMLElement[] = [];
  if (explanation.summary !== summary.headline) body.push(html('p', 'summary', explanation.summary));
  if (why.length > 0) body.push(createSection('Why', createSentences('ul', why)));
  if (nextSteps.length > 0) body.push(createSection('Next steps', createSentences('ol', nextSteps)));
  const notes = clock === undefined ? [] : [html('p', 'muted clock', clock)];
  body.push(createSection('What happened', createLadder(detail), ...notes));
  if (answer) body.push(createSection('Answer of APNs', ...createAnswer(answer, onCopy)));
  body.push(
    createFoldedSection(
      'Evidence',
      countOf(evidence.length, 'event'),
      opened,
      createEvidence(evidence, summary, onCopy),
    ),
  );
  if (payload) {
    const content = createPayload(payload, onCopy, () => onOpenPayload(summary.id));
    body.push(createFoldedSection('Payload sent', countOf(payload.bytes, 'byte'), opened, ...content));
  }
  if (request) {
    const fields = createFields(request, onCopy);
    body.push(createFoldedSection('Request', countOf(request.length, 'field'), opened, fields));
  }
  if (links.length > 0) body.push(createSection('Sources', createLinks(links, onOpenLink)));
  return body;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
