import { isoFromMicroseconds } from '../src/core/time';
import type { DeliverySummary, Evidence } from '../src/core/timeline/deliveryView';
import { createButton } from './controls';
import { foreignText, html, svg } from './dom';
import { laneMark } from './marks';
import { toneOf } from './reportMark';
import { JOINED_BY_TITLES, LANE_TITLES, offsetText } from './wording';

/** Puts a text on the clipboard; `what` names it in the confirmation. */
export type Copy = (text: string, what: string) => void;

/** Every event of the delivery; opened, each shows where it comes from and its raw line. */
export function createEvidence(evidence: readonly Evidence[], summary: DeliverySummary, copy: Copy): HTMLElement {
  return html('div', 'evidence', ...evidence.map((item) => createEvidenceItem(item, summary, copy)));
}

function createEvidenceItem(item: Evidence, summary: DeliverySummary, copy: Copy): HTMLElement {
  const mark = svg('svg', { class: 'evidenceMark', width: 12, height: 12, 'aria-hidden': 'true' });
  mark.append(laneMark(item.lane, toneOf(item, summary), 6, 6));
  const words = html('span', 'evidenceWords', html('span', 'evidenceLabel', item.label));
  if (item.detail !== '') words.append(foreignText('muted evidenceDetail', item.detail));
  const line = html('summary', 'evidenceHead', html('span', 'evidenceOffset', offsetText(item.offset)), mark, words);
  return html('details', 'evidenceItem', line, createFacts(item), ...createRawLine(item, copy));
}

function createFacts({ at, lane, source, joinedBy }: Evidence): HTMLElement {
  return html(
    'p',
    'evidenceFacts muted',
    isoFromMicroseconds(at),
    ' · ',
    LANE_TITLES[lane],
    ' · ',
    foreignText('evidenceSource', source),
    ' · ',
    JOINED_BY_TITLES[joinedBy],
  );
}

function createRawLine({ line }: Evidence, copy: Copy): readonly HTMLElement[] {
  if (line === undefined) return [];
  const text = html('pre', 'rawLine', line);
  text.tabIndex = 0;
  text.role = 'region';
  text.ariaLabel = 'Raw line';
  const button = createButton({
    label: 'Copy raw line',
    title: 'Copy raw line',
    appearance: 'icon',
    icon: 'copy',
    onClick: () => copy(line, 'raw line'),
  });
  return [html('div', 'copyable', text, button)];
}
