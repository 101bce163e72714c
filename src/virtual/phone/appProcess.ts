import { assertNever } from '../../core/assertNever';
import type { CallReportError } from '../../core/events/event';
import { MICROSECONDS_PER_MILLISECOND as MS } from '../../core/time';
import type { HandlerStep } from './appScript';
import type { DeliveredPush } from './deliveredPush';
import type { LogMessage } from './logMessage';
import type { LogProcess } from './phoneLog';
import { type ProbeEvent, probeLine } from './probeWords';
import type { SeededRandom } from './seededRandom';
import { PUSHKIT_EXCEPTION } from './systemWords';
import type { TaskScope } from './taskScope';

/** What the system learns from an app's process. */
export interface AppProcessEvents {
  /** The delegate method was called. */
  readonly onReceived: (push: DeliveredPush) => void;
  /** The app asked for a call to be shown. */
  readonly onReport: (push: DeliveredPush) => void;
  /** The app learned what became of its report. */
  readonly onAnswer: (push: DeliveredPush, error: CallReportError | undefined) => void;
  /** PushKit's check: the delegate method has returned, or its async form has completed. */
  readonly onHandlerEnded: (push: DeliveredPush) => void;
}

/** One life of the app, with one pid. */
export interface AppProcess {
  readonly log: LogProcess;
  /** The delegate method is called with the push as soon as the main queue is free. */
  receive(push: DeliveredPush): void;
  /** Throws PushKit's exception: nothing of the app runs any more. */
  crash(): void;
}

export interface AppProcessOptions {
  readonly log: LogProcess;
  readonly bundleId: string;
  /** Ends with the process. */
  readonly scope: TaskScope;
  readonly random: SeededRandom;
  readonly write: (message: LogMessage) => void;
  readonly events: AppProcessEvents;
}

export function createAppProcess({ log, bundleId, scope, random, write, events }: AppProcessOptions): AppProcess {
  // PushKit calls the delegate on the app's main queue, one push at a time: a delegate method that waits holds up the next push.
  const mainQueue: DeliveredPush[] = [];
  let isBusy = false;
  const handlers = scope.child();

  function say(push: DeliveredPush, event: ProbeEvent): void {
    const call = push.hasAttempted ? { call: push.callUuid } : {};
    write(probeLine(bundleId, { ...push.ids, ...call }, event));
  }

  function callNext(): void {
    const push = isBusy ? undefined : mainQueue.shift();
    if (push === undefined) return;
    isBusy = true;
    const { situation } = push.app;
    const asked = push.system === 'ios-26.4' ? { mustReport: push.mustReport } : {};
    const via = push.system === 'ios-26.4' ? 'metadata' : 'legacy';
    say(push, { e: 'received', ...asked, state: situation.state, onCall: situation.isOnCall, via });
    events.onReceived(push);
    const { steps, isAsync } = push.app.handler(push.system);
    for (const step of steps) {
      handlers.after(step.afterMs * MS + random.between(0, 400), () => take(push, step, isAsync));
    }
  }

  function take(push: DeliveredPush, step: HandlerStep, isAsync: boolean): void {
    switch (step.does) {
      case 'report':
        push.hasAttempted = true;
        say(push, { e: 'reporting', api: step.api });
        events.onReport(push);
        return;
      case 'learn-answer':
        say(push, { e: 'reported', api: step.api, ...(step.error === undefined ? {} : { error: step.error }) });
        events.onAnswer(push, step.error);
        return;
      case 'return':
        say(push, { e: 'returned', ...(isAsync ? { async: true } : {}) });
        isBusy = false;
        handlers.after(MS, callNext);
        if (!isAsync) events.onHandlerEnded(push);
        return;
      case 'complete':
        say(push, { e: 'completed' });
        if (isAsync) events.onHandlerEnded(push);
        return;
      default:
        assertNever(step);
    }
  }

  return {
    log,
    receive(push) {
      mainQueue.push(push);
      callNext();
    },
    crash() {
      handlers.end();
      mainQueue.length = 0;
      isBusy = true;
      scope.after(MS, () => PUSHKIT_EXCEPTION.forEach(write));
    },
  };
}
