import { findBundleId, findUuid, type LineMatcher } from './lineMatcher';
import type { LogRecord } from './logRecord';

/**
 * The lines of callservicesd, subsystem `com.apple.calls.callservicesd`: the system's own side of a delivery.
 * Arguments are in clear on simulators and `<private>` on devices.
 */
export const CALLSERVICESD_MATCHERS: readonly LineMatcher[] = [
  {
    needle: 'Received incoming APS message from application with bundle identifier',
    example:
      'Received incoming APS message from application with bundle identifier com.example.app and topic com.example.app.voip',
    seenOn: 'iOS 13 to 26',
    recognise: (record, base) => {
      // … bundle identifier com.example.app and topic com.example.app.voip
      const match = / bundle identifier (\S+) and topic (\S+)/.exec(record.message);
      const topic = match?.[2] ?? '';
      // callservicesd also gets pushes that are not VoIP; `<private>` hides which.
      if (findBundleId(topic) !== undefined && !topic.endsWith('.voip')) return undefined;
      return system(record, { ...base, kind: 'push.arrived', ...bundleIdOf(match?.[1]) });
    },
  },
  {
    needle: 'Successfully launched application with bundle identifier',
    example: 'Successfully launched application with bundle identifier com.example.app',
    seenOn: 'iOS 13 to 26',
    recognise: (record, base) =>
      system(record, { ...base, kind: 'app.launched', ...bundleIdOf(after(record, 'bundle identifier')) }),
  },
  {
    needle: 'Pending PushKit VoIP payload deliveries until a connection exists',
    example: 'Pending PushKit VoIP payload deliveries until a connection exists',
    seenOn: 'iOS 13 to 26',
    recognise: (record, base) => system(record, { ...base, kind: 'push.waiting' }),
  },
  {
    needle: 'VoIP payload(s) to application',
    example: 'Delivering 1 VoIP payload(s) to application <CSDVoIPApplication 0x1 bundleIdentifier=com.example.app>',
    seenOn: 'iOS 13 to 26',
    recognise: (record, base) => {
      // Delivering 1 VoIP payload(s) to application <private>
      const match = /^Delivering (\d+) VoIP payload\(s\) to application (.*)$/s.exec(record.message);
      if (match === null) return undefined;
      return system(record, {
        ...base,
        kind: 'push.delivering',
        count: Number(match[1]),
        ...bundleIdOf(applicationOf(match[2])),
      });
    },
  },
  {
    needle: 'because it failed to post an incoming call in time',
    example: 'Killing VoIP app com.example.app because it failed to post an incoming call in time.',
    seenOn: 'iOS 13 to 26',
    recognise: (record, base) => {
      // Killing VoIP app <private> because it failed to post an incoming call in time.
      const match = /Killing VoIP app (.*?) because it failed/s.exec(record.message);
      if (match === null) return undefined;
      return system(record, {
        ...base,
        kind: 'app.terminated',
        cause: 'callservicesd-kill',
        ...bundleIdOf(applicationOf(match[1])),
      });
    },
  },
  {
    needle: 'will not be launched because it failed to report an incoming call too many times',
    example:
      'Application com.example.app will not be launched because it failed to report an incoming call too many times (or repeatedly crashed.)',
    seenOn: 'iOS 13 to 26',
    recognise: (record, base) => {
      // Application <private> will not be launched because … However because the app is foreground, delivering VOIP payload anyway.
      const match = /Application (.*?) will not be launched because/s.exec(record.message);
      if (match === null) return undefined;
      return system(record, {
        ...base,
        kind: 'launch.blocked',
        deliveredAnyway: record.message.includes('delivering VOIP payload anyway'),
        ...bundleIdOf(applicationOf(match[1])),
      });
    },
  },
  {
    needle: 'Received add incoming call request from call source',
    example:
      'Received add incoming call request from call source <CXCallSource com.example.app> with UUID 8ED32A8A-3F1B-4A7B-9C5E-0123456789AB update <CXCallUpdate>',
    seenOn: 'macOS 26 (2026); older releases say it differently or not at all',
    recognise: (record, base) => {
      // … from call source <private> with UUID <private> update <private>
      const match = /call source (.*?) with UUID (\S+)/s.exec(record.message);
      const callId = findUuid(match?.[2] ?? '');
      return system(record, {
        ...base,
        kind: 'call.added',
        ...bundleIdOf(match?.[1]),
        ...(callId !== undefined && { callId }),
      });
    },
  },
];

/** Another process may print the same words (a log viewer, this very extension): only callservicesd is believed. */
function system<E>(record: LogRecord, event: E): E | undefined {
  const isCallservicesd = record.process === 'callservicesd' || record.subsystem === 'com.apple.calls.callservicesd';
  return isCallservicesd ? event : undefined;
}

function after(record: LogRecord, words: string): string {
  return record.message.slice(record.message.indexOf(words) + words.length);
}

function bundleIdOf(text: string | undefined): { bundleId?: string } {
  const bundleId = text === undefined ? undefined : findBundleId(text);
  return bundleId === undefined ? {} : { bundleId };
}

/**
 * The part of an application's description that holds the bundle id:
 * `<CSDVoIPApplication 0x1 bundleIdentifier=com.example.app>` gives `com.example.app>`.
 */
function applicationOf(description: string | undefined): string | undefined {
  return description === undefined ? undefined : (/bundleIdentifier[=:]\s*(.*)/s.exec(description)?.[1] ?? description);
}
