import * as vscode from 'vscode';
import { ExpectedFailure } from '../expectedFailure';
import type { LogCaptures } from '../logCaptures';
import type { LogOpener } from '../logOpener';
import type { NameSource } from '../sourceNames';
import { offerToStop } from './stopWatching';

export interface OpenLogParts {
  readonly captures: LogCaptures;
  readonly logOpener: LogOpener;
  readonly nameSource: NameSource;
}

/** Opens logs, crash reports and recordings: those chosen in the explorer, or in a dialog. */
export async function openLog(parts: OpenLogParts, file: unknown, selection: unknown): Promise<void> {
  const { captures, logOpener, nameSource } = parts;
  const files = givenFiles(file, selection) ?? (await chooseFiles());
  const watched = captures.all.find(({ source }) => files.some(({ fsPath }) => nameSource(fsPath) === source));
  if (watched !== undefined) {
    throw new ExpectedFailure(`${watched.source} is being watched: what it says is in the timeline already.`, [
      offerToStop(captures, watched),
    ]);
  }
  await logOpener.openFiles(files);
}

function givenFiles(file: unknown, selection: unknown): readonly vscode.Uri[] | undefined {
  const given: readonly unknown[] = Array.isArray(selection) && selection.length > 0 ? selection : [file];
  const files = given.filter((each) => each instanceof vscode.Uri);
  return files.length === 0 ? undefined : files;
}

async function chooseFiles(): Promise<readonly vscode.Uri[]> {
  const chosen = await vscode.window.showOpenDialog({
    title: 'Open logs and crash reports',
    openLabel: 'Open',
    canSelectMany: true,
    filters: {
      'Logs and crash reports': ['ips', 'crash', 'ndjson', 'log', 'txt', 'json', 'voiprec', 'gz'],
      'All files': ['*'],
    },
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}
