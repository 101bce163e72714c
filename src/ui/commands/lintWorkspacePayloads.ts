import * as vscode from 'vscode';
import type { Finding } from '../../core/payload/finding';
import { ExpectedFailure, messageOf } from '../expectedFailure';
import type { PayloadDiagnostics } from '../payloadDiagnostics';
import type { PayloadDocuments } from '../payloadDocuments';
import { decodePayload } from '../payloadText';

export interface LintWorkspaceDependencies {
  readonly documents: PayloadDocuments;
  readonly diagnostics: PayloadDiagnostics;
}

/** What a run found, as it is told at its end. */
export interface LintSummary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Lints all payload files of the workspace, open or not, into the Problems view. */
export async function lintWorkspacePayloads(dependencies: LintWorkspaceDependencies): Promise<LintSummary> {
  const summary = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Linting payloads', cancellable: true },
    (progress, token) => lintFiles(dependencies, progress, token),
  );
  if (summary.files === 0) {
    throw new ExpectedFailure(
      'No payload file was found. The setting voipPush.payloadFiles says which files are looked for.',
      [
        {
          label: 'Open Settings',
          run: () => vscode.commands.executeCommand('workbench.action.openSettings', 'voipPush.payloadFiles'),
        },
      ],
    );
  }
  void showSummary(summary);
  return summary;
}

async function lintFiles(
  { documents, diagnostics }: LintWorkspaceDependencies,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<LintSummary> {
  const uris = await documents.findFiles(token);
  const open = new Map(documents.open().map((document) => [document.uri.toString(), document]));
  const all: Finding[] = [];
  for (const uri of uris) {
    if (token.isCancellationRequested) throw new vscode.CancellationError();
    progress.report({ message: vscode.workspace.asRelativePath(uri), increment: 100 / uris.length });
    const document = open.get(uri.toString());
    const findings = document === undefined ? await lintFile(uri, documents) : documents.reportOf(document).findings;
    // What is typed and not saved is not what the file says.
    if (document?.isDirty !== true) diagnostics.setFile(uri, findings);
    all.push(...findings);
  }
  diagnostics.keepFiles(uris);
  const count = (severity: Finding['severity']): number =>
    all.filter((finding) => finding.severity === severity).length;
  return { files: uris.length, errors: count('error'), warnings: count('warning') };
}

async function lintFile(uri: vscode.Uri, documents: PayloadDocuments): Promise<readonly Finding[]> {
  try {
    const text = decodePayload(await vscode.workspace.fs.readFile(uri));
    return text === undefined
      ? [unreadable('This file is not UTF-8. APNs takes JSON in UTF-8 only: save it with that encoding.')]
      : documents.lint(text).findings;
  } catch (error) {
    return [unreadable(`This file could not be read: ${messageOf(error)}`)];
  }
}

function unreadable(message: string): Finding {
  const start = { line: 0, character: 0 };
  return { rule: 'payload/unreadable', severity: 'error', message, range: { start, end: start } };
}

async function showSummary({ files, errors, warnings }: LintSummary): Promise<void> {
  const parts = [counted(files, 'file'), counted(errors, 'error'), counted(warnings, 'warning')];
  const choice = await vscode.window.showInformationMessage(
    `${parts.join(', ')}.`,
    ...(errors + warnings > 0 ? ['Show Problems'] : []),
  );
  if (choice !== undefined) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

function counted(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}
