import * as vscode from 'vscode';
import type { Remedy } from '../expectedFailure';
import type { LogCaptures, RunningCapture } from '../logCaptures';
import { logHealthWords } from '../logHealthWords';

/** Ends the watching of a log: the one given, the only one, or one that the user picks. */
export async function stopWatching(captures: LogCaptures, reference: unknown): Promise<void> {
  const [first, ...others] = captures.all;
  if (first === undefined) {
    vscode.window.setStatusBarMessage('No log is being watched', 3000);
    return;
  }
  const source = sourceOf(reference) ?? (others.length === 0 ? first.source : await pick(captures));
  await captures.stop(source);
  vscode.window.setStatusBarMessage(`Stopped watching ${source}`, 3000);
}

/** The button that stops it. */
export function offerToStop(captures: LogCaptures, { source }: RunningCapture): Remedy {
  return { label: 'Stop Watching', run: () => captures.stop(source) };
}

function sourceOf(reference: unknown): string | undefined {
  if (typeof reference === 'string') return reference;
  const hasSource = typeof reference === 'object' && reference !== null && 'source' in reference;
  return hasSource && typeof reference.source === 'string' ? reference.source : undefined;
}

async function pick(captures: LogCaptures): Promise<string> {
  const items = captures.all.map(({ source, reader, health }) => ({
    label: source,
    description: logHealthWords(health).text,
    detail: reader,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: 'Stop watching' });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.label;
}
