import * as vscode from 'vscode';
import { CommandId } from '../contributions';
import { ExpectedFailure, messageOf } from '../expectedFailure';
import { pickRecordings } from './pickRecordings';
import type { RecordingParts } from './recordingParts';

/** Deletes kept recordings that the user picks and confirms. What a window records to is not offered. */
export async function deleteRecordings(parts: RecordingParts): Promise<void> {
  const kept = await parts.store.list();
  const ended = kept.filter(({ isInUse, path }) => !isInUse && path !== parts.currentPath());
  if (ended.length === 0) throw nothingToDelete(kept.length);
  const title = 'Delete recordings';
  const picked = await pickRecordings(
    { title, placeholder: 'Choose recordings to delete', kept: ended, canSelectMany: true },
    parts,
  );
  await confirm(picked.length);
  const problems: string[] = [];
  for (const { uri, label } of picked) {
    if (uri === undefined) continue;
    try {
      await moveToTrash(uri);
    } catch (error) {
      problems.push(`${label}: ${messageOf(error)}`);
    }
  }
  const deleted = picked.length - problems.length;
  if (problems.length > 0) throw new ExpectedFailure(`${count(deleted)} deleted. ${problems.join('; ')}`);
  vscode.window.setStatusBarMessage(`${count(deleted)} deleted`, 3000);
}

function nothingToDelete(kept: number): ExpectedFailure {
  if (kept === 0) return new ExpectedFailure('There is no recording to delete.');
  return new ExpectedFailure(
    `${kept === 1 ? 'The only recording is' : 'All recordings are'} being recorded to. Clear the timeline to end this window’s: then it can be deleted.`,
    [{ label: 'Clear Timeline', run: () => vscode.commands.executeCommand(CommandId.clearTimeline) }],
  );
}

async function confirm(picked: number): Promise<void> {
  const remove = 'Delete';
  const choice = await vscode.window.showWarningMessage(
    `Delete ${count(picked)}?`,
    {
      modal: true,
      detail:
        picked === 1
          ? 'It goes to the trash where there is one, else it is gone.'
          : 'They go to the trash where there is one, else they are gone.',
    },
    remove,
  );
  if (choice !== remove) throw new vscode.CancellationError();
}

/** Not every system and not every host has a trash. */
async function moveToTrash(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri, { useTrash: true });
  } catch {
    await vscode.workspace.fs.delete(uri, { useTrash: false });
  }
}

function count(recordings: number): string {
  return `${recordings} ${recordings === 1 ? 'recording' : 'recordings'}`;
}
