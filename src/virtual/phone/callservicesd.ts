import { type Microseconds, MICROSECONDS_PER_MILLISECOND as MS } from '../../core/time';
import type { AppLifecycle, LaunchedBy, LivingApp } from './appLifecycle';
import * as words from './callservicesdWords';
import type { DeliveredPush } from './deliveredPush';
import type { LogMessage } from './logMessage';
import type { TaskScope } from './taskScope';

export interface CallservicesdOptions {
  readonly bundleId: string;
  /** Ends with the installation of the app. */
  readonly scope: TaskScope;
  readonly apps: AppLifecycle;
  readonly write: (message: LogMessage) => Microseconds;
  /** How callservicesd describes the app, given how many pushes wait for it. */
  readonly describeApp: (waiting: number) => string;
  readonly describeClient: (app: LivingApp) => string;
  readonly newPointer: () => string;
  readonly isBlocked: () => boolean;
  /** A push goes over to the app's process; `at` is the time of the line that says so. */
  readonly onDelivered: (push: DeliveredPush, app: LivingApp, at: Microseconds) => void;
}

/** The part of callservicesd that brings VoIP pushes to the app. */
export interface Callservicesd {
  /** A push has come from apsd. */
  take(push: DeliveredPush): void;
}

export function createCallservicesd(options: CallservicesdOptions): Callservicesd {
  const { bundleId, scope, apps, write } = options;
  // Pushes that wait until the app has created its push registry, by process.
  const waiting = new Map<LivingApp, DeliveredPush[]>();

  function take(push: DeliveredPush): void {
    write(words.messageReceived(bundleId));
    scope.after(3 * MS, () => open(push));
  }

  function open(push: DeliveredPush): void {
    if (options.isBlocked()) {
      const isInForeground = push.app.situation.state === 'foreground';
      write((isInForeground ? words.deliveredAnyway : words.notLaunched)(options.describeApp(0)));
      if (!isInForeground) return;
    }
    write(words.attemptingToOpen(bundleId));
    apps.open(startedBy(push), (app, how) => {
      write(how === 'launched' ? words.launched(bundleId) : words.opened());
      write(words.assertionTaken());
      scope.after(5 * MS, () => ask(push, app));
    });
  }

  function ask(push: DeliveredPush, app: LivingApp): void {
    // Another push may have brought the app down in between.
    if (!app.isRunning()) {
      open(push);
      return;
    }
    write(words.askedToDeliver(options.newPointer(), options.describeApp(0)));
    const queue = waiting.get(app) ?? [];
    queue.push(push);
    if (app.isConnected()) {
      waiting.set(app, queue);
      deliver(app);
      return;
    }
    write(words.deliveryPending());
    if (queue.length > 1) return;
    waiting.set(app, queue);
    app.whenConnected(() => {
      write(words.clientRegistering(options.describeClient(app), bundleId));
      deliver(app);
    });
  }

  function deliver(app: LivingApp): void {
    const pushes = waiting.get(app) ?? [];
    waiting.delete(app);
    const at = write(words.delivering(pushes.length, options.describeApp(pushes.length)));
    for (const push of pushes) options.onDelivered(push, app, at);
  }

  return { take };
}

/** An app that is on the screen or on a call was started by its user, not by the push. */
function startedBy({ app: { situation } }: DeliveredPush): LaunchedBy {
  return situation.state === 'foreground' || situation.isOnCall ? 'user' : 'push';
}
