import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import { encodeEvent, encodeRecordingHeader } from '../../src/core/recording/recordingFormat';
import { CommandId, RECORDING_EDITOR_ID } from '../../src/ui/contributions';
import type { ExtensionApi } from '../../src/ui/extensionApi';
import type { RecordingParts } from '../../src/ui/recordings/recordingParts';
import type { Recordings } from '../../src/ui/recordings/recordingViews';
import { rejectedEvent, START, sentEvent } from '../ui/events';
import { answerSteps, chooseInDialog, distrust, replaceInWindow, type StepAnswer } from './answers';
import {
  activated,
  answerMessages,
  changeSetting,
  closeEditors,
  extension,
  forgetDeliveries,
  sendAndWait,
  until,
  writePayload,
} from './extensionHost';

const PAYLOAD = '{"aps":{},"uuid":"7c9e6679-7425-40de-944b-e07fc1f90ae7","callerName":"Jane Appleseed"}';
const HEADER = encodeRecordingHeader({ tool: '0.1.0', targets: ['Virtual iPhone'], at: START });

/** A recording with rejected pushes of these ids. */
function recordingOf(...ids: readonly string[]): string {
  const events = ids.flatMap((id, index) => [sentEvent(id, START + index), rejectedEvent(id, START + index)]);
  return `${[HEADER, ...events.map(encodeEvent)].join('\n')}\n`;
}

