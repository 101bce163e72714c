import type { CancelSignal, PushOutcome } from '../../core/ports';
import { readAppList } from '../../core/simulators/appList';
import { parseDeviceList } from '../../core/simulators/deviceList';
import { explainSimctlExit } from '../../core/simulators/exitCodes';
import type { Simulator, SimulatorApp } from '../../core/simulators/simulator';
import { explainXcrunFailure } from '../../core/simulators/xcrunProblem';
import type { ToolProblem, ToolResult } from '../../core/toolResult';
import type { LogCommand } from '../logSources/logSource';
import { parsePropertyList } from './propertyList';
import { runTool } from './runTool';
import { isUdid, NO_UDID, pushWithSimctl } from './simctlPush';
import { problemOfRun } from './simctlRun';

/** `xcrun simctl` as this product needs it. Never a shell, never throws, and always a UDID. */
export interface Simctl {
  /** All simulators, the booted ones first. */
  list(signal?: CancelSignal): Promise<ToolResult<readonly Simulator[]>>;
  /** The apps the user installed on a booted simulator, by name. */
  listApps(udid: string, signal?: CancelSignal): Promise<ToolResult<readonly SimulatorApp[]>>;
  /**
   * Sends a payload to an app as a remote notification. The payload is completed as `prepareSimctlPayload` does, which
   * gives the sentences to say before. `rejected` carries the exit code and what simctl printed; `failed` the codes of
   * `ToolProblem`, besides `udid`, `bundle-id`, `payload`, `timeout` and `cancelled`.
   */
  push(input: SimctlPush, signal?: CancelSignal): Promise<PushOutcome>;
  /** The command that prints the log of a booted simulator, a JSON object a line, until it is stopped. */
  logCommand(udid: string, predicate: string): LogCommand;
}

export interface SimctlPush {
  readonly udid: string;
  /** Wins over the one in the payload. */
  readonly bundleId: string;
  readonly payload: string;
}

export interface SimctlOptions {
  /** `DEVELOPER_DIR` in it chooses the Xcode. */
  readonly env?: NodeJS.ProcessEnv;
  readonly xcrun?: string;
  readonly plutil?: string;
  /** For each command: the first one after a start of the Mac can take many seconds. */
  readonly timeoutMs?: number;
}

/** Runs nothing until it is asked to. */
export function createSimctl(options: SimctlOptions = {}): Simctl {
  const { env = process.env, xcrun = 'xcrun', plutil = 'plutil', timeoutMs = 60_000 } = options;

  const run = (args: readonly string[], signal: CancelSignal | undefined) =>
    runTool(xcrun, ['simctl', ...args], { env, timeoutMs, signal });

  const print = async (args: readonly string[], signal?: CancelSignal): Promise<ToolResult<string>> => {
    const ended = await run(args, signal);
    if (ended.kind !== 'exited') return { ok: false, problem: problemOfRun(ended, timeoutMs) };
    if (ended.exitCode === 0) return { ok: true, value: ended.stdout };
    const problem = explainXcrunFailure(ended.exitCode, ended.stderr, env['DEVELOPER_DIR']);
    return { ok: false, problem: problem ?? simctlProblem(ended.exitCode, ended.stderr) };
  };

  return {
    async list(signal) {
      const printed = await print(['list', 'devices', '-j'], signal);
      if (!printed.ok) return printed;
      const value = parseDeviceList(printed.value);
      return value === undefined ? { ok: false, problem: unreadable('list devices -j') } : { ok: true, value };
    },
    async listApps(udid, signal) {
      if (!isUdid(udid)) return { ok: false, problem: NO_UDID };
      const printed = await print(['listapps', udid], signal);
      if (!printed.ok) return printed;
      const value = readAppList(await parsePropertyList(printed.value, plutil, { env, timeoutMs, signal }));
      return value === undefined ? { ok: false, problem: unreadable(`listapps ${udid}`) } : { ok: true, value };
    },
    push: (input, signal) =>
      pushWithSimctl(input, {
        run: (args) => run(args, signal),
        timeoutMs,
        developerDir: env['DEVELOPER_DIR'],
      }),
    logCommand(udid, predicate) {
      const log = ['log', 'stream', '--style', 'ndjson', '--level', 'debug', '--predicate', predicate];
      return {
        command: xcrun,
        args: ['simctl', 'spawn', udid, ...log],
        ...(options.env !== undefined && { env: worldOf(options.env) }),
        format: 'ndjson',
      };
    },
  };
}

/** What finds xcrun and chooses the Xcode. */
function worldOf(env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const { PATH: path, DEVELOPER_DIR: developerDir } = env;
  return {
    ...(path !== undefined && { PATH: path }),
    ...(developerDir !== undefined && { DEVELOPER_DIR: developerDir }),
  };
}

function simctlProblem(exitCode: number, stderr: string): ToolProblem {
  const { meaning, remedy, said } = explainSimctlExit(exitCode, stderr);
  return {
    code: `exit-${exitCode}`,
    message: said === undefined ? meaning : `${meaning} simctl said: ${said}`,
    remedy,
  };
}

function unreadable(command: string): ToolProblem {
  return {
    code: 'unreadable',
    message: `What simctl ${command} printed could not be read.`,
    remedy: `Run xcrun simctl ${command} in a terminal. If it prints a list there, please report it with the version of Xcode.`,
  };
}
