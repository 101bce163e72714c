import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { encodeEvent, encodeRecordingHeader } from '../../core/recording/recordingFormat';
import { inSlices } from '../../core/slices';
import { CommandId, RECORDING_EDITOR_ID } from '../contributions';
import { ExpectedFailure, messageOf } from '../expectedFailure';
import { endRunningSources, sayMoreThanWatching } from '../openSources';
import { runInSlices } from '../runInSlices';
import { nameOf } from './readRecording';
import type { RecordingParts } from './recordingParts';
import { deliveriesText } from './recordingWords';
import { windowHeader } from './windowHeader';

/** Saves the whole timeline of this window to a file that the user chooses. */
export async function saveRecording({ session, header, now }: RecordingParts): Promise<void> {
  const soFar = [...session.events];
  const events = [...soFar, ...(await runInSlices(endRunningSources(soFar, now(), 'the recording was saved')))];
  if (!sayMoreThanWatching(events)) {
    throw new ExpectedFailure('There is nothing to save: the timeline is empty. Send a payload or open a log first.', [
      { label: 'Send Payload', run: () => vscode.commands.executeCommand(CommandId.sendPayload) },
    ]);
  }
  const what = deliveriesText(session.timeline);
  const uri = await vscode.window.showSaveDialog({
    title: 'Save recording',
    saveLabel: 'Save',
    defaultUri: vscode.Uri.joinPath(folderToSaveIn(), `voip-push ${localDate(new Date())}.voiprec`),
    filters: { 'VoIP push recordings': ['voiprec'], 'All files': ['*'] },
  });
  if (uri === undefined) throw new vscode.CancellationError();
  const lines = [encodeRecordingHeader(windowHeader({ session, header }))];
  await runInSlices(inSlices(events, (event) => lines.push(encodeEvent(event))));
  try {
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(`${lines.join('\n')}\n`));
  } catch (error) {
    throw new ExpectedFailure(`${nameOf(uri)} could not be saved: ${messageOf(error)}`, [
      { label: 'Save Elsewhere', run: () => vscode.commands.executeCommand(CommandId.saveRecording) },
    ]);
  }
  void offerToOpen(uri, what);
}

async function offerToOpen(uri: vscode.Uri, what: string): Promise<void> {
  const open = 'Open';
  const choice = await vscode.window.showInformationMessage(`Saved ${nameOf(uri)}: ${what}.`, open);
  if (choice === open) await vscode.commands.executeCommand('vscode.openWith', uri, RECORDING_EDITOR_ID);
}

function folderToSaveIn(): vscode.Uri {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
}

/** `2026-09-08 10.11`: good in the name of a file everywhere. */
function localDate(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}.${two(date.getMinutes())}`;
}
