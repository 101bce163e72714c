import type { LogMessage } from './logMessage';

// The words of callservicesd, as its format strings have them.

export function messageReceived(bundleId: string): LogMessage {
  const format = 'Received incoming APS message from application with bundle identifier %@ and topic %@';
  return callservicesd(format, bundleId, `${bundleId}.voip`);
}

export function attemptingToOpen(bundleId: string): LogMessage {
  return callservicesd('Attempting to open application %@ and acquire a process assertion', bundleId);
}

/** The app was running already. */
export function opened(): LogMessage {
  return callservicesd('Successfully opened application');
}

export function launched(bundleId: string): LogMessage {
  return callservicesd('Successfully launched application with bundle identifier %@', bundleId);
}

export function assertionTaken(): LogMessage {
  return callservicesd('Successfully took out process assertion');
}

export function askedToDeliver(messagePointer: string, application: string): LogMessage {
  return callservicesd('Asked to deliver message %p to application %@', messagePointer, application);
}

export function delivering(count: number, application: string): LogMessage {
  return callservicesd('Delivering %lu VoIP payload(s) to application %@', String(count), application);
}

/** The app has not created its push registry. */
export function deliveryPending(): LogMessage {
  return callservicesd('Pending PushKit VoIP payload deliveries until a connection exists');
}

/** The app has created its push registry. */
export function clientRegistering(client: string, bundleId: string): LogMessage {
  const format = 'Registering client process %@ with bundle identifier %@ for PushKit %{public}@ in environment %@';
  return callservicesd(format, client, bundleId, 'voip', 'development');
}

export function tokenRequested(bundleId: string): LogMessage {
  return callservicesd('Requesting token for topic %@', `${bundleId}.voip`);
}

/** A call report reached the system. */
export function callRequested(source: string, callUuid: string, update: string): LogMessage {
  const format = 'Received add incoming call request from call source %@ with UUID %@ update %@';
  return callservicesd(format, source, callUuid.toUpperCase(), update);
}

/** The caller gave up: 2 is CallKit's `remoteEnded`. */
export function callEnded(): LogMessage {
  return callservicesd('Setting disconnected reason to remote hangup because ended reason is %d', '2');
}

export function killing(application: string): LogMessage {
  return callservicesd('Killing VoIP app %@ because it failed to post an incoming call in time.', application);
}

export function notLaunched(application: string): LogMessage {
  const format =
    'Application %@ will not be launched because it failed to report an incoming call too many times (or repeatedly crashed.)';
  return callservicesd(format, application);
}

export function deliveredAnyway(application: string): LogMessage {
  const format =
    'Application %@ will not be launched because it failed to report an incoming call too many times or repeatedly crashed. However because the app is foreground, delivering VOIP payload anyway.';
  return callservicesd(format, application);
}

function callservicesd(format: string, ...values: readonly string[]): LogMessage {
  return { format, values, subsystem: 'com.apple.calls.callservicesd', category: 'Default', messageType: 'Default' };
}
