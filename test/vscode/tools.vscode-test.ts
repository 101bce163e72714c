import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { CommandId } from '../../src/ui/contributions';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import { fileOf, goodLog, logLine, probeLine, silentLog } from '../cli/cliHarness';
import type { CrashFolder } from '../standIns/crashCopies';
import { installDeviceTools, type LogRun } from '../standIns/deviceTools';
import { chooseInDialog, distrust, pickItems, type Replaced } from './answers';
import { activated, answerMessages, changeSetting, closeEditors, until, workspaceFile } from './extensionHost';

// The app of `silentLog`, ended 7 s after its push.
const KILL_REPORT = `{"app_name":"Example","timestamp":"2026-09-08 08:11:41.00 +0000","bug_type":"309","bundleID":"com.example.app"}
{"procName":"Example","pid":4711,"captureTime":"2026-09-08 08:11:41.2000 +0000",
"termination":{"namespace":"FRONTBOARD","code":3131951633},"exception":{"type":"EXC_CRASH","signal":"SIGKILL"}}
`;

/** Lines of `pymobiledevice3 syslog live --format json` would do as well: every format is read in every log. */
const LINES = { silent: silentLog(), good: goodLog(60_000) };

describe('tools', function () {
  this.timeout(60_000);
  let api: ExtensionApi;
  let folder: string;
  const replaced: Replaced[] = [];

  const run = (id: CommandId, ...args: unknown[]) => vscode.commands.executeCommand(id, ...args);
  const stub = <T extends Replaced>(one: T): T => {
    replaced.push(one);
    return one;
  };
  const answering = (button?: string) => ({
    information: stub(answerMessages('showInformationMessage', button)).messages,
    warning: stub(answerMessages('showWarningMessage', button)).messages,
    error: stub(answerMessages('showErrorMessage', button)).messages,
  });
  const file = (name: string, content: string): vscode.Uri => {
    writeFileSync(join(folder, name), content);
    return vscode.Uri.file(join(folder, name));
  };
  const verdicts = () => api.timeline().deliveries.map(({ verdict }) => verdict.kind);

  before(async () => {
    api = await activated();
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'voip-push-tools-'));
    const messages = answerMessages('showInformationMessage', undefined);
    await run(CommandId.clearTimeline);
    messages.restore();
  });

  afterEach(async () => {
    for (const one of replaced.splice(0).reverse()) one.restore();
    for (const { source } of api.watchedLogs()) await run(CommandId.stopWatching, source);
    await closeEditors();
    rmSync(folder, { recursive: true, force: true });
  });

  describe('open a log', () => {
    it('joins a crash report to the delivery of a log, and says so', async () => {
      const { information } = answering();
      const log = file('device.ndjson', fileOf(silentLog(0, 5000)));
      const crash = file('Example-2026-09-08.ips', KILL_REPORT);
      await run(CommandId.openLog, log, [log, crash]);
      assert.deepEqual(information, ['device.ndjson, Example-2026-09-08.ips: 1 delivery, 1 crash report joined.']);
      assert.deepEqual(verdicts(), ['killed']);
      await run(CommandId.openLog, log, [log, crash]);
      assert.equal(information[1], 'device.ndjson, Example-2026-09-08.ips are in the timeline already.');
      assert.deepEqual(verdicts(), ['killed']);
    });

    it('asks for files when none is given', async () => {
      const { information } = answering();
      stub(chooseInDialog(file('two.log', fileOf([...LINES.silent, ...LINES.good]))));
      await run(CommandId.openLog);
      assert.deepEqual(information, ['two.log: 2 deliveries.']);
      assert.deepEqual(verdicts(), ['missing-report', 'reported']);
    });

    it('tells two files of one name apart', async () => {
      answering();
      await vscode.workspace.fs.createDirectory(vscode.Uri.file(join(folder, 'other')));
      await run(CommandId.openLog, file('same.log', fileOf(LINES.silent)));
      await run(CommandId.openLog, file('other/same.log', fileOf(LINES.good)));
      const sources = api.events().map(({ source }) => source);
      assert.deepEqual(
        [...new Set(sources.filter((source) => source.endsWith('same.log')))],
        ['same.log', 'other/same.log'],
      );
    });

    it('says what is wrong with a file, and still reads the others', async () => {
      const { warning, error } = answering();
      const prose = file('prose.txt', 'Dear diary\n');
      await run(CommandId.openLog, prose);
      assert.match(String(error[0]), /^prose\.txt has no line of "log stream --style ndjson"/);
      const log = file('good.log', fileOf(LINES.good));
      await run(CommandId.openLog, prose, [prose, log]);
      assert.match(String(warning[0]), /^good\.log: 1 delivery\. prose\.txt has no line/);
      assert.deepEqual(verdicts(), ['reported']);
    });

    it('says that a log has no push in it', async () => {
      const { information } = answering();
      await run(CommandId.openLog, file('silence.log', fileOf([logLine(0, 'callservicesd', 'unrelated')])));
      assert.deepEqual(information, ['No VoIP push in silence.log.']);
    });

    it('lets threads search a large file', async () => {
      const { information } = answering();
      let threads = 0;
      const count = () => {
        threads += 1;
      };
      process.on('worker', count);
      try {
        const unrelated = fileOf([logLine(0, 'callservicesd', 'unrelated '.repeat(60))]);
        const quiet = unrelated.repeat(Math.ceil((65 * 1024 * 1024) / unrelated.length));
        await run(CommandId.openLog, file('large.ndjson', quiet + fileOf(LINES.silent)));
      } finally {
        process.off('worker', count);
      }
      assert.ok(threads > 0);
      assert.deepEqual(information, ['large.ndjson: 1 delivery.']);
      assert.deepEqual(verdicts(), ['missing-report']);
    });

    it('reads what is in the clipboard, or in the active editor', async () => {
      const { information } = answering();
      await vscode.env.clipboard.writeText(LINES.silent.join('\n'));
      await run(CommandId.pasteLog);
      assert.equal(information.length, 1);
      assert.match(String(information[0]), /^Pasted log, \d\d:\d\d:\d\d: 1 delivery\.$/);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: LINES.good.join('\n') }));
      const { lists } = stub(pickItems('Active editor'));
      await run(CommandId.pasteLog);
      assert.deepEqual(lists, [['Clipboard', 'Active editor']]);
      assert.deepEqual(verdicts(), ['missing-report', 'reported']);
    });

    it('has something to say about an empty clipboard', async () => {
      const { error } = answering();
      await vscode.env.clipboard.writeText(' \n');
      await run(CommandId.pasteLog);
      assert.match(String(error[0]), /no text in the clipboard/);
    });
  });

  describe('watch a log', () => {
    const path = process.env['PATH'];
    const udids = ['00008110-000A1234567890AB', '00008110-000A1234567890CD'];
    const install = (
      tools: ('idevicesyslog' | 'pymobiledevice3' | 'ios')[],
      runs: readonly LogRun[],
      ids = udids,
      crashes: CrashFolder = { reports: {} },
    ) => {
      const standIn = installDeviceTools(join(folder, 'bin'), { tools, udids: ids, runs, version: '4.27.3', crashes });
      process.env['PATH'] = `${standIn.path}${delimiter}${path}`;
      return standIn;
    };
    const health = () => api.watchedLogs()[0]?.health;

    afterEach(() => {
      process.env['PATH'] = path;
    });

    it('watches the device that is picked, starts the tool again when it dies, and shows the gap', async () => {
      const { logCalls } = install(
        ['pymobiledevice3'],
        [{ lines: LINES.silent.slice(0, 2), exitCode: 1, stderr: 'Device was disconnected' }, { lines: LINES.good }],
      );
      const { error } = answering();
      const { lists } = stub(pickItems('My iPhone'));
      await run(CommandId.watchDeviceLog);
      assert.deepEqual(error, []);
      assert.deepEqual(lists, [['My iPhone', 'My iPhone']]);
      const [watched] = api.watchedLogs();
      assert.equal(watched?.source, 'device My iPhone (…90AB)');
      assert.equal(watched?.reader, 'pymobiledevice3 4.27.3');
      await until(() => health()?.state === 'restarting', 'the restart');
      await until(() => health()?.state === 'watching', 'the tool to be back');
      await until(() => verdicts().includes('reported'), 'the push after the restart');
      assert.deepEqual(
        api
          .events()
          .filter(({ kind, source }) => kind.startsWith('source.') && source === watched?.source)
          .map(({ kind }) => kind),
        ['source.started', 'source.ended', 'source.gap'],
      );
      assert.equal(verdicts()[0], 'inconclusive');
      assert.deepEqual(logCalls()[0], ['pymobiledevice3', 'syslog', 'live', '--format', 'json', '--udid', udids[0]]);

      stub(pickItems('My iPhone'));
      await run(CommandId.watchDeviceLog);
      assert.match(String(error[0]), /is being watched already\.$/);
      await run(CommandId.stopWatching);
      assert.deepEqual(api.watchedLogs(), []);
      assert.equal(api.events().at(-1)?.kind, 'source.ended');
    });

    it('loses no line of a burst, and shows no gap', async () => {
      const stories = Array.from({ length: 20 }, (_, index) => goodLog(index * 60_000)).flat();
      const noiseLines = Math.ceil(20_000 / stories.length);
      install(['ios'], [{ lines: stories, noiseLines }], udids.slice(0, 1));
      const { error } = answering();
      await run(CommandId.openTimeline);
      await run(CommandId.watchDeviceLog);
      assert.deepEqual(error, []);
      await until(() => verdicts().filter((kind) => kind === 'reported').length === 20 || undefined, 'the last push');
      assert.equal(verdicts().length, 20);
      assert.deepEqual(health()?.state, 'watching');
      const { source } = api.watchedLogs()[0] ?? {};
      const kinds = api.events().flatMap((event) => (event.source === source ? [event.kind] : []));
      assert.deepEqual(
        kinds.filter((kind) => kind.startsWith('source.')),
        ['source.started'],
      );
    });

    it('asks nothing when there is one device', async () => {
      install(['ios'], [{ lines: LINES.good }], udids.slice(0, 1));
      const { error } = answering();
      await run(CommandId.watchDeviceLog);
      assert.deepEqual(error, []);
      assert.equal(api.watchedLogs()[0]?.reader, 'go-ios 4.27.3');
      await until(() => verdicts().includes('reported'), 'the push');
    });

    it('lets another tool read the log, and offers that one first the next time', async () => {
      install(['pymobiledevice3', 'ios', 'idevicesyslog'], [{ lines: LINES.good }], udids.slice(0, 1));
      const { error } = answering();
      const first = stub(pickItems());
      await run(CommandId.watchDeviceLog);
      const withTool = (kind: string) => `iOS 26.4 · with ${kind} 4.27.3`;
      const tools = ['pymobiledevice3', 'idevicesyslog', 'go-ios'];
      assert.deepEqual(
        first.offered.map(({ label, description }) => [label, description]),
        tools.map((kind) => ['My iPhone', withTool(kind)]),
      );
      first.restore();
      stub(pickItems(withTool('go-ios')));
      await run(CommandId.watchDeviceLog);
      assert.equal(api.watchedLogs()[0]?.reader, 'go-ios 4.27.3');
      assert.equal(api.watchedLogs()[0]?.source, 'device My iPhone');
      await run(CommandId.stopWatching, 'device My iPhone');
      const again = stub(pickItems(withTool('pymobiledevice3')));
      await run(CommandId.watchDeviceLog);
      assert.deepEqual(
        again.offered.map(({ description }) => description),
        ['go-ios', 'pymobiledevice3', 'idevicesyslog'].map(withTool),
      );
      assert.equal(api.watchedLogs()[0]?.reader, 'pymobiledevice3 4.27.3');
      assert.deepEqual(error, []);
    });

    it('takes the tool that the settings name', async () => {
      const standIn = installDeviceTools(join(folder, 'bin'), { tools: ['idevicesyslog'], udids: udids.slice(0, 1) });
      await changeSetting('voipPush.deviceTools.paths', { idevicesyslog: join(standIn.path, 'idevicesyslog') });
      await run(CommandId.watchDeviceLog);
      await changeSetting('voipPush.deviceTools.paths', undefined);
      assert.equal(api.watchedLogs()[0]?.reader, 'idevicesyslog 1.4.0');
    });

    it('says what to install, and what to do without a device', async () => {
      process.env['PATH'] = folder;
      const { error } = answering();
      await run(CommandId.watchDeviceLog);
      assert.match(String(error[0]), /^No tool that reads the log of a device was found\. Install pymobiledevice3/);
      install(['pymobiledevice3'], [], []);
      await run(CommandId.watchDeviceLog);
      assert.match(String(error[1]), /^No device is connected: pymobiledevice3 4\.27\.3 sees none\./);
      assert.deepEqual(api.watchedLogs(), []);
    });

    it('follows a file while it is written', async () => {
      answering();
      const log = file('growing.log', fileOf(LINES.silent.slice(0, 1)));
      await run(CommandId.watchLogFile, log);
      await until(() => health()?.state === 'watching', 'the file to be watched');
      appendFileSync(log.fsPath, fileOf(LINES.good));
      await until(() => verdicts().includes('reported'), 'the push');
      const { error } = answering();
      await run(CommandId.openLog, log);
      assert.match(String(error[0]), /^growing\.log is being watched: /);
    });

    it('offers the app whose token is in the log as a target', async () => {
      const { information } = answering();
      const token = 'ab12'.repeat(16);
      const log = file('token.log', fileOf([probeLine(0, { e: 'token', environment: 'sandbox', token })]));
      await run(CommandId.watchLogFile, log);
      await until(() => information.length > 0, 'the offer');
      assert.equal(
        information[0],
        'The app com.example.app printed its PushKit token ab12ab12… in the log of token.log. Add it as a target?',
      );
      assert.ok(!JSON.stringify(api.events()).includes(token));
    });

    it('reads the crash report that a log tells of, when it is on this computer', async () => {
      const { information } = answering();
      const crash = file('Example-2026.ips', KILL_REPORT);
      const log = file('simulator.log', fileOf(silentLog(0, 5000)));
      await run(CommandId.watchLogFile, log);
      await until(() => health()?.state === 'watching', 'the file to be watched');
      const saved = (path: string) => `Saved type '309' report (2 of max 25) at ${path}`;
      appendFileSync(log.fsPath, fileOf([logLine(9000, 'osanalyticshelper', saved(crash.fsPath))]));
      await until(() => verdicts().includes('killed'), 'the crash report');
      assert.deepEqual(information, ['Example-2026.ips: 1 crash report joined.']);
      const remote = '/var/mobile/Library/Logs/CrashReporter/Example-2027.ips';
      appendFileSync(log.fsPath, fileOf([logLine(9500, 'osanalyticshelper', saved(remote))]));
      await until(() => information.length > 1, 'the message');
      assert.match(String(information[1]), /^A crash report was saved on the device: Example-2027\.ips\./);
    });

    it('fetches the crash report from the device, joins it, and leaves it there', async () => {
      const name = 'Example-2027.ips';
      const saved = `Saved type '309' report (2 of max 25) at /var/mobile/Library/Logs/CrashReporter/${name}`;
      const lines = [...silentLog(0, 5000), logLine(9000, 'osanalyticshelper', saved)];
      const crashes = { reports: { [name]: KILL_REPORT } };
      const { reportsOnDevice } = install(['ios'], [{ lines }], udids.slice(0, 1), crashes);
      const { information, error } = answering();
      await run(CommandId.watchDeviceLog);
      await until(() => verdicts().includes('killed'), 'the crash report');
      await until(() => information.length > 0, 'what was found');
      assert.deepEqual(error, []);
      assert.deepEqual(information, ['Example-2027.ips: 1 crash report joined.']);
      assert.ok(api.events().some(({ kind, source }) => kind === 'app.terminated' && source === name));
      assert.deepEqual(reportsOnDevice(), [name]);
    });

    it('says why a crash report cannot be fetched, and tries again when asked to', async () => {
      const saved = "Saved type '309' report (2 of max 25) at /var/mobile/Library/Logs/CrashReporter/Example-2027.ips";
      const lines = [...silentLog(0, 5000), logLine(9000, 'osanalyticshelper', saved)];
      const reports = { 'Example-2027.ips': KILL_REPORT };
      const crashes = { reports, failure: 'lockdown: the device is locked', failingCopies: 4 };
      install(['ios'], [{ lines }], udids.slice(0, 1), crashes);
      const { warning } = answering('Try Again');
      await run(CommandId.watchDeviceLog);
      await until(() => warning.length > 0, 'the warning');
      assert.match(
        String(warning[0]),
        /^go-ios could not copy the crash report: lockdown: the device is locked\. Connect the device with a cable/,
      );
      await until(() => verdicts().includes('killed'), 'the crash report');
      assert.equal(warning.length, 1);
    });

    it('starts nothing in restricted mode', async () => {
      const { logCalls } = install(['ios'], [{ lines: LINES.good }], udids.slice(0, 1));
      stub(distrust());
      const { error } = answering();
      await run(CommandId.watchDeviceLog);
      await run(CommandId.watchLogFile, file('one.log', fileOf(LINES.good)));
      await run(CommandId.runDoctor);
      assert.equal(error.length, 3);
      for (const message of error) assert.match(message, /this workspace is in restricted mode/);
      assert.deepEqual(api.watchedLogs(), []);
      assert.deepEqual(logCalls(), []);
    });
  });

  describe('the user’s own patterns', () => {
    const line = (message: string, offsetMs: number) => logLine(offsetMs, 'MyApp', message);
    const call = '6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c99';

    afterEach(() => changeSetting('voipPush.recognizers', undefined));

    it('are used by readers', async () => {
      const { information } = answering();
      await changeSetting('voipPush.recognizers', [
        { pattern: 'got push (?P<callId>[0-9a-f-]{36})', event: 'received' },
        { pattern: 'shown call (?P<callId>[0-9a-f-]{36})', event: 'reported' },
      ]);
      const lines = [line(`got push ${call}`, 0), line(`shown call ${call}`, 30), line('bye', 20_000)];
      await run(CommandId.openLog, file('own.log', fileOf(lines)));
      assert.deepEqual(information, ['own.log: 1 delivery.']);
      assert.deepEqual(verdicts(), ['reported']);
    });

    it('are refused with a reason', async () => {
      const { warning } = answering();
      await changeSetting('voipPush.recognizers', [
        { name: 'Mine', pattern: 'a(?=b)', event: 'received' },
        { pattern: 'x', event: 'exploded' },
      ]);
      await until(() => warning.length >= 2, 'the warnings');
      assert.match(warning.join('\n'), /Log pattern 1 \("Mine"\): it is not a regular expression that RE2 reads/);
      assert.match(warning.join('\n'), /Setting voipPush\.recognizers: Log pattern 2: event must be one of received/);
    });
  });

  describe('the call probe', () => {
    const app = workspaceFile('ios/Example');

    before(async () => {
      const delegate = vscode.Uri.joinPath(app, 'AppDelegate.swift');
      await vscode.workspace.fs.writeFile(delegate, Buffer.from('class AppDelegate {}\n'));
    });

    after(() => vscode.workspace.fs.delete(workspaceFile('ios'), { recursive: true }));

    for (const [title, files, language] of [
      ['Swift', ['VoipPushProbe.swift'], 'swift'],
      ['Objective-C', ['VoipPushProbe.h', 'VoipPushProbe.m'], 'objective-c'],
    ] as const) {
      it(`is written in ${title}, and taken back`, async () => {
        const { information } = answering();
        const { lists } = stub(pickItems(title, 'demo/ios/Example'));
        await run(CommandId.insertCallProbe);
        assert.equal(lists[0]?.[0], 'Swift', 'the language of the app delegate comes first');
        assert.equal(lists[1]?.[0], 'demo/ios/Example', 'its folder comes first');
        assert.deepEqual(information, [`${files.join(' and ')} written to demo/ios/Example.`]);
        for (const name of files) {
          assert.equal(
            readFileSync(join(app.fsPath, name), 'utf8'),
            readFileSync(
              join(
                vscode.extensions.getExtension('voip-push.voip-push-debugger')?.extensionPath ?? '',
                'media/probe',
                name,
              ),
              'utf8',
            ),
          );
        }
        const document = vscode.window.activeTextEditor?.document;
        assert.equal(document?.languageId, language);
        assert.match(document.getText(), /VoipPushProbe[\s\S]*received[\s\S]*returned[\s\S]*CallKit/);

        answering('Undo');
        stub(pickItems(title, 'demo/ios/Example'));
        await run(CommandId.insertCallProbe);
        for (const name of files) assert.ok(existsSync(join(app.fsPath, name)), 'what was there before is there again');
        for (const name of files) rmSync(join(app.fsPath, name));
        stub(pickItems(title, 'demo/ios/Example'));
        await run(CommandId.insertCallProbe);
        await until(() => files.every((name) => !existsSync(join(app.fsPath, name))), 'the files to be taken back');
      });
    }

    it('replaces no file without asking', async () => {
      const { warning } = answering();
      const probe = vscode.Uri.joinPath(app, 'VoipPushProbe.swift');
      await vscode.workspace.fs.writeFile(probe, Buffer.from('// mine\n'));
      stub(pickItems('Swift', 'demo/ios/Example'));
      await run(CommandId.insertCallProbe);
      assert.equal(warning.length, 1);
      assert.equal(readFileSync(probe.fsPath, 'utf8'), '// mine\n');
      answering('Replace');
      stub(pickItems('Swift', 'demo/ios/Example'));
      await run(CommandId.insertCallProbe);
      assert.match(readFileSync(probe.fsPath, 'utf8'), /enum VoipPushProbe|class VoipPushProbe/);
    });

    it('goes to any folder', async () => {
      answering();
      stub(pickItems('Swift', 'Choose a folder…'));
      stub(chooseInDialog(vscode.Uri.file(folder)));
      await run(CommandId.insertCallProbe);
      assert.ok(existsSync(join(folder, 'VoipPushProbe.swift')));
    });
  });

  it('the doctor’s report opens as a document without secrets', async () => {
    const standIn = installDeviceTools(join(folder, 'bin'), { tools: ['idevicesyslog'], version: '1.4.7' });
    await changeSetting('voipPush.deviceTools.paths', { idevicesyslog: join(standIn.path, 'idevicesyslog') });
    await run(CommandId.runDoctor);
    await changeSetting('voipPush.deviceTools.paths', undefined);
    const document = vscode.window.activeTextEditor?.document;
    assert.equal(document?.languageId, 'markdown');
    const text = document.getText();
    assert.match(text, /^# VoIP Push Debugger doctor\n\nVoIP Push Debugger \d+\.\d+\.\d+, /);
    for (const title of ['Runtime', 'Xcode', 'Device log tools', 'App folder'])
      assert.ok(text.includes(`**${title}**`), title);
    assert.ok(text.includes('idevicesyslog 1.4.7'), 'the tool that the settings name');
    assert.ok(!text.includes(homedir()), 'the home folder is not named');
  });
});
