import { basename } from 'node:path';
import * as vscode from 'vscode';
import { CommandId } from './contributions';
import { exists } from './fileExists';
import type { LogOpener } from './logOpener';
import { runGuarded } from './registerCommand';
import type { TimelineSession } from './timelineSession';

export interface SavedCrashesOptions {
  readonly session: TimelineSession;
  readonly logOpener: LogOpener;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Follows what watched logs say of crash reports: one that lies on this computer, a simulator's, goes into the timeline;
 * for one on a device, people are told.
 */
export function followSavedCrashes({ session, logOpener, log }: SavedCrashesOptions): vscode.Disposable {
  async function follow(path: string): Promise<void> {
    const file = vscode.Uri.file(path);
    if (await exists(file)) await logOpener.openFiles([file]);
    else void tellOfDevice(path);
  }

  return session.onDidAppend((events) => {
    for (const event of events) {
      const isLive = event.kind === 'crash.saved' && event.arrivedAt !== undefined;
      if (isLive) void runGuarded(log, 'crash report', () => follow(event.path));
    }
  });
}

async function tellOfDevice(path: string): Promise<void> {
  const open = 'Open Crash Report';
  const choice = await vscode.window.showInformationMessage(
    `A crash report was saved on the device: ${basename(path)}. Fetch it with Xcode (Window, Devices and Simulators, View Device Logs) or with a device tool, then open it: it joins the delivery that led to it.`,
    open,
  );
  if (choice === open) await vscode.commands.executeCommand(CommandId.openLog);
}
