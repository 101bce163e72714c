import { assertNever } from '../core/assertNever';
import { createLogReader } from '../core/log/logReader';
import { microsecondsFromMilliseconds } from '../core/time';
import { APP_BEHAVIORS } from '../core/virtualApp';
import { ExpectedFailure, messageOf } from './expectedFailure';
import { createListeners } from './listeners';
import type { VirtualSettings } from './settings';
import type { LogHealth, PreparedTarget, Target } from './targets';
import type { TimelineSession } from './timelineSession';
import type { CreateApnsClient, RunningVirtualTarget, StartVirtualTarget } from './virtualPorts';
import { SYSTEM_TITLES } from './virtualWords';

/** The virtual iPhone as a target, with what only a virtual one can do. */
export interface VirtualIphone extends Target {
  /** Like deleting and installing the app: the system forgets its violations, and the app gets a new device token. */
  reinstallApp(): Promise<void>;
  /** Takes over changed settings; a running phone follows, and starts anew where it has to. */
  applySettings(): void;
}

export interface VirtualIphoneOptions {
  readonly folder: string;
  readonly settings: () => VirtualSettings;
  readonly session: Pick<TimelineSession, 'append'>;
  readonly startVirtualTarget: StartVirtualTarget;
  readonly createApnsClient: CreateApnsClient;
  /** Throws when nothing may be started, for example in restricted mode. */
  readonly requirePermission: () => void;
  /** Shows that it is starting for as long as `starting` runs. */
  readonly showStarting: (starting: Promise<unknown>) => void;
}

interface Running {
  readonly target: RunningVirtualTarget;
  readonly prepared: Omit<Required<PreparedTarget>, 'deviceToken'>;
  /** The settings that only a new start can change. */
  readonly fixed: string;
  stop(why: string): Promise<void>;
}

type State =
  | { readonly kind: 'off' }
  | { readonly kind: 'starting'; readonly running: Promise<Running> }
  | { readonly kind: 'running'; readonly running: Running }
  | { readonly kind: 'failed'; readonly why: string };

const LOG_SOURCE = 'virtual-iphone';

/** A virtual iPhone that is not started before it is needed. */
export function createVirtualIphone(options: VirtualIphoneOptions): VirtualIphone {
  const { settings } = options;
  const changed = createListeners<void>();
  let state: State = { kind: 'off' };

  function become(next: State): void {
    state = next;
    changed.tell();
  }

  async function start(): Promise<Running> {
    options.requirePermission();
    if (state.kind === 'starting') return await state.running;
    if (state.kind === 'running') return state.running;
    const running = begin();
    become({ kind: 'starting', running });
    options.showStarting(running);
    return await running;
  }

  async function begin(): Promise<Running> {
    try {
      const running = await launch(options);
      become({ kind: 'running', running });
      return running;
    } catch (error) {
      become({ kind: 'failed', why: messageOf(error) });
      throw new ExpectedFailure(`The virtual iPhone could not start: ${messageOf(error)}`);
    }
  }

  async function stop(why: string): Promise<void> {
    const before = state;
    become({ kind: 'off' });
    if (before.kind === 'running') await before.running.stop(why);
    if (before.kind === 'starting') await (await before.running.catch(() => undefined))?.stop(why);
  }

  async function startAsSet(): Promise<Running> {
    const running = await start();
    if (running.fixed !== fixedPart(settings())) {
      await stop('its settings changed');
      return await start();
    }
    follow(running.target, settings());
    return running;
  }

  return {
    id: LOG_SOURCE,
    label: 'Virtual iPhone',
    environment: 'virtual',
    kind: 'virtual',
    description:
      'Not a real device: it models what Apple documents, on this machine, with an app that behaves as chosen.',
    logSource: LOG_SOURCE,
    get bundleId() {
      return settings().bundleId;
    },
    get behavior() {
      return APP_BEHAVIORS[settings().behavior].title;
    },
    get system() {
      return SYSTEM_TITLES[settings().system];
    },
    get logHealth(): LogHealth {
      return healthOf(state);
    },
    onDidChange: changed.add,
    async prepare() {
      const { target, prepared } = await startAsSet();
      return { ...prepared, deviceToken: target.phone.deviceToken };
    },
    async address() {
      const { prepared } = await startAsSet();
      return prepared.apns;
    },
    async reinstallApp() {
      const { target } = await startAsSet();
      target.phone.reinstall();
      changed.tell();
    },
    applySettings() {
      if (state.kind === 'running') follow(state.running.target, settings());
      changed.tell();
    },
    async idle() {
      if (state.kind === 'running') await state.running.target.phone.idle();
    },
    close: () => stop('the virtual iPhone was stopped'),
    dispose: changed.clear,
  };
}

async function launch(options: VirtualIphoneOptions): Promise<Running> {
  const { folder, session, settings, startVirtualTarget, createApnsClient } = options;
  const wanted = settings();
  const isScaled = wanted.timeScale !== 1;
  const reader = createLogReader({ source: LOG_SOURCE, ...(isScaled && { clockPace: 'scaled' }) });
  const onLine = (line: string): void => session.append(reader.read(line, microsecondsFromMilliseconds(Date.now())));
  const target = await startVirtualTarget({ ...wanted, folder, onLine });
  try {
    const { origin, ca, caPath, key, keyId, teamId } = target.apns;
    const transport = await createApnsClient({ origin, ca, credentials: { kind: 'token', key, keyId, teamId } });
    return {
      target,
      prepared: {
        transport,
        bundleId: target.bundleId,
        apns: { origin, ca: caPath, usesCertificate: false, providerToken: () => transport.providerToken() },
      },
      fixed: fixedPart(wanted),
      async stop(why) {
        session.append(reader.end(why));
        await transport.close();
        await target.close();
      },
    };
  } catch (error) {
    await target.close();
    throw error;
  }
}

/** The settings that a running phone cannot change. */
function fixedPart({ bundleId, timeScale }: VirtualSettings): string {
  return `${bundleId} ${timeScale}`;
}

function follow({ phone }: RunningVirtualTarget, { behavior, system, debuggerAttached }: VirtualSettings): void {
  phone.setBehavior(behavior);
  phone.setSystem(system);
  phone.setDebuggerAttached(debuggerAttached);
}

function healthOf(state: State): LogHealth {
  switch (state.kind) {
    case 'off':
    case 'starting':
      return { state: state.kind };
    case 'running':
      return { state: 'watching' };
    case 'failed':
      return { state: 'failed', why: state.why };
    default:
      return assertNever(state);
  }
}
