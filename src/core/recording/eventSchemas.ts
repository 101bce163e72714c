import * as v from 'valibot';
import type { EventKind, VoipEvent } from '../events/event';

type EventOf<K extends EventKind> = Extract<VoipEvent, { readonly kind: K }>;

/** One schema for every field of an event: leaving a field out does not compile, so no field is lost on reading. */
type FieldSchemas<E> = {
  readonly [F in keyof E]-?: Record<never, never> extends Pick<E, F>
    ? v.ExactOptionalSchema<v.GenericSchema<unknown, Exclude<E[F], undefined>>, undefined>
    : v.GenericSchema<unknown, E[F]>;
};

const microseconds = v.pipe(v.number(), v.safeInteger());
const text = v.string();
const optionalText = v.exactOptional(v.string());
const optionalInteger = v.exactOptional(v.pipe(v.number(), v.safeInteger()));
const callApi = v.picklist(['CallKit', 'LiveCommunicationKit']);

const anyEvent = {
  at: microseconds,
  arrivedAt: v.exactOptional(microseconds),
  loggedAt: v.exactOptional(microseconds),
  machTimestamp: v.exactOptional(v.number()),
  source: text,
  line: optionalText,
};

const systemEvent = { ...anyEvent, bundleId: optionalText };
const appEvent = { ...systemEvent, process: optionalText, pid: optionalInteger };
const answer = {
  ...anyEvent,
  sendId: text,
  latencyMs: v.number(),
  apnsId: optionalText,
  apnsUniqueId: optionalText,
};

const EVENT_SCHEMAS: { readonly [K in EventKind]: v.ObjectSchema<FieldSchemas<EventOf<K>>, undefined> } = {
  'push.sent': v.object({
    kind: v.literal('push.sent'),
    ...anyEvent,
    sendId: text,
    transport: v.picklist(['apns', 'simctl', 'virtual']),
    target: text,
    environment: v.picklist(['sandbox', 'production', 'virtual', 'simulator']),
    origin: optionalText,
    bundleId: text,
    deviceToken: optionalText,
    payload: text,
    payloadBytes: v.pipe(v.number(), v.safeInteger()),
    payloadSha256: text,
    pushId: optionalText,
    callId: optionalText,
    apnsId: optionalText,
    logSource: optionalText,
    headers: v.record(v.string(), v.string()),
  }),
  'push.accepted': v.object({ kind: v.literal('push.accepted'), ...answer }),
  'push.rejected': v.object({
    kind: v.literal('push.rejected'),
    ...answer,
    status: optionalInteger,
    reason: optionalText,
    unregisteredSince: v.exactOptional(microseconds),
    exitCode: optionalInteger,
  }),
  'push.failed': v.object({ kind: v.literal('push.failed'), ...answer, code: text, message: text }),
  'push.arrived': v.object({ kind: v.literal('push.arrived'), ...systemEvent }),
  'app.launched': v.object({ kind: v.literal('app.launched'), ...systemEvent }),
  'push.waiting': v.object({ kind: v.literal('push.waiting'), ...systemEvent }),
  'push.delivering': v.object({ kind: v.literal('push.delivering'), ...systemEvent, count: v.number() }),
  'call.added': v.object({ kind: v.literal('call.added'), ...systemEvent, callId: optionalText }),
  'launch.blocked': v.object({ kind: v.literal('launch.blocked'), ...systemEvent, deliveredAnyway: v.boolean() }),
  'app.installed': v.object({ kind: v.literal('app.installed'), ...systemEvent, bundleId: v.string() }),
  'push.received': v.object({
    kind: v.literal('push.received'),
    ...appEvent,
    mustReport: v.union([v.boolean(), v.literal('unknown')]),
    via: v.picklist(['metadata', 'legacy', 'bridge']),
    pushId: optionalText,
    callId: optionalText,
    appState: v.exactOptional(v.picklist(['foreground', 'inactive', 'background'])),
    onCall: v.exactOptional(v.boolean()),
    mayReportUnseen: v.exactOptional(v.boolean()),
  }),
  'call.reporting': v.object({
    kind: v.literal('call.reporting'),
    ...appEvent,
    api: callApi,
    pushId: optionalText,
    callId: optionalText,
  }),
  'call.reported': v.object({
    kind: v.literal('call.reported'),
    ...appEvent,
    api: callApi,
    pushId: optionalText,
    callId: optionalText,
    error: v.exactOptional(v.object({ domain: text, code: v.number(), text: optionalText })),
  }),
  'handler.returned': v.object({
    kind: v.literal('handler.returned'),
    ...appEvent,
    pushId: optionalText,
    callId: optionalText,
    isAsync: v.exactOptional(v.boolean()),
  }),
  'handler.completed': v.object({
    kind: v.literal('handler.completed'),
    ...appEvent,
    pushId: optionalText,
    callId: optionalText,
  }),
  'app.terminated': v.object({
    kind: v.literal('app.terminated'),
    ...appEvent,
    cause: v.picklist(['pushkit-exception', 'callservicesd-kill', '0xbaadca11', 'other']),
  }),
  'crash.saved': v.object({ kind: v.literal('crash.saved'), ...anyEvent, path: text }),
  'push.token': v.object({
    kind: v.literal('push.token'),
    ...appEvent,
    deviceToken: text,
    environment: v.exactOptional(v.picklist(['sandbox', 'production'])),
  }),
  'source.started': v.object({
    kind: v.literal('source.started'),
    ...anyEvent,
    clockPace: v.exactOptional(v.literal('scaled')),
  }),
  'source.gap': v.object({ kind: v.literal('source.gap'), ...anyEvent, from: microseconds, why: text }),
  'source.ended': v.object({ kind: v.literal('source.ended'), ...anyEvent, why: text }),
};

/** Every kind of event that a recording can hold. */
export const EVENT_KINDS: readonly string[] = Object.keys(EVENT_SCHEMAS);

/** The result of checking one recorded event: the event, or a sentence about why it is none. */
export type EventCheck =
  | { readonly ok: true; readonly event: VoipEvent }
  | { readonly ok: false; readonly problem: string };

/**
 * Checks an event as it came from outside. Keys that are not known are dropped: what is read is never written back,
 * so the file keeps them, and everything behind this point holds only what was checked.
 */
export function checkEvent(value: unknown): EventCheck {
  const kind = v.safeParse(v.object({ kind: v.string() }), value);
  if (!kind.success) return { ok: false, problem: 'not an event' };
  if (!isEventKind(kind.output.kind)) {
    return { ok: false, problem: `event kind ${JSON.stringify(kind.output.kind.slice(0, 60))} is not known` };
  }
  const checked = v.safeParse(EVENT_SCHEMAS[kind.output.kind], value);
  if (checked.success) return { ok: true, event: checked.output };
  const issue = checked.issues[0];
  return { ok: false, problem: `${kind.output.kind}: ${v.getDotPath(issue) ?? 'event'}: ${issue.message}` };
}

function isEventKind(kind: string): kind is EventKind {
  return Object.hasOwn(EVENT_SCHEMAS, kind);
}
