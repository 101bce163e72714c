import * as vscode from 'vscode';
import type { Finding, Severity } from '../core/payload/finding';
import { PAYLOAD_RULES_TEXT, type RuleId } from '../core/payload/ruleCatalog';
import { exists } from './fileExists';
import type { PayloadDocuments } from './payloadDocuments';
import { documentPosition } from './payloadText';

/** The findings on payloads in the Problems view: of open documents while they are edited, and of files that were linted. */
export interface PayloadDiagnostics extends vscode.Disposable {
  /** Keeps the findings of a file until it is gone or linted again; an open editor shows its own. */
  setFile(uri: vscode.Uri, findings: readonly Finding[]): void;
  /** Drops the findings of linted files that are not among `uris`. */
  keepFiles(uris: readonly vscode.Uri[]): void;
  /** Lints every open payload again, for example when the patterns have changed. */
  refresh(): void;
}

const TYPING_PAUSE_MS = 150;

/** Follows the open documents. */
export function createPayloadDiagnostics(documents: PayloadDocuments): PayloadDiagnostics {
  const collection = vscode.languages.createDiagnosticCollection('voipPush');
  const timers = new Map<string, NodeJS.Timeout>();
  const lintedFiles = new Map<string, readonly Finding[]>();

  function lintNow(document: vscode.TextDocument): void {
    stopTimer(document.uri);
    if (document.isClosed) return;
    if (!documents.isPayload(document)) {
      collection.delete(document.uri);
      return;
    }
    const { findings } = documents.reportOf(document);
    collection.set(
      document.uri,
      findings.map((finding) => diagnosticOf(finding, document)),
    );
    // A saved document is what a lint of the file would find.
    if (lintedFiles.has(document.uri.toString()) && !document.isDirty) {
      lintedFiles.set(document.uri.toString(), findings);
    }
  }

  function lintSoon(document: vscode.TextDocument): void {
    stopTimer(document.uri);
    if (!documents.isPayload(document)) return;
    timers.set(
      document.uri.toString(),
      setTimeout(() => lintNow(document), TYPING_PAUSE_MS),
    );
  }

  function stopTimer(uri: vscode.Uri): void {
    clearTimeout(timers.get(uri.toString()));
    timers.delete(uri.toString());
  }

  async function close({ uri }: vscode.TextDocument): Promise<void> {
    stopTimer(uri);
    const findings = lintedFiles.get(uri.toString());
    if (findings === undefined || !(await exists(uri))) forget(uri);
    else collection.set(uri, findings.map(fileDiagnosticOf));
  }

  function forget(uri: vscode.Uri): void {
    lintedFiles.delete(uri.toString());
    collection.delete(uri);
  }

  function isOpen(uri: string): boolean {
    return documents.open().some((document) => document.uri.toString() === uri);
  }

  const subscription = vscode.Disposable.from(
    collection,
    vscode.workspace.onDidOpenTextDocument(lintNow),
    vscode.workspace.onDidSaveTextDocument(lintNow),
    vscode.workspace.onDidChangeTextDocument(({ document }) => lintSoon(document)),
    vscode.workspace.onDidCloseTextDocument((document) => void close(document)),
    vscode.workspace.onDidDeleteFiles(({ files }) => files.forEach(forget)),
    vscode.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri } of files) forget(oldUri);
    }),
  );
  const refresh = (): void => vscode.workspace.textDocuments.forEach(lintNow);
  refresh();

  return {
    setFile(uri, findings) {
      lintedFiles.set(uri.toString(), findings);
      if (!isOpen(uri.toString())) collection.set(uri, findings.map(fileDiagnosticOf));
    },
    keepFiles(uris) {
      const kept = new Set(uris.map(String));
      for (const key of [...lintedFiles.keys()].filter((file) => !kept.has(file))) {
        lintedFiles.delete(key);
        if (!isOpen(key)) collection.delete(vscode.Uri.parse(key));
      }
    },
    refresh,
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      subscription.dispose();
    },
  };
}

const SEVERITIES: { readonly [S in Severity]: vscode.DiagnosticSeverity } = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

function diagnosticOf(finding: Finding, document: Pick<vscode.TextDocument, 'encoding'>): vscode.Diagnostic {
  const { start, end } = finding.range;
  return diagnosticAt(finding, documentPosition(document, start), documentPosition(document, end));
}

function fileDiagnosticOf(finding: Finding): vscode.Diagnostic {
  return diagnosticAt(finding, finding.range.start, finding.range.end);
}

function diagnosticAt({ rule, severity, message }: Finding, start: Finding['range']['start'], end: typeof start) {
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  const diagnostic = new vscode.Diagnostic(range, message, SEVERITIES[severity]);
  diagnostic.source = 'VoIP Push';
  diagnostic.code = isRuleId(rule) ? { value: rule, target: vscode.Uri.parse(PAYLOAD_RULES_TEXT[rule].url) } : rule;
  return diagnostic;
}

function isRuleId(rule: string): rule is RuleId {
  return Object.hasOwn(PAYLOAD_RULES_TEXT, rule);
}
