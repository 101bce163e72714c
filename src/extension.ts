import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ProviderTokens } from './adapters/apns/apnsClient';
import { voipPredicate } from './core/log/predicate';
import { microsecondsFromMilliseconds } from './core/time';
import type { Diagnose } from './ui/commands/runDoctor';
import type { LoadCredentialTools } from './ui/credentialPorts';
import { createDeliveriesTree } from './ui/deliveriesTree';
import { followDeliveries } from './ui/deliveryContext';
import { offerDeviceToken } from './ui/deviceToken';
import { openDropped } from './ui/droppedFiles';
import { createExtensionApi, type ExtensionApi } from './ui/extensionApi';
import { showQuietProgress } from './ui/lateProgress';
import { createLazyStore } from './ui/lazyRecordingStore';
import { createLogParts } from './ui/logParts';
import { createPayloadDiagnostics } from './ui/payloadDiagnostics';
import { createPayloadDocuments } from './ui/payloadDocuments';
import { followPayloadEditor } from './ui/payloadEditorContext';
import { createPayloadLenses } from './ui/payloadLenses';
import { createPayloadSender } from './ui/payloadSender';
import { createRealTargets } from './ui/realTargets';
import { recorderMessages, recordingMemory } from './ui/recorderMessages';
import { createRedaction, redactionProblem, withRedaction } from './ui/redaction';
import { runGuarded } from './ui/registerCommand';
import { registerCommands } from './ui/registerCommands';
import { registerRecordingEditor } from './ui/registerRecordingEditor';
import { createSessionRecorder } from './ui/sessionRecorder';
import { offerSettings, watchSettings } from './ui/settingsWatcher';
import { offerSimulatorToken } from './ui/simulatorToken';
import { createStatusBar } from './ui/statusBar';
import { createTargetChoice } from './ui/targets';
import { createTargetsTree } from './ui/targetsTree';
import { timelineActions } from './ui/timelineActions';
import { createTimelinePanel } from './ui/timelinePanel';
import { createTimelineSession } from './ui/timelineSession';
import { liveToolbar } from './ui/timelineState';
import { requireTrust, whyCannotSend } from './ui/trust';
import { createVirtualIphone } from './ui/virtualIphone';
import type { CreateApnsClient } from './ui/virtualPorts';

/** Clients share their provider tokens: APNs counts how often a key gets a new one. */
let providerTokens: ProviderTokens | undefined;
const createApnsClient: CreateApnsClient = async (options) => {
  const apns = await import('./adapters/apns/apnsClient');
  providerTokens ??= apns.createProviderTokens();
  return apns.createApnsClient({ ...options, providerTokens });
};

const loadCredentialTools: LoadCredentialTools = async () => {
  const { readCredentialFile } = await import('./adapters/credentials/readCredentials');
  const { validateCredentials } = await import('./adapters/credentials/validateCredentials');
  return { read: readCredentialFile, validate: validateCredentials };
};

let shutDown: (() => Promise<void>) | undefined;

