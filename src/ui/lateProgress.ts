import * as vscode from 'vscode';

/** What takes less time than this needs no notification. */
const PATIENCE_MS = 400;

/** Runs `task`; when it takes a while, a notification shows `title` and lets the user cancel. */
export async function withLateProgress<T>(title: string, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const running = task(controller.signal);
  const timer = setTimeout(() => showProgress(title, running, controller), PATIENCE_MS);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}

function showProgress(title: string, running: Promise<unknown>, controller: AbortController): void {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  void vscode.window.withProgress(options, async (_progress, token) => {
    const subscription = token.onCancellationRequested(() => controller.abort());
    await running.catch(() => undefined);
    subscription.dispose();
  });
}

/** Shows `title` in the status bar for as long as `running` runs. */
export function showQuietProgress(title: string, running: Promise<unknown>): void {
  const options = { location: vscode.ProgressLocation.Window, title };
  void vscode.window.withProgress(options, async () => {
    await running.catch(() => undefined);
  });
}
