import * as vscode from 'vscode';
import { createContextKey } from './contextKey';
import { ContextKey } from './contributions';
import type { PayloadDocuments } from './payloadDocuments';

/** Whether the active editor holds a payload, as a context key and as a value. */
export interface PayloadEditorContext extends vscode.Disposable {
  readonly isActive: boolean;
  readonly onDidChange: vscode.Event<boolean>;
  refresh(): void;
}

/** Follows the active editor. */
export function followPayloadEditor(documents: PayloadDocuments): PayloadEditorContext {
  const changed = new vscode.EventEmitter<boolean>();
  const setKey = createContextKey(ContextKey.payloadEditor);
  let isActive = false;

  function refresh(): void {
    const document = vscode.window.activeTextEditor?.document;
    const now = document !== undefined && documents.isPayload(document);
    setKey(now);
    if (now === isActive) return;
    isActive = now;
    changed.fire(now);
  }

  const subscription = vscode.window.onDidChangeActiveTextEditor(refresh);
  refresh();
  return {
    get isActive() {
      return isActive;
    },
    onDidChange: changed.event,
    refresh,
    dispose() {
      subscription.dispose();
      changed.dispose();
    },
  };
}
