import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildVoipPush } from '../core/apns/voipPush';
import type { PushSentEvent, VoipEvent } from '../core/events/event';
import { answerEvent, pushSentEvent } from '../core/events/sending';
import { createLogReader } from '../core/log/logReader';
import { shortenDeviceToken } from '../core/log/redact';
import { MICROSECONDS_PER_SECOND } from '../core/time';
import type { AppBehavior, PhoneSystem } from '../core/virtualApp';
import { type CliWorld, untilInterrupted } from './world';

/** What the virtual iPhone's lines are called as a source. */
const PHONE_SOURCE = 'virtual-iphone';
const SENDER_SOURCE = 'local-apns';

export interface VirtualRunOptions {
  readonly behavior: AppBehavior;
  readonly system: PhoneSystem;
  readonly debuggerAttached: boolean;
  /** How many times faster than the host's clock the device's runs; left out, its time passes without waiting. */
  readonly timeScale?: number;
  /** Every line of the phone's log, as it is written. */
  readonly onLine?: (line: string) => void;
}

/** A virtual iPhone behind a local APNs, and all that happened on both. */
export interface VirtualRun {
  /** Reinstalls the app (no strikes, a new token) and gives it this behavior. */
  reinstallWith(behavior: AppBehavior): void;
  /**
   * Sends exactly this text, over HTTP/2 like any push, and waits until the phone has nothing more to do.
   * Gives the sending's id.
   */
  send(payload: string): Promise<string>;
  /** Everything so far; the phone's log counts as watched to the end of its present work. */
  events(): readonly VoipEvent[];
}

/** Starts a virtual iPhone in a temporary folder, hands it to `work`, and leaves nothing behind. */
export async function withVirtualRun<T>(
  options: VirtualRunOptions,
  world: CliWorld,
  work: (run: VirtualRun) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'voip-push-run-'));
  try {
    return await runIn(folder, options, world, work);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn<T>(
  folder: string,
  { onLine, timeScale, ...phoneOptions }: VirtualRunOptions,
  world: CliWorld,
  work: (run: VirtualRun) => Promise<T>,
): Promise<T> {
  const { createSteppedClock, startVirtualTarget } = await import('../virtual/virtualTarget');
  const { createApnsClient } = await import('../adapters/apns/apnsClient');
  const events: VoipEvent[] = [];
  const reader = createLogReader({ source: PHONE_SOURCE });
  const target = await startVirtualTarget({
    ...phoneOptions,
    ...(timeScale === undefined ? { clock: createSteppedClock(world.now()) } : { timeScale }),
    folder,
    onLine: (line) => {
      onLine?.(line);
      events.push(...reader.read(line));
    },
  });
  const { origin, ca, key, keyId, teamId } = target.apns;
  const client = createApnsClient({ origin, ca, credentials: { kind: 'token', key, keyId, teamId } });
  try {
    return await work({
      reinstallWith(behavior) {
        target.phone.reinstall();
        target.phone.setBehavior(behavior);
      },
      async send(payload) {
        const { deviceToken } = target.phone;
        const body = Buffer.from(payload, 'utf8');
        const push = buildVoipPush({ bundleId: target.bundleId, deviceToken, body, apnsId: randomUUID() });
        const sent = sentEvent(payload, push, target.bundleId, world);
        events.push(sent);
        const outcome = await untilInterrupted(world, client.send(push, world.interrupted));
        events.push(answerEvent(sent, outcome, world.now()));
        await untilInterrupted(world, target.phone.idle());
        return sent.sendId;
      },
      events: () => [...events, ...watchedToTheEnd(events, reader.end('the virtual iPhone has nothing more to do'))],
    });
  } finally {
    await client.close();
    await target.close();
  }
}

function sentEvent(
  payload: string,
  push: ReturnType<typeof buildVoipPush>,
  bundleId: string,
  { now }: Pick<CliWorld, 'now'>,
): PushSentEvent {
  const apnsId = push.headers['apns-id'];
  return pushSentEvent({
    at: now(),
    source: SENDER_SOURCE,
    sendId: randomUUID(),
    transport: 'virtual',
    target: 'Virtual iPhone',
    environment: 'virtual',
    bundleId,
    deviceToken: shortenDeviceToken(push.deviceToken),
    payload,
    payloadBytes: push.body.length,
    payloadSha256: createHash('sha256').update(push.body).digest('hex'),
    ...(apnsId !== undefined && { apnsId }),
    headers: push.headers,
  });
}

// Longer than anything that silence decides.
const QUIET_AFTER_WORK = 60 * MICROSECONDS_PER_SECOND;

/** An idle virtual phone stays silent for ever, so its log tells about the time after its last line, too. */
function watchedToTheEnd(events: readonly VoipEvent[], ended: readonly VoipEvent[]): readonly VoipEvent[] {
  const lastAt = events.reduce((last, { at }) => Math.max(last, at), 0);
  return ended.map((event) => ({ ...event, at: lastAt + QUIET_AFTER_WORK }));
}
