import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { PAYLOAD_TEMPLATES, type PayloadTemplate } from '../../core/payload/templates';
import { ExpectedFailure } from '../expectedFailure';
import { openUntitledPayload } from '../untitledPayload';

/** Opens an unsaved payload from a template, with fresh ids and the caller selected. */
export async function composePayload(templateId: unknown): Promise<void> {
  const template = templateId === undefined ? await pickTemplate() : templateNamed(templateId);
  const text = template.build(randomUUID);
  const editor = await openUntitledPayload(text, 'call');
  const at = editor.document.positionAt(startingPoint(text));
  editor.selection = new vscode.Selection(at, at);
}

async function pickTemplate(): Promise<PayloadTemplate> {
  const items = PAYLOAD_TEMPLATES.map((template) => ({
    label: template.title,
    detail: template.description,
    template,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Compose a VoIP payload',
    placeHolder: 'What the payload is for',
    matchOnDetail: true,
  });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.template;
}

function templateNamed(id: unknown): PayloadTemplate {
  const template = PAYLOAD_TEMPLATES.find((known) => known.id === id);
  if (template !== undefined) return template;
  const known = PAYLOAD_TEMPLATES.map((each) => each.id).join(', ');
  throw new ExpectedFailure(`There is no payload template "${String(id)}". Use one of ${known}.`);
}

/** Before the first key after the ids: what people change first. `{ "aps": {}, "uuid": "…", "callerName": "…" }` */
function startingPoint(text: string): number {
  const at = /"(?:callerName|nameCaller|members|twi_from)"/.exec(text)?.index;
  return at ?? text.lastIndexOf('\n}');
}
