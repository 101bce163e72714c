import * as vscode from 'vscode';
import { RECORDING_EDITOR_ID } from './contributions';
import type { RecordingDocument } from './recordings/recordingDocument';
import type { Recordings } from './recordings/recordingViews';

/** Opens `.voiprec` files by double click; what shows them is loaded with the first one. */
export function registerRecordingEditor(recordings: () => Promise<Recordings>): vscode.Disposable {
  const provider: vscode.CustomReadonlyEditorProvider<RecordingDocument> = {
    openCustomDocument: async (uri) => (await recordings()).openDocument(uri),
    resolveCustomEditor: async (document, panel) => (await recordings()).showDocument(document, panel),
  };
  return vscode.window.registerCustomEditorProvider(RECORDING_EDITOR_ID, provider, {
    supportsMultipleEditorsPerDocument: true,
  });
}
