import { type Microseconds, MICROSECONDS_PER_MILLISECOND as MS } from '../../core/time';
import { type AppProcess, type AppProcessEvents, createAppProcess } from './appProcess';
import type { LogProcess, PhoneLog } from './phoneLog';
import type { SeededRandom } from './seededRandom';
import type { SystemProcesses } from './systemProcesses';
import { type RunningState, stateUpdate } from './systemWords';
import type { TaskScope } from './taskScope';

/** Who started the app: a push, in the background, or its user, long before the push came. */
export type LaunchedBy = 'push' | 'user';

/** What became of the wish to have the app running. */
export type Opening = 'opened' | 'launched';

/** A process of the app as the system sees it. */
export interface LivingApp {
  readonly process: AppProcess;
  /** `false` as soon as its end is decided. */
  isRunning(): boolean;
  /** Calls back when the app has created its push registry; at once when it has. */
  whenConnected(callback: () => void): void;
  isConnected(): boolean;
  /** Ends with the process. */
  readonly scope: TaskScope;
}

/** Starts and ends the app: at most one process at a time, each with its own pid. */
export interface AppLifecycle {
  /** Gets the app to run; `onOpened` comes later, when it does. */
  open(launchedBy: LaunchedBy, onOpened: (app: LivingApp, how: Opening) => void): void;
  /** The process is gone after `delay`, with everything that waits in it. */
  end(app: LivingApp, delay: Microseconds): void;
  /** Ends the process, if there is one, at this moment; whoever waits to open the app waits in vain. */
  endNow(): void;
  /** Notes a state of the process in the log. */
  note(app: LivingApp, state: RunningState): void;
}

export interface AppLifecycleOptions {
  readonly bundleId: string;
  readonly path: string;
  readonly scope: TaskScope;
  readonly random: SeededRandom;
  readonly log: PhoneLog;
  readonly system: SystemProcesses;
  readonly newPid: () => number;
  readonly events: (app: () => LivingApp) => AppProcessEvents;
}

const LAUNCH: Microseconds = 160 * MS;
const CREATE_PUSH_REGISTRY: Microseconds = 230 * MS;
const OPEN_RUNNING_APP: Microseconds = 9 * MS;

interface Life {
  readonly app: LivingApp;
  phase: 'launching' | 'running' | 'ending';
  readonly onLaunched: (() => void)[];
  readonly onGone: (() => void)[];
}

export function createAppLifecycle(options: AppLifecycleOptions): AppLifecycle {
  const { scope, random, log, system } = options;
  let life: Life | undefined;

  function note(app: LivingApp, state: RunningState): void {
    const { pid } = app.process.log;
    log.write(system.springBoard, stateUpdate(pid, `app<${options.bundleId}>`, state));
  }

  function start(launchedBy: LaunchedBy): Life {
    const process: LogProcess = { pid: options.newPid(), thread: random.between(100_000, 900_000), path: options.path };
    const started: Life = {
      app: createLivingApp(process, launchedBy),
      phase: launchedBy === 'user' ? 'running' : 'launching',
      onLaunched: [],
      onGone: [],
    };
    life = started;
    note(started.app, launchedBy === 'user' ? 'running-active-Visible' : 'running-active-NotVisible');
    return started;
  }

  function createLivingApp(process: LogProcess, launchedBy: LaunchedBy): LivingApp {
    const processScope = scope.child();
    let isConnected = launchedBy === 'user';
    const onConnected: (() => void)[] = [];
    const app: LivingApp = {
      process: createAppProcess({
        log: process,
        bundleId: options.bundleId,
        scope: processScope,
        random,
        write: (message) => log.write(process, message),
        events: options.events(() => app),
      }),
      scope: processScope,
      isRunning: () => life?.app === app && life.phase !== 'ending',
      isConnected: () => isConnected,
      whenConnected(callback) {
        if (isConnected) callback();
        else onConnected.push(callback);
      },
    };
    processScope.after(LAUNCH + CREATE_PUSH_REGISTRY, () => {
      isConnected = true;
      for (const callback of onConnected.splice(0)) callback();
    });
    return app;
  }

  function open(launchedBy: LaunchedBy, onOpened: (app: LivingApp, how: Opening) => void): void {
    if (life?.phase === 'ending') {
      life.onGone.push(() => open(launchedBy, onOpened));
      return;
    }
    if (life?.phase === 'launching') {
      const { app, onLaunched } = life;
      onLaunched.push(() => onOpened(app, 'launched'));
      return;
    }
    if (life === undefined && launchedBy === 'push') {
      const started = start('push');
      started.onLaunched.push(() => onOpened(started.app, 'launched'));
      started.app.scope.after(LAUNCH, () => {
        started.phase = 'running';
        for (const callback of started.onLaunched.splice(0)) callback();
      });
      return;
    }
    const { app } = life ?? start('user');
    scope.after(OPEN_RUNNING_APP, () => {
      if (app.isRunning()) onOpened(app, 'opened');
      else open(launchedBy, onOpened);
    });
  }

  function bury(gone: Life): void {
    gone.app.scope.end();
    note(gone.app, 'none-NotVisible');
    life = undefined;
  }

  return {
    open,
    end(app, delay) {
      if (life === undefined || !app.isRunning()) return;
      const ending = life;
      ending.phase = 'ending';
      scope.after(delay, () => {
        bury(ending);
        for (const callback of ending.onGone.splice(0)) callback();
      });
    },
    endNow() {
      if (life !== undefined) bury(life);
    },
    note,
  };
}
