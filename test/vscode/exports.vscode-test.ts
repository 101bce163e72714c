import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { checkReport } from '../../src/core/timeline/checkReport';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import { pickItems, replaceInWindow } from './answers';
import { exportAs } from './exporting';
import {
  activated,
  answerMessages,
  changeSetting,
  closeEditors,
  forgetDeliveries,
  goodPayload,
  sendAndWait,
  until,
  workspaceFile,
  writePayload,
} from './extensionHost';

describe('exporting the timeline', function () {
  this.timeout(60_000);
  let api: ExtensionApi;

  before(async () => {
    api = await activated();
    await changeSetting('voipPush.virtual.timeScale', 50);
    await changeSetting('voipPush.virtual.behavior', 'never-reports');
    await forgetDeliveries();
  });

  after(async () => {
    await changeSetting('voipPush.virtual.timeScale', undefined);
    await changeSetting('voipPush.virtual.behavior', undefined);
    await closeEditors();
  });

  it('says that there is nothing to export', async () => {
    for (const command of ['voipPush.exportTimeline', 'voipPush.copyAsMermaid']) {
      const failure = answerMessages('showErrorMessage', undefined);
      await vscode.commands.executeCommand(command);
      failure.restore();
      assert.deepEqual(failure.messages, [
        'There is nothing to export: the timeline is empty. Send a payload or open a log first.',
      ]);
    }
  });

  it('writes JSON that is the report of the command line', async () => {
    await sendAndWait(await writePayload('export.voip.json', goodPayload()));
    const { text, suggested, messages } = await exportAs('JSON', 'export.json');
    assert.deepEqual(JSON.parse(text), checkReport(api.timeline()));
    assert.match(suggested, /^voip-push-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.json$/);
    assert.deepEqual(messages, ['1 delivery: 1 flagged, 0 inconclusive: exported to export.json.']);
  });

  it('writes HTML and Markdown with the explanation of the timeline', async () => {
    const [judged] = api.timeline().deliveries;
    const words = String(judged?.explanation.nextSteps[0]);
    const html = await exportAs('HTML', 'export.html');
    assert.match(html.text, /^<!DOCTYPE html>/);
    const markdown = await exportAs('Markdown', 'export.md');
    assert.match(markdown.text, /^## VoIP push deliveries/);
    for (const { text } of [html, markdown]) assert.ok(text.includes(words), text);
    assert.ok(html.text.includes('callerName'), 'the payload is in it');
  });

  it('offers the format of the last time first', async () => {
    const { formats } = await exportAs('HTML', 'export.html');
    assert.equal(formats[0], 'Markdown');
    assert.equal(formats.length, 4);
  });

  it('opens what it wrote when the user wants it', async () => {
    await closeEditors();
    await exportAs('JSON', 'export.json', 'Open');
    await until(
      () => vscode.window.activeTextEditor?.document.fileName.endsWith('export.json') || undefined,
      'the file to open',
    );
  });

  it('draws the delivery of the tree, or the one that is picked', async () => {
    const [judged] = api.timeline().deliveries;
    await vscode.commands.executeCommand('voipPush.copyAsMermaid', judged?.delivery.id);
    const fromTree = await vscode.env.clipboard.readText();
    assert.match(fromTree, /^sequenceDiagram\n {4}participant sender as Sender\n/);
    const picked = pickItems('$(error) Killed');
    await vscode.commands.executeCommand('voipPush.copyAsMermaid');
    picked.restore();
    assert.equal(await vscode.env.clipboard.readText(), fromTree);
    assert.match(String(picked.offered[0]?.description), /^com\.example\.app, \d\d:\d\d:\d\d$/);
    await vscode.env.clipboard.writeText('');
  });

  it('says when the file cannot be written, and loses nothing', async () => {
    const picked = pickItems('HTML');
    const below = vscode.Uri.joinPath(workspaceFile('export.voip.json'), 'export.html');
    const dialog = replaceInWindow('showSaveDialog', async () => below);
    const failure = answerMessages('showErrorMessage', undefined);
    await vscode.commands.executeCommand('voipPush.exportTimeline');
    await until(() => failure.messages.length > 0 || undefined, 'the message');
    for (const { restore } of [picked, dialog, failure]) restore();
    assert.match(String(failure.messages[0]), /^The timeline was not exported: .*export\.html cannot be written: /);
    assert.equal(api.timeline().deliveries.length, 1);
  });

  it('writes nothing when the user cancels', async () => {
    const picked = pickItems('HTML');
    const dialog = replaceInWindow('showSaveDialog', async () => undefined);
    const failure = answerMessages('showErrorMessage', undefined);
    await vscode.commands.executeCommand('voipPush.exportTimeline');
    for (const { restore } of [picked, dialog, failure]) restore();
    assert.deepEqual(failure.messages, []);
  });
});
