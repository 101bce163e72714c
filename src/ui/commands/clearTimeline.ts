import * as vscode from 'vscode';
import type { TimelineSession } from '../timelineSession';

/** Empties the timeline, and offers to bring it back. */
export function clearTimeline(session: TimelineSession): void {
  const count = session.timeline.deliveries.length;
  const cleared = session.clear();
  if (count === 0) {
    vscode.window.setStatusBarMessage('The timeline is empty already', 3000);
    return;
  }
  void offerUndo(count === 1 ? '1 delivery cleared.' : `${count} deliveries cleared.`, () => session.restore(cleared));
}

async function offerUndo(message: string, undo: () => void): Promise<void> {
  const choice = await vscode.window.showInformationMessage(message, 'Undo');
  if (choice !== undefined) undo();
}
