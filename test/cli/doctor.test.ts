import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { reactNativeApp, swiftApp } from '../adapters/doctor/appFolders';
import { inTree } from '../adapters/doctor/standIns';
import { installDeviceTools } from '../standIns/deviceTools';
import { cli } from './cliHarness';

// On Linux, so that a Mac that runs the tests is not asked for its Xcode.
const WORLD = { platform: 'linux', env: { PATH: '' } } as const;

describe('voip-push doctor', () => {
  it('prints a document and exits with 0 when nothing is wrong', () =>
    inTree(swiftApp, async (cwd) => {
      const { exitCode, stdout, stderr } = await cli(['doctor', '.', '--offline'], { ...WORLD, cwd });
      assert.equal(stderr, '');
      assert.match(stdout, /^# VoIP Push Debugger doctor\n\nvoip-push \d/);
      assert.match(stdout, /## Fine\n[\s\S]*\*\*Bundle id\*\*: com\.example\.app\.debug /);
      assert.match(stdout, /Not available here: simulators need a Mac/);
      assert.equal(exitCode, 0);
    }));

  it('exits with 1 and gives fixes when something is', () =>
    inTree(reactNativeApp, async (cwd) => {
      const { exitCode, stdout } = await cli(['doctor', cwd, '--offline', '--format', 'json'], WORLD);
      assert.equal(exitCode, 1);
      const report = JSON.parse(stdout);
      assert.equal(report.version, 1);
      const mode = report.checks.find(({ id }: { id: string }) => id === 'app-background-mode');
      assert.equal(mode.verdict, 'problem');
      assert.match(mode.fix, /Background Modes/);
    }));

  it('paints problems on a terminal only, over the same document', () =>
    inTree(reactNativeApp, async (cwd) => {
      const now = () => 0;
      const args = ['doctor', '.', '--offline'];
      const plain = await cli(args, { ...WORLD, cwd, now });
      const painted = await cli(args, { ...WORLD, cwd, now, isTerminal: true });
      assert.ok(painted.stdout.includes('\u001b[31m- ✖ **UIBackgroundModes'), painted.stdout);
      assert.equal(stripVTControlCharacters(painted.stdout), plain.stdout);
    }));

  it('exits with 2 for a folder that is none', () =>
    inTree({ file: '' }, async (cwd) => {
      for (const [folder, message] of [
        ['gone', /There is no folder gone\. Name the folder of the iOS app\./],
        ['file', /file is a file\./],
      ] as const) {
        const { exitCode, stdout, stderr } = await cli(['doctor', folder, '--offline'], { ...WORLD, cwd });
        assert.equal(exitCode, 2);
        assert.equal(stdout, '');
        assert.match(stderr, message);
      }
    }));

  it('looks for tools where it is told to', () =>
    inTree({}, async (folder) => {
      const { path } = installDeviceTools(folder, { tools: ['idevicesyslog'], udids: ['A'.repeat(25)] });
      const args = ['doctor', '--offline', '--tool-path', `idevicesyslog=${path}/idevicesyslog`];
      const more = ['--tool-path', `pymobiledevice3=${path}/gone`];
      const { stdout } = await cli([...args, ...more], WORLD);
      assert.match(stdout, /idevicesyslog 1\.4\.0; pymobiledevice3 is not at .*\/gone; go-ios is not on PATH\./);
      assert.match(stdout, /\*\*Devices\*\*: Attached: /);
      for (const wrong of ['idevicesyslog', 'ssh=/bin/ssh', 'go-ios=']) {
        const { exitCode, stderr } = await cli(['doctor', '--tool-path', wrong], WORLD);
        assert.equal(exitCode, 2);
        assert.match(stderr, /write the tool and its path, for example idevicesyslog=/);
      }
    }));

  it('can be interrupted', async () => {
    const interrupted = AbortSignal.abort(new Error('interrupted'));
    await assert.rejects(cli(['doctor', '--offline'], { ...WORLD, interrupted }), /interrupted/);
  });
});
