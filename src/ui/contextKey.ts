import * as vscode from 'vscode';
import type { ContextKey } from './contributions';

/** A setter for the context key that tells VS Code only of changes. */
export function createContextKey(key: ContextKey): (value: boolean) => void {
  let known: boolean | undefined;
  return (value) => {
    if (value === known) return;
    known = value;
    void vscode.commands.executeCommand('setContext', key, value);
  };
}
