import { type Options, storyUuid } from './situation';

/** One line as `log stream --style ndjson` prints it; `at` in microseconds. */
export function ndjsonLine(at: number, record: Readonly<Record<string, unknown>>): string {
  const seconds = Math.floor(at / 1_000_000);
  const stamp = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const fraction = String(at - seconds * 1_000_000).padStart(6, '0');
  return JSON.stringify({
    timezoneName: '',
    messageType: 'Default',
    eventType: 'logEvent',
    ...record,
    timestamp: `${stamp}.${fraction}+0000`,
  }).replaceAll('/', '\\/');
}

/** A record that is no evidence: it shows that the log was being watched. */
export function noiseLine(at: number): string {
  return ndjsonLine(at, {
    processImagePath: '/usr/libexec/runningboardd',
    processID: 34,
    subsystem: 'com.apple.runningboard',
    eventMessage: 'observedProcessStatesDidChange',
  });
}

/** What callservicesd prints; `private` as on devices. */
export function systemLine(at: number, what: string, options: Options): string {
  const isPrivate = options['private'] !== undefined;
  const bundleId = options['app'] ?? 'com.example.app';
  const app = isPrivate ? '<private>' : bundleId;
  const application = isPrivate ? '<private>' : `<CSDVoIPApplication 0x10 bundleIdentifier=${bundleId}>`;
  const uuid = isPrivate ? '<private>' : storyUuid(options['call'] ?? 'A').toUpperCase();
  if (what === 'installed') return installedLine(at, bundleId);
  const messages: Readonly<Record<string, string>> = {
    arrived: `Received incoming APS message from application with bundle identifier ${app} and topic ${isPrivate ? app : `${app}.voip`}`,
    launched: `Successfully launched application with bundle identifier ${app}`,
    waiting: 'Pending PushKit VoIP payload deliveries until a connection exists',
    delivering: `Delivering ${options['count'] ?? 1} VoIP payload(s) to application ${application}`,
    killing: `Killing VoIP app ${application} because it failed to post an incoming call in time.`,
    blocked: `Application ${application} will not be launched because it failed to report an incoming call too many times (or repeatedly crashed.)`,
    'blocked-foreground': `Application ${application} will not be launched because it failed to report an incoming call too many times or repeatedly crashed. However because the app is foreground, delivering VOIP payload anyway.`,
    added: `Received add incoming call request from call source ${app} with UUID ${uuid} update <private>`,
  };
  return ndjsonLine(at, {
    processImagePath: '/System/Library/PrivateFrameworks/TelephonyUtilities.framework/callservicesd',
    processID: 77,
    subsystem: 'com.apple.calls.callservicesd',
    category: 'Default',
    eventMessage: known(messages, what),
  });
}

function installedLine(at: number, bundleId: string): string {
  return ndjsonLine(at, {
    processImagePath: '/System/Library/CoreServices/SpringBoard.app/SpringBoard',
    processID: 60,
    subsystem: 'com.apple.frontboard.ApplicationLibrary',
    eventMessage: `Added application: <SBApplicationInfo: 0x1085eb900; ${bundleId} (Example)>`,
  });
}

/** What the app's process prints: the probe's lines, and PushKit's when it ends the app. */
export function appLine(at: number, what: string, options: Options): string {
  const bundleId = options['app'] ?? 'com.example.app';
  return ndjsonLine(at, {
    processImagePath: `/private/var/containers/Bundle/Application/0/Example.app/${options['process'] ?? 'Example'}`,
    processID: Number(options['pid'] ?? 100),
    subsystem: what === 'exception' || what === 'assertion' ? '' : bundleId,
    category: 'voip-push',
    eventMessage: appMessage(what, bundleId, options),
  });
}

function appMessage(what: string, app: string, options: Options): string {
  if (what === 'exception') {
    return "*** Terminating app due to uncaught exception 'NSInternalInconsistencyException', reason: 'Killing app because it never posted an incoming call to the system after receiving a PushKit VoIP push.'";
  }
  if (what === 'assertion') {
    return '*** Assertion failure in -[PKPushRegistry _terminateAppIfThereAreUnhandledVoIPPushes], PKPushRegistry.m:349';
  }
  const { call, push, api = 'CallKit', error } = options;
  const uuid = storyUuid(call ?? 'A').toUpperCase();
  if (what === 'sdk-received') {
    return `[RNVoipPushNotificationManager] didReceiveIncomingPushWithPayload payload.dictionaryPayload = {\n    uuid = "${uuid}";\n}, type = PKPushTypeVoIP`;
  }
  if (what === 'sdk-reporting') return `[RNCallKeep][reportNewIncomingCall] uuidString = ${uuid}`;
  const fields: Readonly<Record<string, object>> = {
    received: {
      ...(options['unknown'] === undefined && { mustReport: options['true'] !== undefined }),
      state: options['state'] ?? 'background',
      onCall: options['on-call'] !== undefined,
      via: options['via'] ?? (options['unknown'] === undefined ? 'metadata' : 'legacy'),
    },
    reporting: { api },
    reported: {
      api,
      ...(error !== undefined && {
        error: { domain: 'com.apple.CallKit.error.incomingcall', code: Number(error), text: 'no' },
      }),
    },
    returned: options['async'] === undefined ? {} : { async: true },
    completed: {},
  };
  return `voip-push 1 ${JSON.stringify({
    e: what,
    app,
    ...(push !== undefined && { push: storyUuid(push) }),
    ...(call !== undefined && { call: storyUuid(call).toUpperCase() }),
    ...known(fields, what),
  })}`;
}

function known<T>(table: Readonly<Record<string, T>>, word: string): T {
  const found = table[word];
  if (found === undefined) throw new Error(`Nobody says ${word}`);
  return found;
}
