import type * as vscode from 'vscode';
import { footnotesOf } from '../timelineState';
import { showTimeline } from '../timelineWebview';
import type { RecordingDocument } from './recordingDocument';
import type { RecordingParts } from './recordingParts';

/** Shows a recording as the live timeline is shown, with what its header says in place of the buttons that send. */
export function showRecording(
  document: RecordingDocument,
  panel: vscode.WebviewPanel,
  { extensionUri, log, actions }: RecordingParts,
): void {
  const session = {
    get timeline() {
      return document.timeline;
    },
    onDidChange: (listener: (timeline: RecordingDocument['timeline']) => void) =>
      document.onDidChange(() => listener(document.timeline)),
  };
  showTimeline(panel, {
    extensionUri,
    log,
    session,
    toolbar: {
      state: (timeline) => ({
        targetLabel: '',
        environment: '',
        bundleId: '',
        flagged: timeline.flagged,
        footnotes: footnotesOf(timeline),
        recording: document.facts,
      }),
      // Told with the timeline.
      onDidChange: () => ({ dispose: () => undefined }),
    },
    // Nothing is sent or cleared in a recording: a page that asks for it was tricked.
    actions: { ...actions, runCommand: (command) => log.warn(`A recording asked for the command ${command}`) },
  });
}
