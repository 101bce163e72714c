import type * as vscode from 'vscode';
import { compareRecordings } from './compareRecordings';
import { deleteRecordings } from './deleteRecordings';
import { openRecording } from './openRecording';
import { createRecordingDocument, type RecordingDocument } from './recordingDocument';
import { showRecording } from './recordingEditor';
import type { RecordingParts } from './recordingParts';
import { saveRecording } from './saveRecording';

/** What can be done with recordings; loaded when somebody wants it. */
export interface Recordings {
  save(): Promise<void>;
  open(file: unknown): Promise<void>;
  compare(file: unknown, selection: unknown): Promise<void>;
  remove(): Promise<void>;
  /** The document of the editor for recordings. */
  openDocument(uri: vscode.Uri): RecordingDocument;
  showDocument(document: RecordingDocument, panel: vscode.WebviewPanel): void;
}

export function createRecordings(parts: RecordingParts): Recordings {
  return {
    save: () => saveRecording(parts),
    open: (file) => openRecording(parts, file),
    compare: (file, selection) => compareRecordings(parts, file, selection),
    remove: () => deleteRecordings(parts),
    openDocument: (uri) => createRecordingDocument(uri, parts),
    showDocument: (document, panel) => showRecording(document, panel, parts),
  };
}
