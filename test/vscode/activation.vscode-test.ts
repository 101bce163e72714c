import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CommandId, SETTING_DEFAULTS, type SettingId } from '../../src/ui/contributions';
import { extension } from './extensionHost';

describe('activation', () => {
  it('loads and activates; the time is printed, and nothing of a sending is loaded', async function () {
    const api = await extension().activate();
    // The reporter prints the title when the test is over.
    if (this.test) this.test.title += `: activate() took ${api.activationMs.toFixed(1)} ms`;
    // Usually 5 ms; what makes it ten times slower must not go unnoticed, a busy machine may.
    assert.ok(api.activationMs < 250, `activate() took ${api.activationMs} ms`);
    assert.equal(extension().isActive, true);
    assert.deepEqual(api.timeline().deliveries, []);
    const loaded = Object.keys(require.cache).filter((file) =>
      /[/\\]dist[/\\](apnsClient|readCredentials|validateCredentials|virtualTarget|logSources|linearPattern|runDoctor)\.js$/.test(
        file,
      ),
    );
    assert.deepEqual(loaded, []);
  });

  it('registers every command', async () => {
    const known = await vscode.commands.getCommands(true);
    for (const id of Object.values(CommandId)) assert.ok(known.includes(id), id);
  });

  it('gives every setting its default', () => {
    const configuration = vscode.workspace.getConfiguration();
    for (const [id, value] of Object.entries(SETTING_DEFAULTS) as [SettingId, unknown][]) {
      assert.deepEqual(configuration.inspect(id)?.defaultValue, value, id);
    }
  });

  it('keeps an untrusted workspace from choosing what the virtual iPhone does, where pushes go and which programs run', () => {
    const { capabilities }: { readonly capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } } } =
      extension().packageJSON;
    const restricted = capabilities.untrustedWorkspaces.restrictedConfigurations;
    const wanted = Object.keys(SETTING_DEFAULTS).filter((id) =>
      /^voipPush\.(virtual|targets|deviceTools)(\.|$)/.test(id),
    );
    assert.deepEqual([...restricted].sort(), wanted.sort());
  });
});
