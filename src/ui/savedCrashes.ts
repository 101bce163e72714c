import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { ToolProblem } from '../core/toolResult';
import { CommandId } from './contributions';
import { exists } from './fileExists';
import { withLateProgress } from './lateProgress';
import type { LogCaptures, RunningCapture } from './logCaptures';
import type { LogOpener } from './logOpener';
import type { FetchCrashReport } from './logTools';
import { runGuarded } from './registerCommand';
import type { TimelineSession } from './timelineSession';
import { requireTrustTo } from './trust';

export interface SavedCrashesOptions {
  readonly session: TimelineSession;
  readonly captures: Pick<LogCaptures, 'all'>;
  readonly logOpener: LogOpener;
  readonly log: vscode.LogOutputChannel;
}

/**
 * Follows what watched logs say of crash reports, and puts them into the timeline: one that lies on this computer, a
 * simulator's, as it is; one on a device as a copy that the tool makes which reads the log. Where none can be made,
 * people are told.
 */
export function followSavedCrashes(options: SavedCrashesOptions): vscode.Disposable {
  const { session, captures, logOpener, log } = options;

  async function follow(path: string, source: string): Promise<void> {
    const file = vscode.Uri.file(path);
    if (await exists(file)) return await logOpener.openFiles([file]);
    const capture = captures.all.find((each) => each.source === source);
    if (capture?.fetchCrashReport === undefined) void tellOfDevice(path);
    else await fetchFrom(capture, capture.fetchCrashReport, path);
  }

  async function fetchFrom(capture: RunningCapture, fetchReport: FetchCrashReport, path: string): Promise<void> {
    requireTrustTo('No crash report can be fetched');
    const title = `Fetching the crash report ${basename(path)} from ${capture.source}`;
    const fetched = await withLateProgress(title, async (signal) => {
      const result = await fetchReport(path, signal);
      if (result.ok || !signal.aborted) return result;
      throw new vscode.CancellationError();
    });
    if (!fetched.ok) void offerAgain(fetched.problem, () => fetchFrom(capture, fetchReport, path));
    else {
      try {
        await logOpener.openCopy(vscode.Uri.file(fetched.value.path), path);
      } finally {
        await fetched.value.dispose();
      }
    }
  }

  async function offerAgain({ message, remedy }: ToolProblem, fetchAgain: () => Promise<void>): Promise<void> {
    const again = 'Try Again';
    const choice = await vscode.window.showWarningMessage(`${message} ${remedy}`, again, OPEN);
    if (choice === again) await runGuarded(log, 'crash report', fetchAgain);
    else if (choice === OPEN) await vscode.commands.executeCommand(CommandId.openLog);
  }

  return session.onDidAppend((events) => {
    for (const event of events) {
      const isLive = event.kind === 'crash.saved' && event.arrivedAt !== undefined;
      if (isLive) void runGuarded(log, 'crash report', () => follow(event.path, event.source));
    }
  });
}

const OPEN = 'Open Crash Report';

async function tellOfDevice(path: string): Promise<void> {
  const choice = await vscode.window.showInformationMessage(
    `A crash report was saved on the device: ${basename(path)}. Fetch it with Xcode (Window, Devices and Simulators, View Device Logs) or with a device tool, then open it: it joins the delivery that led to it.`,
    OPEN,
  );
  if (choice === OPEN) await vscode.commands.executeCommand(CommandId.openLog);
}
