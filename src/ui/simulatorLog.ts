import { assertNever } from '../core/assertNever';
import type { LogCapture, LogSourceHealth } from '../core/log/logSource';
import { messageOf } from './expectedFailure';
import { createListeners, type Disposable } from './listeners';
import type { LogHealth } from './targets';

/** The log of one simulator: watched from the first sending until it is left. */
export interface SimulatorLog extends Disposable {
  readonly health: LogHealth;
  readonly onDidChange: (listener: () => void) => Disposable;
  /** Starts watching unless it is being watched; resolves once it is, or after a while without. Never rejects. */
  watch(): Promise<void>;
  stop(): Promise<void>;
}

/** Longer than this a push does not wait for its log. */
const PATIENCE_MS = 3000;

/** @param start starts the capture. */
export function createSimulatorLog(start: () => Promise<LogCapture>): SimulatorLog {
  const changed = createListeners<void>();
  let capture: LogCapture | undefined;
  let starting: Promise<void> | undefined;
  let health: LogHealth = { state: 'off' };
  let round = 0;

  function become(next: LogHealth): void {
    health = next;
    changed.tell();
  }

  async function begin(): Promise<void> {
    const own = round;
    become({ state: 'starting' });
    try {
      const started = await start();
      if (own !== round) {
        await started.stop();
        return;
      }
      capture = started;
      started.onDidChange(() => {
        if (capture === started) become(healthOf(started.health));
      });
      become(healthOf(started.health));
      await settled(started);
    } catch (error) {
      if (own === round) become({ state: 'failed', why: messageOf(error) });
    }
  }

  async function stop(): Promise<void> {
    round += 1;
    const running = capture;
    capture = undefined;
    starting = undefined;
    if (health.state !== 'off') become({ state: 'off' });
    await running?.stop();
  }

  return {
    get health() {
      return health;
    },
    onDidChange: changed.add,
    async watch() {
      if (capture?.health.state === 'ended' || health.state === 'failed') await stop();
      starting ??= begin();
      await starting;
    },
    stop,
    dispose: changed.clear,
  };
}

function settled(capture: LogCapture): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, PATIENCE_MS);
    const subscription = capture.onDidChange(look);
    function done(): void {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    }
    function look(): void {
      if (capture.health.state !== 'starting') done();
    }
    look();
  });
}

function healthOf(health: LogSourceHealth): LogHealth {
  switch (health.state) {
    case 'starting':
    case 'watching':
      return { state: health.state };
    case 'waiting':
    case 'restarting':
      return { state: 'waiting', why: health.why };
    case 'ended':
      return { state: 'failed', why: health.why };
    default:
      return assertNever(health);
  }
}
