import type { DeliverySummary } from '../src/core/timeline/deliveryView';
import { createDetailBody, createVerdictHead, type DetailListeners } from './detailContent';
import { html } from './dom';
import type { DetailState } from './state';

/** The details of the selected delivery. */
export interface DetailView {
  readonly element: HTMLElement;
  show(summary: DeliverySummary | undefined, detail: DetailState): void;
}

/** Details of nothing yet. */
export function createDetailView(listeners: DetailListeners): DetailView {
  const element = html('section', 'details');
  element.tabIndex = 0;
  element.ariaLabel = 'Delivery details';
  const opened = new Set<string>();
  let shownId: string | undefined;
  let shown = '';

  function createContent(summary: DeliverySummary, detail: DetailState): readonly HTMLElement[] {
    const known = detail.kind === 'shown' ? detail.detail : undefined;
    const head = createVerdictHead(known?.summary ?? summary, known, listeners.onCopy);
    if (known) return [head, ...createDetailBody(known, opened, listeners)];
    if (detail.kind === 'failed') {
      const error = html('p', 'notice noticeError', `The details could not be shown: ${detail.error}`);
      error.role = 'alert';
      return [head, error];
    }
    return [head, html('p', 'muted', 'Loading…')];
  }

  return {
    element,
    show(summary, detail) {
      // A refresh that changes nothing leaves selection, focus and open lines alone.
      const next = JSON.stringify([summary, detail.kind, detail.kind === 'shown' ? detail.detail : detail]);
      if (next === shown) return;
      shown = next;
      const { scrollTop } = element;
      // Focus that is elsewhere in the window, in a quick pick for example, must not be drawn here.
      const hadFocus = document.hasFocus() && element.contains(document.activeElement);
      if (summary === undefined) element.replaceChildren(html('p', 'muted hint', 'Select a delivery to see why.'));
      else element.replaceChildren(...createContent(summary, detail));
      // What had the focus is gone with the old content.
      if (hadFocus) element.focus({ preventScroll: true });
      element.scrollTop = summary?.id === shownId ? scrollTop : 0;
      shownId = summary?.id;
    },
  };
}
