import * as vscode from 'vscode';
import type { KeptRecording } from '../../core/recording/recordingStore';
import { completeItems, keptItems, type RecordingItem } from './recordingItems';
import type { RecordingParts } from './recordingParts';

export interface RecordingPick {
  readonly title: string;
  readonly placeholder: string;
  readonly kept: readonly KeptRecording[];
  /** Above and below the kept ones. */
  readonly first?: readonly RecordingItem[];
  readonly last?: readonly RecordingItem[];
  readonly canSelectMany?: boolean;
}

/** Lets the user pick among recordings; what is in them shows up while the list is open. Throws a cancel. */
export async function pickRecordings(pick: RecordingPick, parts: RecordingParts): Promise<readonly RecordingItem[]> {
  const { title, placeholder, kept, first = [], last = [], canSelectMany = false } = pick;
  const picker = vscode.window.createQuickPick<RecordingItem>();
  picker.title = title;
  picker.placeholder = placeholder;
  picker.canSelectMany = canSelectMany;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  // Ticks and the recording chosen first would be lost. And a timeline that had the focus before the palette was opened
  // gets it back from VS Code so late that the list may be there already.
  picker.ignoreFocusOut = true;
  const items = [...first, ...keptItems(kept, parts.currentPath()), ...last];
  picker.items = items;
  picker.busy = true;
  let isOpen = true;
  const picked = new Promise<readonly RecordingItem[]>((resolve) => {
    picker.onDidAccept(() => resolve([...picker.selectedItems]));
    picker.onDidHide(() => resolve([]));
  });
  picker.show();
  void completeItems(
    kept,
    items,
    parts,
    (complete) => showAnew(picker, complete),
    () => isOpen,
  ).then(() => {
    picker.busy = false;
  });
  try {
    const chosen = await picked;
    if (chosen.length === 0) throw new vscode.CancellationError();
    return chosen;
  } finally {
    isOpen = false;
    picker.dispose();
  }
}

/** New items forget what was ticked and where the user is. */
function showAnew(picker: vscode.QuickPick<RecordingItem>, items: readonly RecordingItem[]): void {
  const same = (one: RecordingItem) => items.find(({ label }) => label === one.label);
  const selected = picker.selectedItems.map(same).filter((item) => item !== undefined);
  const active = picker.activeItems.map(same).filter((item) => item !== undefined);
  picker.keepScrollPosition = true;
  picker.items = items;
  if (picker.canSelectMany) picker.selectedItems = selected;
  picker.activeItems = active;
}

/** The dialog behind Browse. Throws a cancel. */
export async function browseForRecording(title: string): Promise<vscode.Uri> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: 'Open',
    filters: { 'VoIP push recordings': ['voiprec', 'gz', 'ndjson'], 'All files': ['*'] },
  });
  const [uri] = chosen ?? [];
  if (uri === undefined) throw new vscode.CancellationError();
  return uri;
}
