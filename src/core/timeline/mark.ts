import type { EventKind, VoipEvent } from '../events/event';
import type { Lane, Tone } from './deliveryView';

interface MarkStyle {
  readonly lane: Lane;
  readonly label: string;
  readonly tone: Tone;
}

/** Where each kind of event stands on a delivery's row, and in which words. */
const MARK_STYLES: { readonly [K in EventKind]: MarkStyle } = {
  'push.sent': { lane: 'sender', label: 'Sent', tone: 'neutral' },
  'push.accepted': { lane: 'apns', label: 'Accepted', tone: 'good' },
  'push.rejected': { lane: 'apns', label: 'Rejected', tone: 'bad' },
  'push.failed': { lane: 'apns', label: 'No answer', tone: 'bad' },
  'push.arrived': { lane: 'system', label: 'Reached the device', tone: 'neutral' },
  'app.launched': { lane: 'system', label: 'App launched', tone: 'neutral' },
  'push.waiting': { lane: 'system', label: 'Waiting for the push registry', tone: 'warning' },
  'push.delivering': { lane: 'system', label: 'Delivering to the app', tone: 'neutral' },
  'launch.blocked': { lane: 'system', label: 'Launch blocked', tone: 'bad' },
  'push.received': { lane: 'app', label: 'Handler ran', tone: 'neutral' },
  'handler.returned': { lane: 'app', label: 'Handler returned', tone: 'neutral' },
  'handler.completed': { lane: 'app', label: 'Completion handler called', tone: 'neutral' },
  'app.terminated': { lane: 'app', label: 'App killed', tone: 'bad' },
  'call.reporting': { lane: 'call', label: 'Report attempted', tone: 'good' },
  'call.reported': { lane: 'call', label: 'Report answered', tone: 'good' },
  'call.added': { lane: 'call', label: 'Seen by the system', tone: 'good' },
  'crash.saved': { lane: 'system', label: 'Crash report saved', tone: 'neutral' },
  'push.token': { lane: 'app', label: 'Device token', tone: 'neutral' },
  'app.installed': { lane: 'system', label: 'App installed', tone: 'neutral' },
  'source.started': { lane: 'system', label: 'Log watched', tone: 'neutral' },
  'source.gap': { lane: 'system', label: 'Log gap', tone: 'warning' },
  'source.ended': { lane: 'system', label: 'Log ended', tone: 'neutral' },
};

/** How one event is drawn and named. */
export function markStyleOf(event: VoipEvent): MarkStyle {
  const style = MARK_STYLES[event.kind];
  return event.kind === 'call.reported' && event.error !== undefined
    ? { ...style, label: 'Report ended in an error', tone: 'warning' }
    : style;
}

/** What an event carries, for people; empty where the label says all. */
export function describeEvent(event: VoipEvent): string {
  switch (event.kind) {
    case 'push.sent':
      return `${event.target}, ${event.environment}, ${event.bundleId}, ${event.payloadBytes} bytes`;
    case 'push.rejected':
      return [event.status, event.reason].filter((part) => part !== undefined).join(' ');
    case 'push.failed':
      return event.message;
    case 'push.delivering':
      return `${event.count} VoIP ${event.count === 1 ? 'payload' : 'payloads'}`;
    case 'launch.blocked':
      return event.deliveredAnyway ? 'delivered all the same, the app is in the foreground' : 'not delivered';
    case 'push.received':
      return [
        event.mustReport === 'unknown' ? 'mustReport not said by this iOS' : `mustReport ${event.mustReport}`,
        event.appState,
        event.onCall === true ? 'on a call' : undefined,
        `${event.via} delegate`,
        event.pid === undefined ? undefined : `pid ${event.pid}`,
      ]
        .filter((part) => part !== undefined)
        .join(', ');
    case 'call.reporting':
      return event.api;
    case 'call.reported':
      return event.error === undefined ? event.api : `${event.api}, ${event.error.domain} code ${event.error.code}`;
    case 'handler.returned':
      return event.isAsync === true ? 'async form of the delegate method' : '';
    case 'push.token':
      return [event.deviceToken, event.environment].filter((part) => part !== undefined).join(', ');
    case 'app.terminated':
      return TERMINATION_WORDS[event.cause];
    case 'crash.saved':
      return event.path.slice(event.path.lastIndexOf('/') + 1);
    case 'source.gap':
    case 'source.ended':
      return event.why;
    case 'push.accepted':
    case 'push.arrived':
    case 'push.waiting':
    case 'app.installed':
    case 'app.launched':
    case 'call.added':
    case 'handler.completed':
    case 'source.started':
      return '';
  }
}

const TERMINATION_WORDS = {
  'pushkit-exception': 'PushKit exception, check 1',
  'callservicesd-kill': 'callservicesd, check 2',
  '0xbaadca11': 'crash report 0xBAADCA11, check 2',
  other: 'other cause',
} as const;
