import type { TimelineCommand } from '../src/protocol';
import type { DetailListeners } from './detailContent';
import { createDetailView } from './detailView';
import { html, setText } from './dom';
import { createEmptyView } from './emptyView';
import { actionIcon } from './icons';
import { createListView, type ListView } from './listView';
import type { TimelineView } from './state';
import { createToolbarView, type ToolbarListeners } from './toolbarView';

/** Everything the user can ask for in the panel. */
export interface PanelListeners extends ToolbarListeners, DetailListeners {
  readonly onCommand: (command: TimelineCommand) => void;
  readonly onSelect: (deliveryId: string) => void;
  readonly onScroll: (scrollTop: number) => void;
}

/** The whole panel. */
export interface PanelView {
  readonly list: ListView;
  readonly details: HTMLElement;
  show(view: TimelineView): void;
  focusFilter(): void;
  isFilter(element: Element | null): boolean;
  /** Says something to screen readers when they have time for it. */
  announce(text: string): void;
}

/** Builds the panel inside `root`. */
export function createPanelView(root: HTMLElement, listeners: PanelListeners): PanelView {
  const toolbar = createToolbarView(listeners);
  const reason = html('span', 'noticeText');
  const notice = html('div', 'notice noticeWarning', actionIcon('warning'), reason);
  const list = createListView(listeners);
  const showAll = (): void => listeners.onList({ filter: '', flaggedOnly: false });
  const empty = createEmptyView(listeners.onCommand, showAll);
  const detail = createDetailView(listeners);
  const main = html('main', 'main', list.element, empty.element, detail.element);
  const count = html('span', 'footerCount');
  const footnotes = html('span', 'footnotes');
  const footer = html('footer', 'footer muted', count, footnotes);
  const liveRegion = html('div', 'visuallyHidden');
  liveRegion.role = 'status';
  const title = html('h1', 'visuallyHidden', 'VoIP Push Timeline');
  const header = html('header', 'header', title, toolbar.element, notice);
  root.replaceChildren(header, main, footer, liveRegion);

  return {
    list,
    details: detail.element,
    show(view) {
      const { host, rows, deliveries, selectedId } = view;
      toolbar.show(view);
      const notices = noticesOf(host);
      notice.hidden = notices.length === 0;
      setText(reason, notices.join('\n'));
      empty.show(view);
      list.element.hidden = rows.length === 0;
      detail.element.hidden = deliveries.size === 0;
      main.classList.toggle('isEmpty', deliveries.size === 0);
      list.show(rows, selectedId, view.listing);
      detail.show(selectedId === undefined ? undefined : deliveries.get(selectedId), view.detail);
      setText(count, countText(rows.length, deliveries.size));
      setText(footnotes, host?.footnotes.join('  ·  ') ?? '');
      footnotes.title = host?.footnotes.join('\n') ?? '';
    },
    focusFilter: toolbar.focusFilter,
    isFilter: toolbar.isFilter,
    announce: (text) => {
      liveRegion.textContent = text;
    },
  };
}

/** Why nothing can be sent, or what to know of the recording that is shown. */
function noticesOf(host: TimelineView['host']): readonly string[] {
  if (host?.recording !== undefined) return host.recording.notes;
  return host?.cannotSend === undefined ? [] : [`Nothing can be sent: ${host.cannotSend}`];
}

function countText(listed: number, all: number): string {
  const noun = all === 1 ? 'delivery' : 'deliveries';
  return listed === all ? `${all} ${noun}` : `${listed} of ${all} ${noun}`;
}
