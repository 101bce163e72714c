import * as vscode from 'vscode';
import { DROP_LIMITS, type DroppedFile } from '../protocol';
import { CommandId } from './contributions';
import { ExpectedFailure } from './expectedFailure';
import type { LogOpener } from './logOpener';
import type { DroppedFiles } from './timelineConnection';

/** Opens what was dropped on the timeline, as the command does with files. */
export async function openDropped({ uris, files }: DroppedFiles, logOpener: LogOpener): Promise<void> {
  if (uris.length > 0) {
    const found = uris.map(fileUri);
    await vscode.commands.executeCommand(CommandId.openLog, found[0], found);
  }
  if (files.length === 0) return;
  const unread = files.flatMap((file) => ('problem' in file ? whyUnread(file) : []));
  const texts = files.filter((file) => 'text' in file);
  await logOpener.openTexts(texts, unread);
}

/** Whatever VS Code can read, on this computer or another one; no page of the web. */
function fileUri(text: string): vscode.Uri {
  const uri = vscode.Uri.parse(text);
  if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined) return uri;
  throw new ExpectedFailure(
    `What was dropped is no file: ${text.slice(0, 200)}. Drop files, or open them with a command.`,
    [{ label: 'Open Log or Crash Report', run: () => vscode.commands.executeCommand(CommandId.openLog) }],
  );
}

function whyUnread({ name, problem }: Extract<DroppedFile, { readonly problem: unknown }>): string {
  return problem === 'too-large'
    ? `${name} is larger than the ${DROP_LIMITS.bytes / 1_048_576} MB that can be dropped: open it with the command VoIP Push: Open Log or Crash Report.`
    : `${name} could not be read: it is a folder, or it is gone.`;
}