describe('recordings', function () {
  this.timeout(60_000);
  let api: ExtensionApi;
  let folder: string;
  const restores: (() => void)[] = [];

  const run = (id: CommandId, ...args: unknown[]) => vscode.commands.executeCommand(id, ...args);
  const stub = <T extends { restore(): void }>(one: T): T => {
    restores.push(one.restore);
    return one;
  };
  const told = (kind: Parameters<typeof answerMessages>[0], button?: string) =>
    stub(answerMessages(kind, button)).messages;
  const steps = (...answers: readonly StepAnswer[]) => stub(answerSteps(...answers)).asked;
  const file = (name: string, content: string | Uint8Array): vscode.Uri => {
    writeFileSync(join(folder, name), content);
    return vscode.Uri.file(join(folder, name));
  };
  const saveTo = (uri: vscode.Uri | undefined) => {
    const asked: vscode.SaveDialogOptions[] = [];
    const dialog = async (options: vscode.SaveDialogOptions) => {
      asked.push(options);
      return uri;
    };
    stub(replaceInWindow('showSaveDialog', dialog));
    return asked;
  };
  const editors = (): readonly string[] =>
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .map(({ input }) =>
        input instanceof vscode.TabInputCustom && input.viewType === RECORDING_EDITOR_ID
          ? basename(input.uri.path)
          : '',
      )
      .filter((name) => name !== '');

  before(async () => {
    api = await activated();
    await changeSetting('voipPush.virtual.behavior', 'reports-in-time');
    await changeSetting('voipPush.timeline.revealOnSend', false);
    await changeSetting('voipPush.virtual.timeScale', 50);
  });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'voip-push-recordings-'));
    await forgetDeliveries();
  });

  afterEach(async () => {
    for (const restore of restores.splice(0).reverse()) restore();
    await closeEditors();
    rmSync(folder, { recursive: true, force: true });
  });

  after(async () => {
    for (const id of [
      'voipPush.virtual.behavior',
      'voipPush.timeline.revealOnSend',
      'voipPush.virtual.timeScale',
    ] as const)
      await changeSetting(id, undefined);
    await changeSetting('voipPush.recordings.redact', undefined);
  });

  it('records what is sent, in the storage of the workspace', async () => {
    await sendAndWait(await writePayload('recorded.voip.json', PAYLOAD));
    const path = api.recordingPath();
    assert.match(path ?? '', /recordings[/\\]\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d(-\d+)?\.voiprec$/);
    const lines = readFileSync(path ?? '', 'utf8')
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, api.events().length + 1);
    assert.match(lines[0] ?? '', /^\{"format":"voip-push-recording","version":1,.*"targets":\["Virtual iPhone"\]/);
  });

  describe('save', () => {
    it('says what to do when there is nothing', async () => {
      const messages = told('showErrorMessage');
      await run(CommandId.saveRecording);
      assert.deepEqual(messages, [
        'There is nothing to save: the timeline is empty. Send a payload or open a log first.',
      ]);
    });

    it('writes the whole timeline, and opens it when asked to', async () => {
      await sendAndWait(await writePayload('saved.voip.json', PAYLOAD));
      const uri = vscode.Uri.file(join(folder, 'mine.voiprec'));
      const asked = saveTo(uri);
      const messages = told('showInformationMessage', 'Open');
      await run(CommandId.saveRecording);
      assert.match(asked[0]?.defaultUri?.path ?? '', /\/voip-push \d{4}-\d\d-\d\d \d\d\.\d\d\.voiprec$/);
      assert.deepEqual(messages, ['Saved mine.voiprec: 1 delivery, 0 flagged.']);
      await until(() => editors().includes('mine.voiprec') || undefined, 'the editor of the recording');
      const lines = readFileSync(uri.fsPath, 'utf8').trimEnd().split('\n');
      // After the header and before the end of the log that goes on.
      assert.equal(lines.length, api.events().length + 2);
      assert.match(lines.at(-1) ?? '', /"kind":"source.ended".*"why":"the recording was saved"/);
    });

    it('writes nothing when it is cancelled, and says why it cannot', async () => {
      await sendAndWait(await writePayload('saved.voip.json', PAYLOAD));
      const messages = told('showErrorMessage');
      saveTo(undefined);
      await run(CommandId.saveRecording);
      assert.deepEqual(messages, []);
      saveTo(vscode.Uri.parse('nothing-like-it:/a.voiprec'));
      await run(CommandId.saveRecording);
      assert.equal(messages.length, 1);
      assert.match(messages[0] ?? '', /^a\.voiprec could not be saved: /);
    });
  });

  describe('open', () => {
    it('opens several at once by their names, plain and compressed', async () => {
      const plain = file('plain.voiprec', recordingOf('a'));
      const packed = file('packed.voiprec.gz', gzipSync(recordingOf('a', 'b')));
      await vscode.commands.executeCommand('vscode.open', plain, { preview: false });
      await vscode.commands.executeCommand('vscode.open', packed, { preview: false });
      assert.deepEqual([...editors()].sort(), ['packed.voiprec.gz', 'plain.voiprec']);
    });

    it('offers the kept ones, and any other', async () => {
      await sendAndWait(await writePayload('kept.voip.json', PAYLOAD));
      await forgetDeliveries();
      await api.whenIdle();
      stub(chooseInDialog(file('other.ndjson', recordingOf('a'))));
      assert.deepEqual(steps({ pick: 'Browse…' }), []);
      await run(CommandId.openRecording);
      await until(() => editors().includes('other.ndjson') || undefined, 'the editor of the other one');
    });

    it('opens no log, and says how', async () => {
      const messages = told('showErrorMessage');
      await run(CommandId.openRecording, file('device.log', 'Sep  8 10:11:34 iPhone a\n'));
      await run(CommandId.openRecording, vscode.Uri.file(join(folder, 'missing.voiprec')));
      assert.match(messages[0] ?? '', /^device\.log is not a recording.*Open Log or Crash Report\.$/);
      assert.match(messages[1] ?? '', /^missing\.voiprec cannot be read: /);
      assert.deepEqual(editors(), []);
    });

    it('works in restricted mode', async () => {
      stub(distrust());
      await run(CommandId.openRecording, file('untrusted.voiprec', recordingOf('a')));
      await until(() => editors().includes('untrusted.voiprec') || undefined, 'the editor');
    });
  });

  describe('compare', () => {
    /** The document behind the preview: it can be saved from its own tab. */
    async function shownComparison(): Promise<vscode.TextDocument> {
      const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await until(
        () => tabs().some(({ input, isActive }) => isActive && input instanceof vscode.TabInputWebview) || undefined,
        'the preview',
      );
      const uris = tabs().flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : []));
      const shown = vscode.workspace.textDocuments.filter(({ uri }) => uris.includes(uri.toString()));
      return shown.find(({ languageId }) => languageId === 'markdown') ?? assert.fail('no document has a tab');
    }

    it('shows what differs between two files, the older one first', async () => {
      const newer = recordingOf('a').replace(HEADER, HEADER.replace(String(START), String(START + 1)));
      const files = [file('after.voiprec', newer), file('before.voiprec', recordingOf('a', 'b'))];
      await run(CommandId.compareRecordings, files[0], files);
      const document = await shownComparison();
      const text = document.getText();
      assert.match(text, /^# Recordings compared\n\nBefore: before\.voiprec\. After: after\.voiprec\./);
      assert.match(text, /0 fixed, 0 newly flagged, 1 with the same verdict, 1 only before/);
      assert.equal(document.languageId, 'markdown');
      assert.equal(document.isUntitled, true);
    });

    it('compares the timeline of this window with a file', async () => {
      await sendAndWait(await writePayload('compared.voip.json', PAYLOAD));
      stub(chooseInDialog(file('before.voiprec', recordingOf('a'))));
      const asked = steps({ pick: 'Browse…' }, { pick: 'The timeline of this window' });
      await run(CommandId.compareRecordings);
      assert.deepEqual(asked, ['The recording from before the change', 'The recording from after the change']);
      const text = (await shownComparison()).getText();
      assert.match(text, /\*\*1 fixed, 0 newly flagged/);
    });
  });

  describe('delete', () => {
    it('never offers the one that is being recorded', async () => {
      await sendAndWait(await writePayload('current.voip.json', PAYLOAD));
      const path = api.recordingPath() ?? assert.fail('nothing is recorded');
      await forgetDeliveries();
      await sendAndWait(await writePayload('current.voip.json', PAYLOAD));
      const current = api.recordingPath() ?? assert.fail('nothing is recorded');
      assert.notEqual(path, current);
      told('showWarningMessage', 'Delete');
      steps({ tick: [titleOf(path)] });
      await run(CommandId.deleteRecording);
      await until(() => !existsSync(path) || undefined, 'the file is gone');
      assert.ok(existsSync(current));
    });

    it('deletes nothing without a yes', async () => {
      await sendAndWait(await writePayload('current.voip.json', PAYLOAD));
      const path = api.recordingPath() ?? assert.fail('nothing is recorded');
      await forgetDeliveries();
      await api.whenIdle();
      const asked = told('showWarningMessage', undefined);
      steps({ tick: [titleOf(path)] });
      await run(CommandId.deleteRecording);
      assert.deepEqual(asked, ['Delete 1 recording?']);
      assert.ok(existsSync(path));
    });
  });

  describe('redaction', () => {
    it('keeps what matches out of the timeline and the file, and does not send it again', async () => {
      await changeSetting('voipPush.recordings.redact', ['Jane \\w+']);
      await sendAndWait(await writePayload('redacted.voip.json', PAYLOAD));
      const kept = readFileSync(api.recordingPath() ?? '', 'utf8');
      assert.ok(!kept.includes('Appleseed') && !JSON.stringify(api.events()).includes('Appleseed'));
      assert.match(kept, /\[redacted\]/);
      const messages = told('showErrorMessage');
      await run(CommandId.sendAgain);
      assert.match(messages[0] ?? '', /were redacted .* Send its file instead\.$/);
    });

    it('says which pattern is not used', async () => {
      const messages = told('showWarningMessage');
      await changeSetting('voipPush.recordings.redact', ['(unclosed']);
      await until(() => messages.length > 0 || undefined, 'the warning');
      assert.match(messages[0] ?? '', /^Setting voipPush\.recordings\.redact: Pattern 1 \(\(unclosed\) is not used: /);
    });
  });

  describe('a document', () => {
    it('follows its file, on any file system, and says what is wrong with it', async () => {
      const { createRecordings } = require(join(extension().extensionPath, 'dist', 'recordingViews.js')) as {
        createRecordings: (parts: Partial<RecordingParts>) => Recordings;
      };
      const { readRecordingBytes: readBytes } = require(join(extension().extensionPath, 'dist', 'recordings.js'));
      const views = createRecordings({ readBytes, judging: () => ({ deadline: 7_000_000, callIdPointers: [] }) });
      const files = memoryFiles();
      restores.push(() => files.dispose());
      const uri = vscode.Uri.parse('recording-test:/folder/a.voiprec');
      files.write(uri, `${HEADER.replace('"version":1', '"version":9')}\n${recordingOf('a').split('\n')[1]}\n{"ki`);
      const document = views.openDocument(uri);
      await until(() => document.timeline.deliveries.length === 1 || undefined, 'the first delivery');
      const { name, facts, notes } = document.facts;
      assert.equal(name, 'a.voiprec');
      assert.deepEqual(facts.slice(1), ['Virtual iPhone', 'VoIP Push Debugger 0.1.0', `${files.size(uri)} bytes`]);
      assert.match(notes.join('\n'), /made by a newer version[\s\S]*the last line was cut off/);
      files.write(uri, recordingOf('a', 'b', 'c'));
      await until(() => document.timeline.deliveries.length === 3 || undefined, 'what was added');
      assert.deepEqual(document.facts.notes, []);
      files.remove(uri);
      await until(() => document.facts.notes.length > 0 || undefined, 'that it is gone');
      assert.deepEqual(document.facts.notes, ['The file is not there any more. This is what was in it.']);
      assert.equal(document.timeline.deliveries.length, 3);
      document.dispose();
    });
  });
});

