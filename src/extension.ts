import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { openRecordingFile } from './adapters/recordingFile';
import { microsecondsFromMilliseconds } from './core/time';
import { createDeliveriesTree } from './ui/deliveriesTree';
import { followDeliveries } from './ui/deliveryContext';
import { createExtensionApi, type ExtensionApi } from './ui/extensionApi';
import { showQuietProgress } from './ui/lateProgress';
import { createPayloadDiagnostics } from './ui/payloadDiagnostics';
import { createPayloadDocuments } from './ui/payloadDocuments';
import { followPayloadEditor } from './ui/payloadEditorContext';
import { createPayloadLenses } from './ui/payloadLenses';
import { createPayloadSender } from './ui/payloadSender';
import { recorderMessages } from './ui/recorderMessages';
import { registerCommands } from './ui/registerCommands';
import { createSessionRecorder } from './ui/sessionRecorder';
import { watchSettings } from './ui/settingsWatcher';
import { createStatusBar } from './ui/statusBar';
import { createTargetChoice } from './ui/targets';
import { createTargetsTree } from './ui/targetsTree';
import { timelineActions } from './ui/timelineActions';
import { createTimelinePanel } from './ui/timelinePanel';
import { createTimelineSession } from './ui/timelineSession';
import { requireTrust, whyCannotSend } from './ui/trust';
import { createVirtualIphone } from './ui/virtualIphone';

let shutDown: (() => Promise<void>) | undefined;

/** Constructs, then registers. What takes time happens later: the recording, the virtual iPhone, APNs. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const startedAt = performance.now();
  const storage = context.storageUri ?? context.globalStorageUri;
  const now = () => microsecondsFromMilliseconds(Date.now());
  const log = vscode.window.createOutputChannel('VoIP Push', { log: true });
  const settings = watchSettings();
  const session = createTimelineSession({ now, judging: () => ({ deadline: settings.current.deadline }) });
  const recorder = createSessionRecorder({
    path: vscode.Uri.joinPath(storage, 'timeline.ndjson').fsPath,
    session,
    openRecording: (path) => openRecordingFile(path, recordingHeader(context, now())),
    ...recorderMessages(log),
  });
  const virtualIphone = createVirtualIphone({
    folder: vscode.Uri.joinPath(storage, 'virtual-iphone').fsPath,
    settings: () => settings.current.virtual,
    session,
    startVirtualTarget: async (options) => (await import('./virtual/virtualTarget')).startVirtualTarget(options),
    createApnsClient: async (options) => (await import('./adapters/apns/apnsClient')).createApnsClient(options),
    requirePermission: requireTrust,
    showStarting: (starting) => showQuietProgress('Starting the virtual iPhone', starting),
  });
  const targets = createTargetChoice(virtualIphone);
  const documents = createPayloadDocuments(() => settings.current.payloadFiles);
  const diagnostics = createPayloadDiagnostics(documents);
  const lenses = createPayloadLenses({ documents, targets, isEnabled: () => settings.current.codeLensEnabled });
  const payloadEditor = followPayloadEditor(documents);
  const panel = createTimelinePanel({
    extensionUri: context.extensionUri,
    session,
    targets,
    log,
    cannotSend: whyCannotSend,
    actions: timelineActions(),
  });
  const sender = createPayloadSender({
    session,
    now,
    newUuid: randomUUID,
    targets,
    revealTimeline: () => {
      if (settings.current.revealOnSend) panel.open({ preserveFocus: true });
    },
    onSent: (deliveryId) => {
      if (settings.current.revealOnSend) panel.open({ preserveFocus: true, select: deliveryId, isNew: true });
    },
  });

  const applySettings = () => {
    session.refresh();
    virtualIphone.applySettings();
    for (const part of [diagnostics, payloadEditor, lenses]) part.refresh();
  };
  context.subscriptions.push(
    log,
    settings,
    session,
    virtualIphone,
    targets,
    diagnostics,
    lenses,
    payloadEditor,
    panel,
    settings.onDidChange(applySettings),
    targets.onDidChange(lenses.refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(applySettings),
    createTargetsTree(targets),
    createDeliveriesTree(session),
    createStatusBar({ session, targets, payloadEditor }),
    followDeliveries(session),
    registerCommands({ log, settings, session, documents, diagnostics, targets, virtualIphone, sender, panel }),
  );
  shutDown = async () => {
    await virtualIphone.close();
    await recorder.close();
  };
  return createExtensionApi({ activationMs: performance.now() - startedAt, session, targets, recorder });
}

/** Ends what runs, and waits until the last events are on disk. */
export async function deactivate(): Promise<void> {
  await shutDown?.();
}

function recordingHeader({ extension }: vscode.ExtensionContext, at: number) {
  const { version }: { readonly version?: unknown } = extension.packageJSON;
  return { tool: String(version), targets: ['Virtual iPhone'], at };
}
