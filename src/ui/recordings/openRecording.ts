import * as vscode from 'vscode';
import { RECORDING_EDITOR_ID } from '../contributions';
import { browseForRecording, pickRecordings } from './pickRecordings';
import { readRecording } from './readRecording';
import { BROWSE } from './recordingItems';
import type { RecordingParts } from './recordingParts';

/** Opens a kept recording, or one from anywhere, in an editor of its own. */
export async function openRecording(parts: RecordingParts, file: unknown): Promise<void> {
  const uri = file instanceof vscode.Uri ? file : await chooseRecording(parts);
  // What is no recording is said here, with the way to open it, and not by an empty timeline.
  await readRecording(uri, parts);
  await vscode.commands.executeCommand('vscode.openWith', uri, RECORDING_EDITOR_ID);
}

async function chooseRecording(parts: RecordingParts): Promise<vscode.Uri> {
  const kept = await parts.store.list();
  const title = 'Open a recording';
  // Nothing to choose from: the dialog is what is left.
  if (kept.length === 0) return await browseForRecording(title);
  const [item] = await pickRecordings({ title, placeholder: 'Choose a recording', kept, last: [BROWSE] }, parts);
  return item?.uri ?? (await browseForRecording(title));
}
