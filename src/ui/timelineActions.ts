import * as vscode from 'vscode';
import type { TimelineCommand } from '../protocol';
import { CommandId } from './contributions';
import type { TimelineActions } from './timelineConnection';
import { openUntitledPayload } from './untitledPayload';

/** What the timeline's buttons and links do, in VS Code. */
export function timelineActions({ openDropped }: Pick<TimelineActions, 'openDropped'>): TimelineActions {
  return {
    runCommand(command, deliveryId) {
      const args = deliveryId === undefined ? [] : [deliveryId];
      void vscode.commands.executeCommand(TIMELINE_COMMAND_IDS[command], ...args);
    },
    openPayload: (text) => void openUntitledPayload(text, 'sent'),
    openLink: (url) => void vscode.env.openExternal(vscode.Uri.parse(url)),
    copy: (text, what) => void copy(text, what),
    openDropped,
  };
}

/** The command behind each button of the timeline. */
const TIMELINE_COMMAND_IDS: { readonly [C in TimelineCommand]: CommandId } = {
  compose: CommandId.composePayload,
  send: CommandId.sendPayload,
  sendAgain: CommandId.sendAgain,
  chooseBehavior: CommandId.chooseVirtualAppBehavior,
  chooseTarget: CommandId.chooseTarget,
  clear: CommandId.clearTimeline,
};

async function copy(text: string, what: string): Promise<void> {
  await vscode.env.clipboard.writeText(text);
  vscode.window.setStatusBarMessage(`${what} copied`, 3000);
}
