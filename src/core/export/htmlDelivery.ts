import { isoFromMicroseconds } from '../time';
import { describeDelivery } from '../timeline/deliveryDetail';
import type { AnswerView, DeliveryDetail, DeliverySummary, Evidence } from '../timeline/deliveryView';
import { clockText, JOINED_BY_TITLES, LANE_TITLES, offsetText } from '../timeline/evidenceWords';
import type { JudgedDelivery } from '../timeline/timeline';
import { namingTime, verdictSign } from '../timeline/worstFirst';
import { exportedPayload, messageOf } from './evidenceText';
import { escapeAttribute, escapeElement } from './xmlText';

/** One delivery to fold out: open when it is flagged. Its content has the id `delivery-NUMBER`, so that a link opens it. */
export function htmlDelivery(judged: JudgedDelivery, number: number): string {
  const detail = describeDelivery(judged);
  const { summary, explanation, evidence } = detail;
  const { why, nextSteps, links } = explanation;
  const clock = clockText(detail.clockOffset);
  return [
    `<details${summary.severity === 'error' ? ' open' : ''}>`,
    `<summary>${htmlVerdict(summary)} ${escapeElement(summary.app)} <span class="faint time">${isoFromMicroseconds(namingTime(judged))}</span></summary>`,
    `<div id="delivery-${number}">`,
    `<p>${escapeElement(explanation.summary)}</p>`,
    list('Why', 'ul', why),
    list('What to do', 'ol', nextSteps),
    `<h3>Evidence</h3>`,
    evidenceTable(evidence),
    clock === undefined ? '' : `<p class="faint">${clock}</p>`,
    sending(detail),
    links.length === 0 ? '' : `<h3>Sources</h3>\n<ul>${links.map(sourceItem).join('')}</ul>`,
    '</div>',
    '</details>',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** The verdict with its sign, in its color. */
export function htmlVerdict({ verdict, severity, title }: DeliverySummary): string {
  return `<span class="verdict ${severity}"><span aria-hidden="true">${verdictSign(verdict, severity)}</span> ${title}</span>`;
}

function list(title: string, element: 'ul' | 'ol', lines: readonly string[]): string {
  if (lines.length === 0) return '';
  const items = lines.map((line) => `<li>${escapeElement(line)}</li>`).join('');
  return `<h3>${title}</h3>\n<${element}>${items}</${element}>`;
}

function evidenceTable(evidence: readonly Evidence[]): string {
  const rows = evidence.map(
    ({ offset, lane, label, detail, source, joinedBy, line }) =>
      `<tr><td class="time">${offsetText(offset)}</td><td>${LANE_TITLES[lane]}</td><td>${escapeElement(
        detail === '' ? label : `${label}, ${detail}`,
      )} <span class="faint">${escapeElement(source)}, ${JOINED_BY_TITLES[joinedBy]}</span>${
        line === undefined ? '' : proof(line)
      }</td></tr>`,
  );
  const head = '<tr><th scope="col">Time</th><th scope="col">Where</th><th scope="col">What</th></tr>';
  return `<div class="wide"><table><thead>${head}</thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table></div>`;
}

/** What the log says in words, the whole record folded behind it; a line that is no record as it is. */
function proof(line: string): string {
  const message = messageOf(line);
  const raw = `<pre tabindex="0">${escapeElement(line)}</pre>`;
  if (message === undefined) return raw;
  return `<pre>${escapeElement(message)}</pre><details class="raw"><summary>Raw line</summary>${raw}</details>`;
}

function sending({ payload, request, answer }: DeliveryDetail): string {
  const parts: string[] = [];
  if (payload !== undefined) {
    const { text, isShortened } = exportedPayload(payload);
    const note = isShortened ? ', tokens in it are shortened here' : '';
    parts.push(`<h3>Payload</h3>`);
    parts.push(`<p class="faint">${payload.bytes} bytes, SHA-256 ${payload.sha256}${note}</p>`);
    parts.push(`<pre tabindex="0">${escapeElement(text)}</pre>`);
  }
  if (request !== undefined) parts.push('<h3>Request</h3>', fields(request));
  if (answer !== undefined) parts.push(answerPart(answer));
  return parts.join('\n');
}

function answerPart({ title, meaning, remedy, fields: values }: AnswerView): string {
  const words = [title, meaning, remedy].filter((part) => part !== undefined);
  return `<h3>Answer</h3>\n${words.map((word) => `<p>${escapeElement(word)}</p>`).join('')}\n${fields(values)}`;
}

function fields(values: readonly (readonly [label: string, value: string])[]): string {
  const pairs = values.map(([label, value]) => `<dt>${escapeElement(label)}</dt><dd>${escapeElement(value)}</dd>`);
  return `<dl>${pairs.join('')}</dl>`;
}

function sourceItem({ title, url }: { readonly title: string; readonly url: string }): string {
  return `<li><a href="${escapeAttribute(url)}" rel="noopener noreferrer">${escapeElement(title)}</a></li>`;
}
