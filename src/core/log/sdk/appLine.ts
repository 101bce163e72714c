import type {
  CallApi,
  CallReportError,
  CallReportedEvent,
  CallReportingEvent,
  HandlerCompletedEvent,
  PushReceivedEvent,
} from '../../events/event';
import type { RecordBase } from '../lineMatcher';
import type { LogRecord } from '../logRecord';

/** What an SDK's line may know of a push. */
interface Ids {
  readonly pushId?: string | undefined;
  readonly callId?: string | undefined;
}

/** An SDK says that its delegate method ran. It never says whether a report is due. */
export function received(record: LogRecord, base: RecordBase, ids: Ids): PushReceivedEvent {
  return {
    ...appBase(record, base, ids),
    kind: 'push.received',
    mustReport: 'unknown',
    via: 'legacy',
    mayReportUnseen: true,
  };
}

/** An SDK says that it reports a call. */
export function reporting(record: LogRecord, base: RecordBase, api: CallApi, ids: Ids): CallReportingEvent {
  return { ...appBase(record, base, ids), kind: 'call.reporting', api };
}

/** An SDK says what the system answered to its report. */
export function reported(
  record: LogRecord,
  base: RecordBase,
  api: CallApi,
  ids: Ids & { readonly error?: CallReportError },
): CallReportedEvent {
  const { error } = ids;
  return { ...appBase(record, base, ids), kind: 'call.reported', api, ...(error !== undefined && { error }) };
}

/** An SDK says that PushKit's completion handler was called. */
export function completed(record: LogRecord, base: RecordBase, ids: Ids): HandlerCompletedEvent {
  return { ...appBase(record, base, ids), kind: 'handler.completed' };
}

function appBase(record: LogRecord, base: RecordBase, { pushId, callId }: Ids) {
  return {
    ...base,
    process: record.process,
    ...(record.pid !== undefined && { pid: record.pid }),
    ...(pushId !== undefined && pushId !== '' && { pushId }),
    ...(callId !== undefined && callId !== '' && { callId: callId.toLowerCase() }),
  };
}

// "call-id" = "f3TGnhqZ-v";   or   uuid = 8ed32a8a;
const DICTIONARY_ENTRY = /(?:^|[\s{;])"?([\w-]{1,64})"?\s?=\s?"?([^\s";{}][^";\n]{0,255}?)"?\s*;/g;

/** The first of these keys in the description that Objective-C prints of a dictionary. */
export function dictionaryEntry(text: string, keys: readonly string[]): string | undefined {
  const entries = new Map<string, string>();
  for (const [, key = '', value = ''] of text.matchAll(DICTIONARY_ENTRY)) {
    if (!entries.has(key)) entries.set(key, value);
  }
  const found = keys.find((key) => entries.has(key));
  return found === undefined ? undefined : entries.get(found);
}

// Error Domain=com.apple.CallKit.error.incomingcall Code=2 "(null)"
const ERROR_DESCRIPTION = /Domain=(\S{1,255}) Code=(-?\d{1,9})/;
// The operation couldn’t be completed. (com.apple.CallKit.error.incomingcall error 2.)
const LOCALIZED_ERROR = /\((\S{1,255}) error (-?\d{1,9})\.?\)/;

/** The error in the words of `NSError`; domain `unknown` where they do not say it. */
export function reportErrorIn(text: string): CallReportError {
  const [, domain = 'unknown', code = '0'] = ERROR_DESCRIPTION.exec(text) ?? LOCALIZED_ERROR.exec(text) ?? [];
  return { domain, code: Number(code), text: text.slice(0, 200) };
}