/** Constructs, then registers. What takes time happens later: the recording, the virtual iPhone, APNs. */
export function activate(context: vscode.ExtensionContext): ExtensionApi {
  const startedAt = performance.now();
  // A window without a folder shares it with others.
  const storage = context.storageUri ?? context.globalStorageUri;
  const now = () => microsecondsFromMilliseconds(Date.now());
  const log = vscode.window.createOutputChannel('VoIP Push', { log: true });
  const settings = watchSettings();
  const judging = () => ({ deadline: settings.current.deadline, callIdPointers: settings.current.callIdPointers });
  const plainSession = createTimelineSession({ now, judging });
  const redaction = createRedaction({
    patterns: () => settings.current.recordings.redact,
    loadCompiler: async () => (await import('./adapters/linearPattern')).compileRedaction,
    append: plainSession.append,
    onProblem: (problem) => void offerSettings(redactionProblem(problem)),
  });
  void runGuarded(log, 'redaction', redaction.applySettings);
  const session = withRedaction(plainSession, redaction);
  const header = () => ({ tool: versionOf(context), targets: [targets.current.label], at: now() });
  const store = createLazyStore(async () => {
    const folder = vscode.Uri.joinPath(storage, 'recordings').fsPath;
    return (await import('./adapters/recordings')).createRecordingStore({ folder, header });
  });
  const recorder = createSessionRecorder({
    store,
    session,
    settings: () => settings.current.recordings,
    ...recordingMemory(context.workspaceState),
    ...recorderMessages(log),
  });
  const virtualIphone = createVirtualIphone({
    folder: vscode.Uri.joinPath(storage, 'virtual-iphone').fsPath,
    settings: () => settings.current.virtual,
    session,
    startVirtualTarget: async (options) => (await import('./virtual/virtualTarget')).startVirtualTarget(options),
    createApnsClient,
    requirePermission: requireTrust,
    showStarting: (starting) => showQuietProgress('Starting the virtual iPhone', starting),
  });
  const { simulators, devices, credentials, simctl } = createRealTargets({
    context,
    session,
    settings,
    createApnsClient,
    loadSimctl: async () => (await import('./adapters/simulators/simctl')).createSimctl(),
    watchSimulator: async ({ udid, bundleId, source, onEvents, onToken }) => {
      const { captureCommand } = await import('./adapters/logSources/logSources');
      const { createSimctl } = await import('./adapters/simulators/simctl');
      const matchers = await logs.matchers();
      const command = createSimctl().logCommand(udid, voipPredicate({ bundleId, matchers }));
      return captureCommand(command, { source, onEvents, onToken, matchers });
    },
    onToken: (token, from) => void runGuarded(log, 'device token', () => offerSimulatorToken(deviceParts, token, from)),
  });
  const targets = createTargetChoice(virtualIphone, { lists: [devices, simulators], memory: context.workspaceState });
  const deviceParts = {
    credentials,
    loadCredentialTools,
    loadForms: () => import('./ui/deviceForms'),
    devices,
    targets,
    secrets: context.secrets,
  };
  const documents = createPayloadDocuments(() => settings.current);
  const diagnostics = createPayloadDiagnostics(documents);
  const lenses = createPayloadLenses({ documents, targets, isEnabled: () => settings.current.codeLensEnabled });
  const payloadEditor = followPayloadEditor(documents);
  const actions = timelineActions({
    openDropped: (dropped) => void runGuarded(log, 'dropped files', () => openDropped(dropped, logs.logOpener)),
  });
  const panel = createTimelinePanel({
    extensionUri: context.extensionUri,
    session,
    toolbar: liveToolbar(targets, whyCannotSend),
    log,
    actions,
  });
  const recordings = async () => {
    const { createRecordings } = await import('./ui/recordings/recordingViews');
    return createRecordings({
      extensionUri: context.extensionUri,
      log,
      session,
      store,
      currentPath: () => recorder.path,
      header,
      readBytes: async (bytes) => (await import('./adapters/recordings')).readRecordingBytes(bytes),
      judging,
      now,
      actions,
    });
  };
  const logs = createLogParts({
    session,
    settings,
    log,
    loadLogTools: async () => await import('./adapters/logSources/logSources'),
    loadCompiler: async () => (await import('./adapters/linearPattern')).compileLinearPattern,
    revealTimeline: () => panel.open({ preserveFocus: true }),
    onToken: (token, source) =>
      void runGuarded(log, 'device token', () => offerDeviceToken(deviceParts, token, source)),
  });
  const sender = createPayloadSender({
    session,
    now,
    newUuid: randomUUID,
    targets,
    documents,
    revealTimeline: () => {
      if (settings.current.revealOnSend) panel.open({ preserveFocus: true });
    },
    onSent: (deliveryId) => {
      if (settings.current.revealOnSend) panel.open({ preserveFocus: true, select: deliveryId, isNew: true });
    },
  });

  const applySettings = () => {
    void runGuarded(log, 'redaction', redaction.applySettings);
    recorder.applySettings();
    session.refresh();
    virtualIphone.applySettings();
    devices.applySettings();
    for (const part of [diagnostics, payloadEditor, lenses]) part.refresh();
  };
  context.subscriptions.push(
    log,
    settings,
    session,
    virtualIphone,
    simulators,
    devices,
    credentials,
    targets,
    diagnostics,
    lenses,
    payloadEditor,
    panel,
    logs,
    settings.onDidChange(applySettings),
    targets.onDidChange(lenses.refresh),
    vscode.workspace.onDidGrantWorkspaceTrust(applySettings),
    createTargetsTree({ targets, captures: logs.captures, onShown: simulators.refreshOnce }),
    createDeliveriesTree(session),
    createStatusBar({ session, targets, payloadEditor, captures: logs.captures }),
    followDeliveries(session),
    registerRecordingEditor(recordings),
    registerCommands({
      log,
      settings,
      session,
      documents,
      diagnostics,
      virtualIphone,
      sender,
      panel,
      logs,
      diagnose,
      loadExporter: async () => {
        const { createTimelineExporter } = await import('./ui/timelineExporter');
        return createTimelineExporter({
          memory: context.globalState,
          tool: `VoIP Push Debugger ${versionOf(context)}`,
        });
      },
      recordings,
      loadProbeSnippets: async (language) => (await import('./ui/probeSnippets')).probeSnippetsDocument(language),
      memory: context.workspaceState,
      ...deviceParts,
      simulators,
      simctl,
      newUuid: randomUUID,
      extensionUri: context.extensionUri,
      version: versionOf(context),
    }),
  );
  shutDown = async () => {
    await logs.captures.close();
    await Promise.all([virtualIphone, simulators, devices].map((part) => part.close()));
    await recorder.close();
  };
  return createExtensionApi({
    activationMs: performance.now() - startedAt,
    session,
    targets,
    recorder,
    captures: logs.captures,
  });
}

/** Ends what runs, and waits until the last events are on disk. */
export async function deactivate(): Promise<void> {
  await shutDown?.();
}

function versionOf({ extension }: vscode.ExtensionContext): string {
  const { version }: { readonly version?: unknown } = extension.packageJSON;
  return String(version);
}

const diagnose: Diagnose = async (request, onProgress, signal) => {
  const doctor = await import('./adapters/doctor/runDoctor');
  return doctor.doctorMarkdown(await doctor.runDoctor(doctor.realDoctorWorld(), request, onProgress, signal));
};
