import type { TimelineCommand } from '../src/protocol';
import { createBadge, createButton, createCheckbox, createDropdown, createTextField, setButtonLabel } from './controls';
import { foreignText, html, setForeignText, setText } from './dom';
import { actionIcon } from './icons';
import { type Listing, ORDER_TITLES } from './listing';
import { deliveryToSendAgain, type TimelineView } from './state';

/** The toolbar: where and what to send, what to show, what is flagged. */
export interface ToolbarView {
  readonly element: HTMLElement;
  show(view: TimelineView): void;
  focusFilter(): void;
  isFilter(element: Element | null): boolean;
}

/** What the toolbar asks for. */
export interface ToolbarListeners {
  readonly onCommand: (command: TimelineCommand) => void;
  readonly onList: (listing: Partial<Listing>) => void;
  readonly onFollow: (on: boolean) => void;
  readonly onFlagged: (direction: 1 | -1) => void;
}

/** A toolbar that shows nothing yet. */
export function createToolbarView(listeners: ToolbarListeners): ToolbarView {
  const sending = createSendingGroup(listeners);
  const recording = createRecordingGroup();
  const listing = createListingGroup(listeners);
  const flagged = createFlaggedGroup(listeners);
  const element = html('div', 'toolbar', sending.element, recording.element, flagged.element, listing.element);
  element.role = 'group';
  element.ariaLabel = 'Timeline actions';
  return {
    element,
    show(view) {
      sending.show(view);
      recording.show(view);
      listing.show(view);
      flagged.show(view);
    },
    focusFilter: listing.focusFilter,
    isFilter: listing.isFilter,
  };
}

/** In place of the buttons that send: which file this is, and what its header says. */
function createRecordingGroup(): Group {
  const name = foreignText('recordingName', '');
  const facts = html('span', 'recordingFacts muted');
  const element = html('div', 'group groupRecording', actionIcon('recording'), name, facts);
  return {
    element,
    show({ host }) {
      const recording = host?.recording;
      element.hidden = recording === undefined;
      setForeignText(name, recording?.name ?? '');
      setText(facts, recording?.facts.join('  ·  ') ?? '');
      facts.title = recording?.facts.join('\n') ?? '';
    },
  };
}

interface ListingGroup extends Group {
  focusFilter(): void;
  isFilter(element: Element | null): boolean;
}

interface Group {
  readonly element: HTMLElement;
  show(view: TimelineView): void;
}

/** The target stands right beside the button that sends: the wrong environment must not go unseen. */
function createSendingGroup({ onCommand }: ToolbarListeners): Group {
  const target = createButton({
    label: 'Target',
    title: 'Choose where pushes go',
    appearance: 'secondary',
    icon: 'phone',
    onClick: () => onCommand('chooseTarget'),
  });
  const environment = createBadge();
  const behavior = createButton({
    label: 'Behavior',
    title: 'Choose what the virtual app does with a push',
    appearance: 'secondary',
    onClick: () => onCommand('chooseBehavior'),
  });
  const chevron = actionIcon('down');
  chevron.setAttribute('slot', 'end');
  behavior.append(chevron);
  const send = createButton({
    label: 'Send',
    title: '',
    appearance: 'primary',
    icon: 'send',
    onClick: () => onCommand('send'),
  });
  const again = createButton({
    label: 'Again',
    title: '',
    appearance: 'secondary',
    icon: 'again',
    onClick: () => onCommand('sendAgain'),
  });
  const compose = createButton({
    label: 'Compose',
    title: 'Compose a VoIP push',
    appearance: 'secondary',
    icon: 'compose',
    onClick: () => onCommand('compose'),
  });
  const element = html('div', 'group groupSend', target, environment, behavior, send, again, compose);
  return {
    element,
    show(view) {
      const { host } = view;
      element.hidden = host?.recording !== undefined;
      const reason = host?.cannotSend;
      setButtonLabel(target, host?.targetLabel ?? 'No target');
      target.title = `Pushes go to ${host?.targetLabel ?? 'no target'} (${host?.bundleId ?? 'no app'}). Choose another target`;
      setText(environment, host?.environment ?? '');
      environment.hidden = host === undefined;
      environment.classList.toggle('production', host?.environment === 'production');
      setButtonLabel(behavior, host?.behavior ?? '');
      behavior.hidden = host?.behavior === undefined;
      const repeatable = deliveryToSendAgain(view);
      send.disabled = host === undefined || reason !== undefined;
      send.title = reason ?? `Send a VoIP push to ${host?.targetLabel ?? ''} (${host?.environment ?? ''})`;
      again.disabled = send.disabled || repeatable === undefined;
      again.title = reason ?? againTitle(view, repeatable?.id);
    },
  };
}

function againTitle({ selectedId }: TimelineView, repeatableId: string | undefined): string {
  if (repeatableId === undefined) return 'Nothing was sent from here yet';
  return repeatableId === selectedId ? 'Send the selected push again' : 'Send the last push again';
}

function createListingGroup({ onCommand, onList, onFollow }: ToolbarListeners): ListingGroup {
  const filter = createTextField('Filter deliveries', 'Filter by verdict, app, mustReport ( / )', (text) =>
    onList({ filter: text }),
  );
  const icon = actionIcon('filter');
  icon.setAttribute('slot', 'start');
  filter.append(icon);
  const order = createDropdown('Order of deliveries', ORDER_TITLES, (value) => onList({ order: value }));
  const flaggedOnly = createCheckbox('Flagged only', 'Show only flagged deliveries', (on) =>
    onList({ flaggedOnly: on }),
  );
  const follow = createCheckbox('Follow', 'Select each new delivery as it arrives', onFollow);
  const clear = createButton({
    label: 'Clear',
    title: 'Clear the timeline',
    appearance: 'icon',
    icon: 'clear',
    onClick: () => onCommand('clear'),
  });
  return {
    element: html('div', 'group groupListing', filter, order, flaggedOnly, follow, clear),
    show({ host, listing, follow: isFollowing, deliveries }) {
      if (filter.value !== listing.filter) filter.value = listing.filter;
      if (order.value !== listing.order) order.value = listing.order;
      flaggedOnly.checked = listing.flaggedOnly;
      follow.checked = isFollowing;
      clear.disabled = deliveries.size === 0;
      clear.hidden = host?.recording !== undefined;
    },
    focusFilter: () => filter.focus(),
    isFilter: (element) => element === filter,
  };
}

function createFlaggedGroup({ onFlagged }: ToolbarListeners): Group {
  const count = html('span', 'flaggedText');
  const words = html('span', 'flaggedCount', actionIcon('flag'), count);
  const previous = createButton({
    label: 'Previous flagged delivery',
    title: 'Previous flagged delivery (Shift+F)',
    appearance: 'icon',
    icon: 'up',
    onClick: () => onFlagged(-1),
  });
  const next = createButton({
    label: 'Next flagged delivery',
    title: 'Next flagged delivery (F)',
    appearance: 'icon',
    icon: 'down',
    onClick: () => onFlagged(1),
  });
  return {
    element: html('div', 'group groupFlagged', words, previous, next),
    show({ host, rows }) {
      const flagged = host?.flagged ?? 0;
      setText(count, `${flagged} flagged`);
      words.classList.toggle('hasFlagged', flagged > 0);
      const isNoneListed = !rows.some(({ severity }) => severity === 'error');
      previous.disabled = isNoneListed;
      next.disabled = isNoneListed;
    },
  };
}