/** As the list of recordings shows a name: `2026-09-08T10-11-34-2.voiprec` is `2026-09-08 10:11:34 #2`. */
function titleOf(path: string): string {
  const [, day, time = '', number = ''] = /(\S{10})T(\d\d-\d\d-\d\d)(-\d+)?\.voiprec$/.exec(basename(path)) ?? [];
  return `${day} ${time.replaceAll('-', ':')}${number.replace('-', ' #')}`;
}

/** A file system that only VS Code knows. */
function memoryFiles() {
  const files = new Map<string, Uint8Array>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  const missing = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.FileNotFound(uri);
  };
  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => ({ dispose: () => undefined }),
    stat: (uri) => ({
      type: vscode.FileType.File,
      ctime: 0,
      mtime: 0,
      size: files.get(uri.path)?.length ?? missing(uri),
    }),
    readFile: (uri) => files.get(uri.path) ?? missing(uri),
    readDirectory: () => [],
    createDirectory: () => undefined,
    writeFile: (uri, content) => void files.set(uri.path, content),
    delete: (uri) => void files.delete(uri.path),
    rename: () => undefined,
  };
  const registration = vscode.workspace.registerFileSystemProvider('recording-test', provider);
  const tell = (type: vscode.FileChangeType, uri: vscode.Uri) => changed.fire([{ type, uri }]);
  return {
    size: (uri: vscode.Uri) => files.get(uri.path)?.length,
    write(uri: vscode.Uri, text: string) {
      files.set(uri.path, Buffer.from(text));
      tell(vscode.FileChangeType.Changed, uri);
    },
    remove(uri: vscode.Uri) {
      files.delete(uri.path);
      tell(vscode.FileChangeType.Deleted, uri);
    },
    dispose: () => registration.dispose(),
  };
}
