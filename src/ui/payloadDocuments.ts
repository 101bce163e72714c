import * as vscode from 'vscode';
import type { PayloadReport } from '../core/payload/lint';
import { lintPayload } from '../core/payload/lint';
import { payloadTextOf } from './payloadText';

/** Which documents hold payloads, and what the lint says about them. */
export interface PayloadDocuments {
  isPayload(document: vscode.TextDocument): boolean;
  /** The lint's report, made once for each version of the document. */
  reportOf(document: vscode.TextDocument): PayloadReport;
  /** Open payload documents, unsaved ones included. */
  open(): readonly vscode.TextDocument[];
  /** Payload files of the workspace, open or not. */
  findFiles(token?: vscode.CancellationToken): Promise<readonly vscode.Uri[]>;
}

// More payload files than this is a pattern that is too wide.
const MAX_FILES = 2000;

/** Payload documents by the globs that `payloadFiles` gives at the time of asking. */
export function createPayloadDocuments(payloadFiles: () => readonly string[]): PayloadDocuments {
  const reports = new WeakMap<vscode.TextDocument, { readonly version: number; readonly report: PayloadReport }>();

  function isPayload(document: vscode.TextDocument): boolean {
    if (!isEditable(document.uri)) return false;
    return payloadFiles().some((pattern) => vscode.languages.match({ pattern }, document) > 0);
  }

  return {
    isPayload,
    reportOf(document) {
      const known = reports.get(document);
      if (known?.version === document.version) return known.report;
      const report = lintPayload(payloadTextOf(document));
      reports.set(document, { version: document.version, report });
      return report;
    },
    open: () => vscode.workspace.textDocuments.filter((document) => !document.isClosed && isPayload(document)),
    async findFiles(token) {
      const globs = payloadFiles();
      if (globs.length === 0) return [];
      const pattern = globs.length === 1 ? String(globs[0]) : `{${globs.join(',')}}`;
      return await vscode.workspace.findFiles(pattern, undefined, MAX_FILES, token);
    },
  };
}

/** Not the old side of a diff, nor another read-only view of a file. */
function isEditable({ scheme }: vscode.Uri): boolean {
  return scheme === 'untitled' || (scheme !== 'git' && vscode.workspace.fs.isWritableFileSystem(scheme) !== undefined);
}
