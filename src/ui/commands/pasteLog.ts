import * as vscode from 'vscode';
import { ExpectedFailure } from '../expectedFailure';
import type { LogOpener } from '../logOpener';

interface Source extends vscode.QuickPickItem {
  readonly text: string;
}

/** Opens a log or a crash report from the clipboard, or from the active editor. Asks only when both have text. */
export async function pasteLog(logOpener: LogOpener): Promise<void> {
  const sources = [clipboard(await vscode.env.clipboard.readText()), ...activeEditor()].filter(
    ({ text }) => text.trim() !== '',
  );
  if (sources.length === 0) {
    throw new ExpectedFailure('There is no text in the clipboard. Copy the lines of a log, then run Paste Log again.');
  }
  const chosen =
    sources.length === 1 ? sources[0] : await vscode.window.showQuickPick(sources, { title: 'Paste a log from' });
  if (chosen === undefined) throw new vscode.CancellationError();
  await logOpener.openText(chosen.text);
}

function clipboard(text: string): Source {
  return { label: 'Clipboard', description: lineCount(text), text };
}

function activeEditor(): readonly Source[] {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return [];
  const { document, selection } = editor;
  const isPart = !selection.isEmpty;
  const text = document.getText(isPart ? selection : undefined);
  const label = isPart ? 'Selection in the active editor' : 'Active editor';
  return [{ label, description: lineCount(text), detail: document.fileName, text }];
}

function lineCount(text: string): string {
  const lines = text.trim().split('\n').length;
  return `${lines} ${lines === 1 ? 'line' : 'lines'}`;
}
