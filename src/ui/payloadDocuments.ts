import * as vscode from 'vscode';
import type { PayloadReport } from '../core/payload/lint';
import { lintPayload } from '../core/payload/lint';
import { payloadTextOf } from './payloadText';
import type { Settings } from './settings';

/** Which documents hold payloads, and what the lint says about them. */
export interface PayloadDocuments {
  isPayload(document: vscode.TextDocument): boolean;
  /** The lint's report, made once for each version of the document and of the settings. */
  reportOf(document: vscode.TextDocument): PayloadReport;
  /** The lint's report on a text that is in no document. */
  lint(text: string): PayloadReport;
  /** Open payload documents, unsaved ones included. */
  open(): readonly vscode.TextDocument[];
  /** Payload files of the workspace, open or not. */
  findFiles(token?: vscode.CancellationToken): Promise<readonly vscode.Uri[]>;
}

// More payload files than this is a pattern that is too wide.
const MAX_FILES = 2000;

/** The settings that say what a payload is, and where in it the call id stands. */
export type PayloadSettings = Pick<Settings, 'payloadFiles' | 'callIdPointers'>;

interface KnownReport {
  readonly version: number;
  readonly callIdPointers: readonly string[];
  readonly report: PayloadReport;
}

/** Payload documents by the settings at the time of asking. */
export function createPayloadDocuments(settings: () => PayloadSettings): PayloadDocuments {
  const reports = new WeakMap<vscode.TextDocument, KnownReport>();

  function lint(text: string): PayloadReport {
    return lintPayload(text, { callIdPointers: settings().callIdPointers });
  }

  function isPayload(document: vscode.TextDocument): boolean {
    if (!isEditable(document.uri)) return false;
    return settings().payloadFiles.some((pattern) => vscode.languages.match({ pattern }, document) > 0);
  }

  return {
    isPayload,
    reportOf(document) {
      const { version } = document;
      const { callIdPointers } = settings();
      const known = reports.get(document);
      if (known?.version === version && known.callIdPointers === callIdPointers) return known.report;
      const report = lint(payloadTextOf(document));
      reports.set(document, { version, callIdPointers, report });
      return report;
    },
    lint,
    open: () => vscode.workspace.textDocuments.filter((document) => !document.isClosed && isPayload(document)),
    async findFiles(token) {
      const globs = settings().payloadFiles;
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
