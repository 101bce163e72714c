import * as vscode from 'vscode';
import { ExpectedFailure } from '../expectedFailure';
import { startCapture, type WatchParts } from '../startCapture';
import { requireTrustTo } from '../trust';

/** Watches a log file that another program writes. */
export async function watchLogFile(parts: WatchParts, file: unknown): Promise<void> {
  requireTrustTo('No log can be watched');
  const uri = file instanceof vscode.Uri ? file : await chooseFile();
  if (uri.scheme !== 'file') {
    throw new ExpectedFailure(`${uri.toString()} is not on this computer, so it cannot be watched. Open it instead.`);
  }
  const { captureFile } = await parts.loadLogTools();
  await startCapture(parts, {
    source: parts.nameSource(uri.fsPath),
    reader: uri.fsPath,
    start: (options) => captureFile(uri.fsPath, options),
  });
}

async function chooseFile(): Promise<vscode.Uri> {
  const [chosen] = (await vscode.window.showOpenDialog({ title: 'Watch a log file', openLabel: 'Watch' })) ?? [];
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}
