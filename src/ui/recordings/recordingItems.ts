import * as vscode from 'vscode';
import type { KeptRecording } from '../../core/recording/recordingStore';
import { readRecording } from './readRecording';
import type { RecordingParts } from './recordingParts';
import { dateText, deliveriesText, sizeText } from './recordingWords';

/** A recording that can be chosen, or the way to others. */
export interface RecordingItem extends vscode.QuickPickItem {
  readonly kind: vscode.QuickPickItemKind.Default;
  /** Missing for Browse and for the timeline of this window. */
  readonly uri?: vscode.Uri;
  readonly isWindow?: true;
}

export const BROWSE: RecordingItem = {
  kind: vscode.QuickPickItemKind.Default,
  label: 'Browse…',
  detail: 'A recording in another place (.voiprec, .voiprec.gz)',
  alwaysShow: true,
};

/** The kept recordings, the latest first, by the time at which they began. */
export function keptItems(kept: readonly KeptRecording[], currentPath: string | undefined): readonly RecordingItem[] {
  return kept.map((recording) => ({
    kind: vscode.QuickPickItemKind.Default,
    label: titleOf(recording.name),
    uri: vscode.Uri.file(recording.path),
    description: useText(recording, currentPath),
    detail: `${factsText(recording)}, reading…`,
  }));
}

/** `2026-09-08T10-11-34.voiprec` is `2026-09-08 10:11:34`; any other name is left as it is. */
function titleOf(name: string): string {
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)(-\d+)?\.voiprec$/.exec(name);
  if (match === null) return name;
  const [, day, hours, minutes, seconds, number = ''] = match;
  return `${day} ${hours}:${minutes}:${seconds}${number.replace('-', ' #')}`;
}

function useText({ path, isInUse }: KeptRecording, currentPath: string | undefined): string {
  if (path === currentPath) return 'being recorded';
  return isInUse ? 'being recorded by another window' : '';
}

function factsText({ bytes, changedAtMs }: KeptRecording): string {
  return `${sizeText(bytes)}, last changed ${dateText(changedAtMs)}`;
}

/** Reads one recording after the other and tells the items as they get complete, until `isWanted` says no. */
export async function completeItems(
  kept: readonly KeptRecording[],
  items: readonly RecordingItem[],
  parts: RecordingParts,
  tell: (items: readonly RecordingItem[]) => void,
  isWanted: () => boolean,
): Promise<void> {
  const complete = [...items];
  for (const [index, recording] of kept.entries()) {
    const item = complete.findIndex(({ uri }) => uri?.fsPath === recording.path);
    const known = complete[item];
    if (known === undefined || !isWanted()) continue;
    const found = await contentText(recording, parts);
    complete[item] = { ...known, detail: `${found}, ${factsText(recording)}` };
    // A list that is drawn anew for each of many would be a flicker.
    if (index % 5 === 4 || index === kept.length - 1) tell([...complete]);
  }
}

async function contentText({ path }: KeptRecording, parts: RecordingParts): Promise<string> {
  try {
    return deliveriesText((await readRecording(vscode.Uri.file(path), parts)).timeline);
  } catch {
    return 'cannot be read';
  }
}
