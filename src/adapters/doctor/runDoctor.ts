import type { DoctorCheck, DoctorFinding, DoctorReport } from '../../core/doctor/doctorReport';
import { redactChecks } from '../../core/doctor/redactChecks';
import { formatSetDuration } from '../../core/time';
import { checkApp } from './appCheck';
import { checkClock } from './clockCheck';
import { checkDevices, checkDeviceTools } from './deviceToolChecks';
import type { DoctorOptions, DoctorWorld } from './doctorWorld';
import { checkLoopback, checkPlatform, checkRuntime } from './hostChecks';
import { checkPorts } from './portCheck';
import { checkDeveloperFolder, checkSimctl } from './xcodeChecks';

export { doctorMarkdown } from '../../core/doctor/doctorMarkdown';
export { realDoctorWorld } from './doctorWorld';

/** How far the doctor is: `title` is the check that ended just now. */
export interface DoctorProgress {
  readonly title: string;
  readonly done: number;
  readonly total: number;
}

interface Step {
  readonly id: string;
  readonly title: string;
  readonly run: (
    signal: AbortSignal,
  ) => DoctorFinding | readonly DoctorCheck[] | Promise<DoctorFinding | readonly DoctorCheck[]>;
}

// Python tools take seconds to start, and xcrun takes its time after an update of Xcode.
const TIME_LIMIT_MS = 15_000;

/**
 * Looks at everything at once, each check with its own time limit, and reports without secrets. One that takes too long or
 * breaks is "not checked" with the reason. Rejects only with the reason of the signal.
 */
export async function runDoctor(
  world: DoctorWorld,
  options: DoctorOptions,
  onProgress: (progress: DoctorProgress) => void,
  signal: AbortSignal,
): Promise<DoctorReport> {
  signal.throwIfAborted();
  const steps = stepsOf(world, options);
  const running = steps.map((step) => ({ step, ending: new AbortController() }));
  const stop = (): void => {
    for (const { ending } of running) ending.abort(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  let done = 0;
  const checks = await Promise.all(
    running.map(async ({ step, ending }) => {
      const result = await runStep(step, options.timeLimitMs ?? TIME_LIMIT_MS, ending);
      done += 1;
      if (!signal.aborted) onProgress({ title: step.title, done, total: steps.length });
      return result;
    }),
  );
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  return {
    version: 1,
    checkedAt: new Date(world.nowMs()).toISOString(),
    product: options.product,
    checks: redactChecks(checks.flat(), world.identity),
  };
}

function stepsOf(
  world: DoctorWorld,
  { editor, folder, isOffline = false, credentials = [], deviceToolPaths }: DoctorOptions,
): readonly Step[] {
  const online = (run: Step['run']): Step['run'] =>
    isOffline ? () => ({ verdict: 'not-checked', found: 'Left out: offline was asked for.' }) : run;
  return [
    { id: 'platform', title: 'System', run: () => checkPlatform(world) },
    { id: 'runtime', title: 'Runtime', run: () => checkRuntime(world, editor) },
    { id: 'developer-folder', title: 'Xcode', run: (signal) => checkDeveloperFolder(world, signal) },
    { id: 'simctl', title: 'simctl', run: (signal) => checkSimctl(world, signal) },
    {
      id: 'device-tools',
      title: 'Device log tools',
      run: (signal) => checkDeviceTools(world, signal, deviceToolPaths),
    },
    { id: 'devices', title: 'Devices', run: (signal) => checkDevices(world, signal, deviceToolPaths) },
    ...credentialSteps(credentials),
    { id: 'clock', title: 'Clock', run: online((signal) => checkClock(world, signal)) },
    ...world.apns.map((apns) => ({
      id: `apns-ports-${apns.environment}`,
      title: `APNs ${apns.environment}, ports ${apns.ports.join(' and ')}`,
      run: online((signal) => checkPorts(apns, world, signal)),
    })),
    { id: 'loopback', title: 'Local APNs', run: () => checkLoopback(world) },
    { id: 'app-folder', title: 'App folder', run: (signal) => checkApp(folder, signal) },
  ];
}

function credentialSteps(credentials: NonNullable<DoctorOptions['credentials']>): readonly Step[] {
  if (credentials.length > 0)
    return credentials.map((finding) => ({ ...finding, id: 'credentials', run: () => finding }));
  const found = 'No credentials were given to the doctor.';
  return [{ id: 'credentials', title: 'Credentials', run: () => ({ verdict: 'not-checked', found }) }];
}

async function runStep(
  { id, title, run }: Step,
  limitMs: number,
  ending: AbortController,
): Promise<readonly DoctorCheck[]> {
  const late = new Error(`It took longer than ${formatSetDuration(limitMs)}`);
  const timer = setTimeout(() => ending.abort(late), limitMs);
  const stopped = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason), { once: true });
  });
  try {
    const result = await Promise.race([run(ending.signal), stopped]);
    return isFinding(result) ? [{ ...result, id, title }] : result;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      { id, title, verdict: 'not-checked', found: error === late ? `${why}.` : `The check itself failed: ${why}.` },
    ];
  } finally {
    clearTimeout(timer);
  }
}

function isFinding(result: DoctorFinding | readonly DoctorCheck[]): result is DoctorFinding {
  return !Array.isArray(result);
}
