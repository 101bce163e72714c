import * as vscode from 'vscode';
import { type ComparedRecording, comparisonMarkdown } from '../../core/recording/comparisonMarkdown';
import { browseForRecording, pickRecordings } from './pickRecordings';
import { readRecording } from './readRecording';
import { BROWSE, type RecordingItem } from './recordingItems';
import type { RecordingParts } from './recordingParts';
import { deliveriesText } from './recordingWords';
import { windowHeader } from './windowHeader';

/** Shows what differs between two recordings, those selected in the explorer or chosen one after the other. */
export async function compareRecordings(parts: RecordingParts, file: unknown, selection: unknown): Promise<void> {
  const [before, after] = await chooseTwo(parts, givenFiles(file, selection));
  const content = comparisonMarkdown(before, after);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  // Its tab stays below that of the preview: there it can be saved.
  await vscode.window.showTextDocument(document, { preview: false });
  await vscode.commands.executeCommand('markdown.showPreview', document.uri);
}

async function chooseTwo(
  parts: RecordingParts,
  files: readonly vscode.Uri[],
): Promise<readonly [ComparedRecording, ComparedRecording]> {
  const [one, other] = files;
  if (one !== undefined && other !== undefined) {
    const two = [await readRecording(one, parts), await readRecording(other, parts)] as const;
    // The explorer does not say which was selected first: the older one is the one before.
    return (two[0].header?.at ?? 0) <= (two[1].header?.at ?? 0) ? two : [two[1], two[0]];
  }
  const before = one ?? (await choose(parts, 'before the change', []));
  const after = await choose(parts, 'after the change', [before]);
  return [await read(parts, before), await read(parts, after)];
}

/** The timeline of this window, or a file. */
type Choice = vscode.Uri | 'window';

async function choose(parts: RecordingParts, which: string, without: readonly Choice[]): Promise<Choice> {
  const { session, store, currentPath } = parts;
  const paths = without.map((choice) => (choice === 'window' ? currentPath() : choice.fsPath));
  // The recording of this window is what the timeline shows: once is enough.
  const kept = (await store.list()).filter(({ path }) => path !== currentPath() && !paths.includes(path));
  const hasWindow = session.timeline.deliveries.length > 0 && !without.includes('window');
  const window: RecordingItem = {
    kind: vscode.QuickPickItemKind.Default,
    label: 'The timeline of this window',
    detail: deliveriesText(session.timeline),
    isWindow: true,
  };
  const [item] = await pickRecordings(
    {
      title: `Compare recordings: ${which}`,
      placeholder: `The recording from ${which}`,
      kept,
      first: hasWindow ? [window] : [],
      last: [BROWSE],
    },
    parts,
  );
  if (item?.isWindow) return 'window';
  return item?.uri ?? (await browseForRecording(`The recording from ${which}`));
}

async function read(parts: RecordingParts, choice: Choice): Promise<ComparedRecording> {
  if (choice !== 'window') return await readRecording(choice, parts);
  return { name: 'the timeline of this window', header: windowHeader(parts), timeline: parts.session.timeline };
}

function givenFiles(file: unknown, selection: unknown): readonly vscode.Uri[] {
  const given: readonly unknown[] = Array.isArray(selection) && selection.length > 0 ? selection : [file];
  return given.filter((each) => each instanceof vscode.Uri).slice(0, 2);
}
