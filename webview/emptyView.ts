import type { TimelineCommand } from '../src/protocol';
import { createButton } from './controls';
import { html, setText } from './dom';
import type { TimelineView } from './state';

/** What stands in place of the list when there is nothing to list. */
export interface EmptyView {
  readonly element: HTMLElement;
  show(view: TimelineView): void;
}

/** What to do first, or how to see again what a filter hides. */
export function createEmptyView(onCommand: (command: TimelineCommand) => void, onShowAll: () => void): EmptyView {
  const send = createButton({
    label: 'Send',
    title: 'Send a VoIP push',
    appearance: 'secondary',
    icon: 'send',
    onClick: () => onCommand('send'),
  });
  const compose = createButton({
    label: 'Compose',
    title: 'Compose a VoIP push',
    appearance: 'primary',
    icon: 'compose',
    onClick: () => onCommand('compose'),
  });
  const sendStep = html('li', '');
  const first = html(
    'div',
    'emptyText',
    html('h2', '', 'No deliveries yet'),
    html(
      'ol',
      'sentences',
      html('li', '', 'Compose a VoIP push. A template fills in what iOS and your SDK expect.'),
      sendStep,
      html(
        'li',
        '',
        'See here whether the app reported the call in time. Deliveries that broke the contract are flagged.',
      ),
    ),
    html('div', 'buttons', compose, send),
    html('p', 'muted', 'Logs, crash reports and recordings can be dropped here: hold Shift while you drag them.'),
  );
  const hidden = html(
    'div',
    'emptyText',
    html('h2', '', 'No delivery matches'),
    html('p', '', 'The filter or “Flagged only” hides all deliveries.'),
    html(
      'div',
      'buttons',
      createButton({ label: 'Show all', title: 'Clear the filter', appearance: 'secondary', onClick: onShowAll }),
    ),
  );
  const ofRecording = html(
    'div',
    'emptyText',
    html('h2', '', 'No deliveries in this recording'),
    html('p', '', 'What is added to the file shows up here.'),
  );
  const element = html('div', 'empty', first, hidden, ofRecording);
  return {
    element,
    show({ host, deliveries, rows }) {
      const recording = host?.recording;
      const isRecording = recording !== undefined;
      // Without a header there is nothing but the note that says why.
      const isUnreadable = isRecording && recording.facts.length === 0 && recording.notes.length > 0;
      element.hidden = host === undefined || rows.length > 0 || isUnreadable;
      first.hidden = deliveries.size > 0 || isRecording;
      ofRecording.hidden = deliveries.size > 0 || !isRecording;
      hidden.hidden = deliveries.size === 0;
      send.disabled = host?.cannotSend !== undefined;
      setText(sendStep, `Send it to ${host?.targetLabel ?? 'your target'}.`);
    },
  };
}
