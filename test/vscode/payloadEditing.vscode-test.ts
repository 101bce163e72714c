import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { RuleId } from '../../src/core/payload/ruleCatalog';
import { PAYLOAD_TEMPLATES } from '../../src/core/payload/templates';
import {
  activated,
  changeSetting,
  closeEditors,
  GOOD_PAYLOAD,
  until,
  workspaceFile,
  writePayload,
} from './extensionHost';

function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'VoIP Push');
}

function codesOf(uri: vscode.Uri): readonly unknown[] {
  return findingsOf(uri).map(({ code }) => (typeof code === 'object' ? code.value : code));
}

/** Opens it as a user does: what an extension opens stays open for minutes after its editor is closed. */
async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  await vscode.commands.executeCommand('vscode.open', uri);
  return await until(() => vscode.window.visibleTextEditors.find(({ document }) => isAt(document, uri)), `${uri}`);
}

function isAt(document: vscode.TextDocument, uri: vscode.Uri): boolean {
  return document.uri.toString() === uri.toString();
}

async function lensTitles(uri: vscode.Uri): Promise<readonly string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 10);
  return lenses.map(({ command }) => command?.title ?? '').filter((title) => title !== '');
}

const TOO_LARGE = `{"aps":{},"uuid":"6b29fc40-ca47-4067-b31d-00dd010662da","filler":"${'x'.repeat(6000)}"}`;

