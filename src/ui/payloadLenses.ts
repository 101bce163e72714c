import * as vscode from 'vscode';
import { VOIP_PAYLOAD_LIMIT_BYTES } from '../core/apns/limits';
import { CommandId, commandLink } from './contributions';
import type { PayloadDocuments } from './payloadDocuments';
import { type TargetChoice, targetName } from './targets';
import { whyCannotSend } from './trust';

export interface PayloadLensesOptions {
  readonly documents: PayloadDocuments;
  readonly targets: TargetChoice;
  readonly isEnabled: () => boolean;
}

/** The row above a payload: where it goes, how large it is, what the lint found. */
export interface PayloadLenses extends vscode.CodeLensProvider, vscode.Disposable {
  refresh(): void;
}

const FIRST_LINE = new vscode.Range(0, 0, 0, 0);

/** Lenses for every payload document; the target is named with its environment, so that nobody sends to the wrong one. */
export function createPayloadLenses({ documents, targets, isEnabled }: PayloadLensesOptions): PayloadLenses {
  const changed = new vscode.EventEmitter<void>();
  // Every document is asked for: which of them are payloads is a setting, and unsaved ones have no file.
  const registration = vscode.languages.registerCodeLensProvider(
    { pattern: '**' },
    {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses,
    },
  );

  function provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!isEnabled() || !documents.isPayload(document)) return [];
    const { bytes, findings } = documents.reportOf(document);
    return [sendLink(document.uri), sizeNote(bytes), findingsLink(findings.length)].map(
      (command) => new vscode.CodeLens(FIRST_LINE, command),
    );
  }

  function sendLink(uri: vscode.Uri): vscode.Command {
    if (whyCannotSend() !== undefined) {
      return { title: 'Sending is off in restricted mode', command: 'workbench.trust.manage' };
    }
    return commandLink(`Send to ${targetName(targets.current)}`, CommandId.sendPayload, uri);
  }

  return {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses,
    refresh: () => changed.fire(),
    dispose() {
      registration.dispose();
      changed.dispose();
    },
  };
}

// An empty command makes a lens that is only text.
function sizeNote(bytes: number): vscode.Command {
  return { title: `${bytes} of ${VOIP_PAYLOAD_LIMIT_BYTES} bytes`, command: '' };
}

function findingsLink(count: number): vscode.Command {
  if (count === 0) return { title: 'No findings', command: '' };
  return { title: count === 1 ? '1 finding' : `${count} findings`, command: 'workbench.actions.view.problems' };
}
