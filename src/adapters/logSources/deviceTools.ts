import type { CancelSignal } from '../../core/ports';
import type { ToolResult } from '../../core/toolResult';
import { goIosCrash, idevicecrashreport, pymobiledevice3Crash } from '../crashReports/crashReportCopiers';
import {
  type CrashReportCopier,
  type FetchedCrashReport,
  type FetchOptions,
  fetchCrashReport,
} from '../crashReports/fetchCrashReport';
import { runTool, type ToolRun } from '../simulators/runTool';
import { type ConnectedDevice, readGoIosDevices, readIdeviceIds, readUsbmuxDevices } from './deviceLists';
import type { LogCommand } from './logSource';

export const DEVICE_TOOL_KINDS = ['pymobiledevice3', 'idevicesyslog', 'go-ios'] as const;
/** Tools that print a device's log; those that say most of each line first. */
export type DeviceToolKind = (typeof DEVICE_TOOL_KINDS)[number];

/** A tool that was found and runs. */
export interface DeviceTool {
  readonly kind: DeviceToolKind;
  /** The program: its path, or its name on PATH. */
  readonly command: string;
  /** As the tool says it, for example `1.4.0`. */
  readonly version: string;
  /** Prints the log of this device, or of the only one, until it is stopped. */
  logCommand(udid?: string): LogCommand;
  listDevices(signal?: CancelSignal): Promise<ToolResult<readonly ConnectedDevice[]>>;
  /** Copies a crash report that the log tells of; it stays on the device, too. */
  fetchCrashReport(
    devicePath: string,
    options?: FetchOptions & { readonly udid?: string },
  ): Promise<ToolResult<FetchedCrashReport>>;
}

export interface DeviceToolOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Paths from settings; what has none is looked for on PATH. */
  readonly paths?: { readonly [K in DeviceToolKind]?: string };
  /** For each command; Python takes seconds to start. */
  readonly timeoutMs?: number;
}

/** The tools there are, the best one first: it is the one to take unless the user chose another. */
export async function findDeviceTools(
  options: DeviceToolOptions = {},
  signal?: CancelSignal,
): Promise<readonly DeviceTool[]> {
  const found = await Promise.all(DEVICE_TOOL_KINDS.map((kind) => FINDERS[kind](toolRunner(kind, options, signal))));
  return found.filter((tool) => tool !== undefined);
}

interface ToolRunner {
  readonly command: string;
  /** The environment as the log's command needs it. */
  readonly env: LogCommand['env'];
  /** Runs the tool, or another program beside it. */
  run(args: readonly string[], signal?: CancelSignal, program?: string): Promise<ToolRun>;
  /** The same for what copies from the device, which takes its time. */
  copy(args: readonly string[], signal?: CancelSignal, program?: string): Promise<ToolRun>;
}

const PROGRAMS: { readonly [K in DeviceToolKind]: string } = {
  pymobiledevice3: 'pymobiledevice3',
  idevicesyslog: 'idevicesyslog',
  'go-ios': 'ios',
};

function toolRunner(kind: DeviceToolKind, options: DeviceToolOptions, defaultSignal?: CancelSignal): ToolRunner {
  const { env = process.env, paths, timeoutMs = 15_000 } = options;
  const runFor =
    (limitMs: number): ToolRunner['run'] =>
    (args, signal = defaultSignal, program = command) =>
      runTool(program, args, { env, timeoutMs: limitMs, signal });
  const command = paths?.[kind] ?? PROGRAMS[kind];
  const path = env['PATH'];
  return {
    command,
    env: options.env === undefined || path === undefined ? {} : { PATH: path },
    run: runFor(timeoutMs),
    copy: runFor(COPY_TIMEOUT_MS),
  };
}

/** Old tools copy all reports of a device, which are many. */
const COPY_TIMEOUT_MS = 180_000;

function fetchWith(copier: (udid?: string) => CrashReportCopier): DeviceTool['fetchCrashReport'] {
  return (devicePath, { udid, ...options } = {}) => fetchCrashReport(copier(udid), devicePath, options);
}

const FINDERS: { readonly [K in DeviceToolKind]: (tool: ToolRunner) => Promise<DeviceTool | undefined> } = {
  pymobiledevice3: findPymobiledevice3,
  idevicesyslog: findIdevicesyslog,
  'go-ios': findGoIos,
};

