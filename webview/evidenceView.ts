import type { LogRecord } from '../src/core/log/logRecord';
import { parseNdjsonLine } from '../src/core/log/ndjson';
import { isoFromMicroseconds } from '../src/core/time';
import type { DeliverySummary, Evidence } from '../src/core/timeline/deliveryView';
import { JOINED_BY_TITLES, LANE_TITLES, offsetText } from '../src/core/timeline/evidenceWords';
import { createButton } from './controls';
import { foreignText, html, svg } from './dom';
import { laneMark } from './marks';
import { toneOf } from './reportMark';

/** Puts a text on the clipboard; `what` names it in the confirmation. */
export type Copy = (text: string, what: string) => void;

/** Every event of the delivery; opened, each shows where it comes from, its message and its raw line. */
export function createEvidence(evidence: readonly Evidence[], summary: DeliverySummary, copy: Copy): HTMLElement {
  return html('div', 'evidence', ...evidence.map((item) => createEvidenceItem(item, summary, copy)));
}

function createEvidenceItem(item: Evidence, summary: DeliverySummary, copy: Copy): HTMLElement {
  const mark = svg('svg', { class: 'evidenceMark', width: 12, height: 12, 'aria-hidden': 'true' });
  mark.append(laneMark(item.lane, toneOf(item, summary), 6, 6));
  const words = html('span', 'evidenceWords', html('span', 'evidenceLabel', item.label));
  if (item.detail !== '') words.append(foreignText('muted evidenceDetail', item.detail));
  const line = html('summary', 'evidenceHead', html('span', 'evidenceOffset', offsetText(item.offset)), mark, words);
  const record = item.line === undefined ? undefined : parseNdjsonLine(item.line);
  return html('details', 'evidenceItem', line, createFacts(item, record), ...createProof(item, record, copy));
}

function createFacts({ at, lane, source, joinedBy }: Evidence, record: LogRecord | undefined): HTMLElement {
  return html(
    'p',
    'evidenceFacts muted',
    isoFromMicroseconds(at),
    ' · ',
    ...(record ? [foreignText('evidenceSource', processText(record)), ' · '] : []),
    LANE_TITLES[lane],
    ' · ',
    foreignText('evidenceSource', source),
    ' · ',
    JOINED_BY_TITLES[joinedBy],
  );
}

/** `callservicesd[101]`, as logs print it. */
function processText({ process, pid }: LogRecord): string {
  return pid === undefined ? process : `${process}[${pid}]`;
}

/** What the log says in words, the whole record folded behind it; a line that is no record as it is. */
function createProof({ line }: Evidence, record: LogRecord | undefined, copy: Copy): readonly HTMLElement[] {
  if (line === undefined) return [];
  const button = createButton({
    label: 'Copy raw line',
    title: 'Copy raw line',
    appearance: 'icon',
    icon: 'copy',
    onClick: () => copy(line, 'raw line'),
  });
  if (record === undefined) return [html('div', 'copyable', createRawLine(line), button)];
  const message = html('p', 'evidenceMessage', record.message);
  message.dir = 'auto';
  const fold = html('details', 'rawFold', html('summary', 'rawHead muted', 'Raw line'), createRawLine(line));
  return [html('div', 'copyable', message, button), fold];
}

function createRawLine(line: string): HTMLElement {
  const text = html('pre', 'rawLine', line);
  text.tabIndex = 0;
  text.role = 'region';
  text.ariaLabel = 'Raw line';
  return text;
}
