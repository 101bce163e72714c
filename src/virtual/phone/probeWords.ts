import type { AppState, CallApi, CallReportError, ReceivedVia } from '../../core/events/event';
import type { LogMessage } from './logMessage';

/** What the app's probe knows of a push: the ids its payload carries. */
export interface ProbeIds {
  readonly push?: string;
  readonly call?: string;
}

/** What a probe line says beside the app and the ids. */
export type ProbeEvent =
  | {
      readonly e: 'received';
      readonly mustReport?: boolean;
      readonly state: AppState;
      readonly onCall: boolean;
      readonly via: ReceivedVia;
    }
  | { readonly e: 'reporting'; readonly api: CallApi }
  | { readonly e: 'reported'; readonly api: CallApi; readonly error?: CallReportError }
  | { readonly e: 'returned'; readonly async?: true }
  | { readonly e: 'completed' };

/** The probe's line: `voip-push 1 {"e":"returned","app":"com.example.app","call":"…"}`. */
export function probeLine(bundleId: string, ids: ProbeIds, event: ProbeEvent): LogMessage {
  const { e, ...rest } = event;
  return {
    format: 'voip-push 1 %{public}@',
    values: [JSON.stringify({ e, app: bundleId, ...ids, ...rest })],
    subsystem: bundleId,
    category: 'voip-push',
    messageType: 'Default',
  };
}
