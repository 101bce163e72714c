import * as vscode from 'vscode';
import { ExpectedFailure } from './expectedFailure';

/** Why nothing can be sent, to complete a sentence; missing when it can. */
export function whyCannotSend(): string | undefined {
  return vscode.workspace.isTrusted ? undefined : 'this workspace is in restricted mode. Trust it to send.';
}

/** Marks the target that Send goes to; in restricted mode, that it goes nowhere. */
export function sendNote(): string {
  return vscode.workspace.isTrusted ? 'Send goes here' : 'sending is off in restricted mode';
}

/** Throws the failure that leads to the trust editor. */
export function requireTrust(): void {
  const why = whyCannotSend();
  if (why === undefined) return;
  throw new ExpectedFailure(`Nothing can be sent: ${why}`, [
    { label: 'Manage Workspace Trust', run: () => vscode.commands.executeCommand('workbench.trust.manage') },
  ]);
}

/** Throws the failure that leads to the trust editor, for what runs programs or reads the network. `what`: `No log can be watched`. */
export function requireTrustTo(what: string): void {
  if (vscode.workspace.isTrusted) return;
  throw new ExpectedFailure(`${what}: this workspace is in restricted mode. Trust it first.`, [
    { label: 'Manage Workspace Trust', run: () => vscode.commands.executeCommand('workbench.trust.manage') },
  ]);
}
