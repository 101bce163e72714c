import type { AppEvent, AppInstalledEvent, PushSentEvent, SystemEvent, VoipEvent } from '../events/event';
import type { SystemLogs } from './deviceDrafts';
import type { Draft } from './draft';
import type { OwnLogs } from './ownLogs';

/** Events by what is done with them, each kind in the order it came in. */
export interface SortedEvents {
  readonly sends: readonly PushSentEvent[];
  readonly answers: readonly NonNullable<Draft['answer']>[];
  /** What apps and systems said of deliveries. */
  readonly device: readonly (SystemEvent | AppEvent)[];
  readonly installs: readonly AppInstalledEvent[];
  /** Each going through a log, and where in `device` it begins. */
  readonly readings: readonly { readonly source: string; readonly from: number }[];
  readonly systemLogs: SystemLogs;
  readonly ownLogs: OwnLogs;
}

/** No events yet; `add` puts one where it belongs. */
export function createSortedEvents(): SortedEvents & { add(event: VoipEvent): void } {
  const sends: PushSentEvent[] = [];
  const answers: NonNullable<Draft['answer']>[] = [];
  const device: (SystemEvent | AppEvent)[] = [];
  const installs: AppInstalledEvent[] = [];
  const readings: { source: string; from: number }[] = [];
  const systemLogs = new Set<string>();
  const ownLogs = new Set<string>();
  return {
    sends,
    answers,
    device,
    installs,
    readings,
    systemLogs,
    ownLogs,
    add(event) {
      switch (event.kind) {
        case 'push.sent':
          sends.push(event);
          if (event.logSource !== undefined) ownLogs.add(event.logSource);
          break;
        case 'push.accepted':
        case 'push.rejected':
        case 'push.failed':
          answers.push(event);
          break;
        case 'app.installed':
          installs.push(event);
          break;
        case 'source.started':
          readings.push({ source: event.source, from: device.length });
          break;
        case 'push.token':
        case 'source.gap':
        case 'source.ended':
        case 'crash.saved':
          break;
        case 'push.received':
        case 'call.reporting':
        case 'call.reported':
        case 'handler.returned':
        case 'handler.completed':
        case 'app.terminated':
          device.push(event);
          break;
        default:
          systemLogs.add(event.source);
          device.push(event);
      }
    },
  };
}
