import type {
  AppEvent,
  AppState,
  CallApi,
  CallReportError,
  MustReport,
  PushReceivedEvent,
  PushTokenEvent,
  ReceivedVia,
} from '../events/event';
import type { LineMatcher, RecordBase } from './lineMatcher';
import type { LogRecord } from './logRecord';
import { findDeviceToken, shortenDeviceToken } from './redact';

/** The start of every line of the probe; the digit is the version of its format. */
const PROBE_PREFIX = 'voip-push 1 ';

/**
 * The probe: a line that any app can print, so that the trace does not depend on Apple's words.
 * Unknown keys are passed over, an unknown `e` gives no event.
 */
export const PROBE_MATCHER: LineMatcher = {
  needle: PROBE_PREFIX,
  example:
    'voip-push 1 {"e":"received","app":"com.example.app","mustReport":true,"call":"8ed32a8a-3f1b-4a7b-9c5e-0123456789ab","state":"background","via":"metadata"}',
  seenOn: 'any app that prints it',
  recognise: (record, base) => {
    const start = record.message.indexOf(PROBE_PREFIX);
    const fields = start < 0 ? undefined : parseFields(record.message.slice(start + PROBE_PREFIX.length));
    return fields === undefined ? undefined : probeEvent(fields, record, base);
  },
};

type Fields = Readonly<Record<string, unknown>>;

function probeEvent(fields: Fields, record: LogRecord, base: RecordBase): AppEvent | PushTokenEvent | undefined {
  const bundleId = text(fields['app']) ?? record.subsystem;
  const app = {
    ...base,
    process: record.process,
    ...(record.pid !== undefined && { pid: record.pid }),
    ...(bundleId !== undefined && { bundleId }),
    ...ids(fields),
  };
  switch (fields['e']) {
    case 'received':
      return { ...app, kind: 'push.received', ...receipt(fields) };
    case 'reporting':
      return { ...app, kind: 'call.reporting', api: api(fields['api']) };
    case 'reported': {
      const error = reportError(fields['error']);
      return { ...app, kind: 'call.reported', api: api(fields['api']), ...(error !== undefined && { error }) };
    }
    case 'returned':
      return { ...app, kind: 'handler.returned', ...(fields['async'] === true && { isAsync: true }) };
    case 'completed':
      return { ...app, kind: 'handler.completed' };
    case 'token': {
      const token = findDeviceToken(text(fields['token']) ?? '');
      const environment = oneOf<'sandbox' | 'production'>(fields['environment'], ['sandbox', 'production']);
      if (token === undefined) return undefined;
      return {
        ...app,
        kind: 'push.token',
        deviceToken: shortenDeviceToken(token),
        ...(environment !== undefined && { environment }),
      };
    }
    default:
      return undefined;
  }
}

function receipt(fields: Fields): Pick<PushReceivedEvent, 'mustReport' | 'via' | 'appState' | 'onCall'> {
  const appState = oneOf<AppState>(fields['state'], ['foreground', 'inactive', 'background']);
  return {
    mustReport: mustReport(fields['mustReport']),
    via: oneOf<ReceivedVia>(fields['via'], ['metadata', 'legacy', 'bridge']) ?? 'legacy',
    ...(appState !== undefined && { appState }),
    ...(typeof fields['onCall'] === 'boolean' && { onCall: fields['onCall'] }),
  };
}

function mustReport(value: unknown): MustReport {
  return typeof value === 'boolean' ? value : 'unknown';
}

function api(value: unknown): CallApi {
  return value === 'LiveCommunicationKit' ? 'LiveCommunicationKit' : 'CallKit';
}

function ids(fields: Fields): { pushId?: string; callId?: string } {
  const pushId = text(fields['push']);
  const callId = text(fields['call'])?.toLowerCase();
  return { ...(pushId !== undefined && { pushId }), ...(callId !== undefined && { callId }) };
}

function reportError(value: unknown): CallReportError | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { domain, code, text: words } = value as Fields;
  return {
    domain: text(domain) ?? 'unknown',
    code: typeof code === 'number' ? code : 0,
    ...(typeof words === 'string' && { text: words }),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((word) => word === value);
}

function parseFields(json: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
