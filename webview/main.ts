import './timeline.css';
import { watchDrops } from './drop';
import { connectHost } from './host';
import { type KeyIntent, type KeyPlace, keyIntent, movedIndex } from './keyboard';
import { neighborFlagged } from './listing';
import { createPanelView } from './panelView';
import { reduce } from './reducer';
import { readSavedState, type SavedState } from './savedState';
import { type Action, type Effect, initialView } from './state';
import { explanationText } from './wording';

const host = connectHost();
const saved = readSavedState(host.readState());
let view = initialView(saved);
let { scrollTop } = saved;
let isRestored = false;
let isDrawScheduled = false;
let effectsAfterDraw: Effect[] = [];

const panel = createPanelView(timelineRoot(), {
  onCommand: (command) => dispatch({ type: 'command', command }),
  onList: (listing) => dispatch({ type: 'list', listing }),
  onFollow: (on) => dispatch({ type: 'follow', on }),
  onFlagged: selectFlagged,
  onSelect: (deliveryId) => dispatch({ type: 'select', deliveryId }),
  onScroll: (top) => {
    scrollTop = top;
    scheduleDraw();
  },
  onCopy: (text, what) => host.post({ type: 'copy', text, what }),
  onOpenPayload: (deliveryId) => host.post({ type: 'openPayload', deliveryId }),
  onOpenLink: (url) => host.post({ type: 'openLink', url }),
});

host.onMessage((message) => dispatch({ type: 'message', message }));
window.addEventListener('keydown', (event) => {
  const intent = keyIntent(event, placeOfFocus());
  if (intent !== undefined && followIntent(intent)) event.preventDefault();
});
// VS Code focuses the page as a whole; the arrow keys should work from there.
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) panel.list.listbox.focus();
});
watchDrops(document.body, host.post);
panel.show(view);
host.post({ type: 'ready' });

function dispatch(action: Action): void {
  const step = reduce(view, action);
  view = step.view;
  for (const effect of step.effects) {
    if (effect.type === 'post') host.post(effect.message);
    else if (effect.type === 'announce') panel.announce(effect.text);
    else effectsAfterDraw.push(effect);
  }
  scheduleDraw();
}

/** However many messages arrive in a frame, it is drawn once. */
function scheduleDraw(): void {
  if (isDrawScheduled) return;
  isDrawScheduled = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  isDrawScheduled = false;
  panel.show(view);
  if (!isRestored && view.host !== undefined) {
    isRestored = true;
    panel.list.scrollTo(saved.scrollTop);
  }
  for (const effect of effectsAfterDraw) if (effect.type === 'reveal') panel.list.reveal(effect.deliveryId);
  effectsAfterDraw = [];
  const { listing, follow, selectedId } = view;
  if (isRestored) host.keepState({ ...listing, follow, selectedId, scrollTop } satisfies SavedState);
}

function selectFlagged(direction: 1 | -1): void {
  const flagged = neighborFlagged(view.rows, selectedIndex(), direction);
  if (flagged) dispatch({ type: 'select', deliveryId: flagged.id });
}

function selectedIndex(): number {
  return view.rows.findIndex(({ id }) => id === view.selectedId);
}

function placeOfFocus(): KeyPlace {
  const focused = document.activeElement;
  if (focused === panel.list.listbox) return 'list';
  if (panel.isFilter(focused)) return 'filter';
  return panel.details.contains(focused) ? 'details' : 'elsewhere';
}

/** False when the key is better left to the browser. */
function followIntent(intent: KeyIntent): boolean {
  switch (intent) {
    case 'nextFlagged':
      selectFlagged(1);
      return true;
    case 'previousFlagged':
      selectFlagged(-1);
      return true;
    case 'focusDetails':
      panel.details.focus();
      return true;
    case 'focusList':
      panel.list.listbox.focus();
      return true;
    case 'focusFilter':
      panel.focusFilter();
      return true;
    case 'copyExplanation':
      return copyExplanation();
    default: {
      const row = view.rows[movedIndex(intent, selectedIndex(), view.rows.length, panel.list.page()) ?? -1];
      if (row) dispatch({ type: 'select', deliveryId: row.id });
      return true;
    }
  }
}

/** Marked text is copied as it is; without any, the explanation of the selected delivery is. */
function copyExplanation(): boolean {
  const summary = view.selectedId === undefined ? undefined : view.deliveries.get(view.selectedId);
  if (summary === undefined || !(document.getSelection()?.isCollapsed ?? true)) return false;
  const detail = view.detail.kind === 'shown' ? view.detail.detail : undefined;
  host.post({ type: 'copy', text: explanationText(summary, detail), what: 'explanation' });
  return true;
}

function timelineRoot(): HTMLElement {
  const root = document.getElementById('timeline');
  if (root === null) throw new Error('The page has no #timeline element.');
  return root;
}