async function findPymobiledevice3({ command, env, run, copy }: ToolRunner): Promise<DeviceTool | undefined> {
  const version = versionIn(await run(['version']));
  if (version === undefined) return undefined;
  // Versions of before 2026 print text only.
  const hasJson = said(await run(['syslog', 'live', '--help'])).includes('--format');
  return {
    kind: 'pymobiledevice3',
    command,
    version,
    logCommand: (udid) => ({
      command,
      args: [
        'syslog',
        'live',
        ...(hasJson ? ['--format', 'json'] : []),
        ...(udid === undefined ? [] : ['--udid', udid]),
      ],
      // Python holds output back when nobody looks at it.
      env: { ...env, PYTHONUNBUFFERED: '1' },
      format: hasJson ? 'pymobiledevice3-json' : 'pymobiledevice3-text',
    }),
    listDevices: async (signal) => devicesOf(command, await run(['usbmux', 'list'], signal), readUsbmuxDevices),
    fetchCrashReport: fetchWith((udid) => pymobiledevice3Crash(copy, udid)),
  };
}

async function findIdevicesyslog({ command, env, run, copy }: ToolRunner): Promise<DeviceTool | undefined> {
  const version = versionIn(await run(['--version']));
  if (version === undefined) return undefined;
  const ideviceId = command.replace(/idevicesyslog(\.exe)?$/i, 'idevice_id$1');
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return {
    kind: 'idevicesyslog',
    command,
    version,
    logCommand: (udid) => ({
      command,
      // Never -q: it hides callservicesd, the very process that tells of VoIP pushes.
      args: udid === undefined ? [] : ['-u', udid],
      ...(env !== undefined && { env }),
      format: major > 1 || minor >= 4 ? 'idevicesyslog' : 'idevicesyslog-relay',
    }),
    listDevices: async (signal) => devicesOf(ideviceId, await run(['-l'], signal, ideviceId), readIdeviceIds),
    fetchCrashReport: fetchWith((udid) => idevicecrashreport(command, copy, udid)),
  };
}

async function findGoIos({ command, env, run, copy }: ToolRunner): Promise<DeviceTool | undefined> {
  const version = versionIn(await run(['version']));
  const help = version === undefined ? '' : said(await run(['--help']));
  // `ios` is a name that other programs have, too.
  if (version === undefined || !help.includes('ios syslog')) return undefined;
  const hasOsTrace = help.includes('ios ostrace');
  return {
    kind: 'go-ios',
    command,
    version,
    logCommand: (udid) => ({
      command,
      args: [...(hasOsTrace ? ['ostrace'] : ['syslog', '--parse']), ...(udid === undefined ? [] : [`--udid=${udid}`])],
      ...(env !== undefined && { env }),
      format: 'go-ios-json',
    }),
    listDevices: async (signal) => devicesOf(command, await run(['list', '--details'], signal), readGoIosDevices),
    fetchCrashReport: fetchWith((udid) => goIosCrash(copy, udid)),
  };
}

// idevicesyslog 1.4.0
// {"version":"v1.0.182"}
// 4.27.3
const VERSION = /\bv?(\d+\.\d+(?:\.\d+)?[\w.+-]*)/;

function versionIn(run: ToolRun): string | undefined {
  if (run.kind !== 'exited' || run.exitCode !== 0) return undefined;
  return VERSION.exec(run.stdout)?.[1] ?? VERSION.exec(run.stderr)?.[1] ?? 'unknown';
}

function said(run: ToolRun): string {
  return run.kind === 'exited' ? `${run.stdout}\n${run.stderr}` : '';
}

function devicesOf(
  command: string,
  run: ToolRun,
  read: (stdout: string) => readonly ConnectedDevice[] | undefined,
): ToolResult<readonly ConnectedDevice[]> {
  const devices = run.kind === 'exited' && run.exitCode === 0 ? read(run.stdout) : undefined;
  if (devices !== undefined) return { ok: true, value: devices };
  const words = said(run).trim().split('\n').at(-1) ?? '';
  return {
    ok: false,
    problem: {
      code: run.kind === 'exited' ? 'failed' : run.kind,
      message: `${command} could not list the connected devices${words === '' ? '.' : `: ${words.slice(0, 300)}`}`,
      remedy: 'Connect the device with a cable, unlock it, and confirm that it trusts this computer.',
    },
  };
}
