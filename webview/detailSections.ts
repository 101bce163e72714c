import type { AnswerView, SentPayload } from '../src/core/timeline/deliveryView';
import type { Link } from '../src/core/verdict/verdict';
import { createButton } from './controls';
import { foreignText, html } from './dom';
import type { Copy } from './evidenceView';
import { prettyPayload } from './payloadText';

type Fields = readonly (readonly [label: string, value: string])[];

/** A part of the details under a heading. */
export function createSection(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return html('section', 'section', html('h3', '', title), ...content);
}

/** A part of the details that opens and closes; the sections named in `opened` are open, and it is kept up to date. */
export function createFoldedSection(
  title: string,
  aside: string,
  opened: Set<string>,
  ...content: readonly HTMLElement[]
): HTMLElement {
  const head = html('summary', 'foldHead', html('h3', '', title), html('span', 'muted', aside));
  const section = html('details', 'section fold', head, ...content);
  section.open = opened.has(title);
  section.addEventListener('toggle', () => {
    if (section.open) opened.add(title);
    else opened.delete(title);
  });
  return section;
}

/** Sentences, numbered when their order matters. */
export function createSentences(tag: 'ul' | 'ol', sentences: readonly string[]): HTMLElement {
  return html(tag, 'sentences', ...sentences.map((sentence) => html('li', '', sentence)));
}

/** APNs' answer in words, with the ids one needs to ask Apple. */
export function createAnswer({ title, meaning, remedy, fields }: AnswerView, copy: Copy): readonly HTMLElement[] {
  const paragraphs = [meaning, remedy].filter((text) => text !== undefined).map((text) => html('p', '', text));
  return [html('p', 'answerTitle', title), ...paragraphs, createFields(fields, copy)];
}

/** Labels and values; every value can be copied. */
export function createFields(fields: Fields, copy: Copy): HTMLElement {
  const rows = fields.map(([label, value]) => {
    const button = createButton({
      label: `Copy ${label}`,
      title: `Copy ${label}`,
      appearance: 'icon',
      icon: 'copy',
      onClick: () => copy(value, label),
    });
    return html('div', 'field', html('dt', 'muted', label), html('dd', '', foreignText('fieldValue', value), button));
  });
  return html('dl', 'fields', ...rows);
}

/** The payload as it was sent. */
export function createPayload(payload: SentPayload, copy: Copy, open: () => void): readonly HTMLElement[] {
  const text = html('pre', 'payload', prettyPayload(payload.text));
  text.tabIndex = 0;
  text.role = 'region';
  text.ariaLabel = 'Payload sent';
  const buttons = html(
    'div',
    'buttons',
    createButton({
      label: 'Copy payload',
      title: 'Copy the exact text that was sent',
      appearance: 'secondary',
      icon: 'copy',
      onClick: () => copy(payload.text, 'payload'),
    }),
    createButton({
      label: 'Open',
      title: 'Open the payload in an editor',
      appearance: 'secondary',
      icon: 'open',
      onClick: open,
    }),
  );
  return [text, createFields([['SHA-256', payload.sha256]], copy), buttons];
}

/** Links that the extension opens: the webview itself reaches nothing. */
export function createLinks(links: readonly Link[], open: (url: string) => void): HTMLElement {
  const items = links.map(({ title, url }) => {
    const link = html('button', 'link', title);
    link.type = 'button';
    link.role = 'link';
    link.title = url;
    link.addEventListener('click', () => open(url));
    return html('li', '', link);
  });
  return html('ul', 'sentences links', ...items);
}