describe('payloads in the editor', () => {
  before(activated);
  afterEach(closeEditors);

  for (const { id, title, build } of PAYLOAD_TEMPLATES) {
    it(`composes ${title}`, async () => {
      await vscode.commands.executeCommand('voipPush.composePayload', id);
      const document = await until(() => vscode.window.activeTextEditor?.document, 'an editor');
      assert.equal(document.isUntitled, true);
      assert.equal(document.languageId, 'json');
      assert.match(document.fileName, /call\.voip\.json$/);
      const sameKeys = (text: string): readonly string[] => Object.keys(JSON.parse(text));
      assert.deepEqual(sameKeys(document.getText()), sameKeys(build(() => 'x')));
      assert.deepEqual((await lensTitles(document.uri)).length, 3);
    });
  }

  it('numbers a second payload, with other ids', async () => {
    await vscode.commands.executeCommand('voipPush.composePayload', 'callkit');
    const first = vscode.window.activeTextEditor?.document;
    await vscode.commands.executeCommand('voipPush.composePayload', 'callkit');
    const second = vscode.window.activeTextEditor?.document;
    assert.match(String(second?.fileName), /call-2\.voip\.json$/);
    assert.notEqual(first?.getText(), second?.getText());
  });

  const bad: readonly [name: string, content: string | Uint8Array, code: string][] = [
    ['empty.voip.json', '', RuleId.empty],
    ['text.voip.json', 'hello', RuleId.syntax],
    ['large.voip.json', TOO_LARGE, RuleId.size],
    ['mark.voip.json', `\uFEFF${GOOD_PAYLOAD}`, RuleId.byteOrderMark],
    ['duplicate.apns', '{"aps":{},"uuid":"6b29fc40-ca47-4067-b31d-00dd010662da","a":1,"a":2}', RuleId.duplicateKey],
  ];
  for (const [name, content, code] of bad) {
    it(`finds ${code} in ${name}`, async () => {
      const uri = await writePayload(name, content);
      await show(uri);
      await until(() => codesOf(uri).includes(code) || undefined, code);
      await closeEditors();
      await until(() => codesOf(uri).length === 0 || undefined, 'findings gone with the document');
      await vscode.workspace.fs.delete(uri);
    });
  }

  it('finds nothing in a good payload, and follows typing', async () => {
    const uri = await writePayload('good.voip.json', GOOD_PAYLOAD);
    const editor = await show(uri);
    assert.deepEqual(codesOf(uri), []);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '{'));
    await until(() => codesOf(uri).includes(RuleId.syntax) || undefined, 'the finding of a typing error');
    await vscode.commands.executeCommand('undo');
    await until(() => codesOf(uri).length === 0 || undefined, 'the finding to go');
  });

  it('leaves other JSON alone', async () => {
    const uri = await writePayload('other.json', 'hello');
    await show(uri);
    assert.deepEqual(await lensTitles(uri), []);
    assert.deepEqual(codesOf(uri), []);
  });

  it('shows target with environment, size and findings above a payload', async () => {
    const uri = await writePayload('large.voip.json', TOO_LARGE);
    await show(uri);
    const titles = await lensTitles(uri);
    const bytes = new TextEncoder().encode(TOO_LARGE).length;
    assert.match(String(titles[0]), /Send to Virtual iPhone$/);
    assert.equal(titles[1], `${bytes} of 5120 bytes`);
    assert.match(String(titles[2]), /^\d+ findings?$/);
    await vscode.workspace.fs.delete(uri);
  });

  it('takes .apns for JSON', async () => {
    const uri = await writePayload('call.apns', GOOD_PAYLOAD);
    assert.equal((await show(uri)).document.languageId, 'json');
    assert.equal((await lensTitles(uri)).length, 3);
    await vscode.workspace.fs.delete(uri);
  });

  it('follows its settings', async () => {
    const uri = await writePayload('good.voip.json', GOOD_PAYLOAD);
    await show(uri);
    await changeSetting('voipPush.codeLens.enabled', false);
    assert.deepEqual(await lensTitles(uri), []);
    await changeSetting('voipPush.codeLens.enabled', undefined);
    assert.equal((await lensTitles(uri)).length, 3);
    await changeSetting('voipPush.payloadFiles', ['**/*.push']);
    assert.deepEqual(await lensTitles(uri), []);
    await changeSetting('voipPush.payloadFiles', undefined);
    assert.equal((await lensTitles(uri)).length, 3);
  });

  it('lints by the own places of the call id, as soon as they are set', async () => {
    const uri = await writePayload('own.voip.json', '{"aps":{},"session":{"ref":"4711"}}');
    await show(uri);
    const isMissing = () => codesOf(uri).includes(RuleId.callIdMissing);
    await until(() => isMissing() || undefined, 'the finding');
    await changeSetting('voipPush.callIdPointers', ['/session/ref']);
    await until(() => !isMissing() || undefined, 'no finding');
    await changeSetting('voipPush.callIdPointers', undefined);
    await until(() => isMissing() || undefined, 'the finding again');
    await vscode.workspace.fs.delete(uri);
  });

  it('lints the whole workspace, open or not', async () => {
    const files = { 'lint/bad.voip.json': 'hello', 'lint/utf16.apns': new Uint8Array([0xff, 0xfe, 0x7b, 0x00]) };
    for (const [name, content] of Object.entries(files)) await writePayload(name, content);
    await writePayload('lint/good.voip.json', GOOD_PAYLOAD);
    const all = await vscode.workspace.findFiles('**/*.{voip.json,apns}');
    const summary = await vscode.commands.executeCommand<{ files: number; errors: number }>(
      'voipPush.lintWorkspacePayloads',
    );
    assert.equal(summary.files, all.length);
    assert.ok(summary.errors >= 2, `${summary.errors} errors`);
    assert.ok(codesOf(workspaceFile('lint/bad.voip.json')).includes(RuleId.syntax));
    assert.deepEqual(codesOf(workspaceFile('lint/utf16.apns')), ['payload/unreadable']);
    assert.deepEqual(codesOf(workspaceFile('lint/good.voip.json')), []);

    await show(workspaceFile('lint/bad.voip.json'));
    await closeEditors();
    assert.ok(codesOf(workspaceFile('lint/bad.voip.json')).includes(RuleId.syntax), 'kept after closing');
    await vscode.workspace.fs.delete(workspaceFile('lint'), { recursive: true });
    await vscode.commands.executeCommand('voipPush.lintWorkspacePayloads');
    assert.deepEqual(codesOf(workspaceFile('lint/bad.voip.json')), []);
  });
});
