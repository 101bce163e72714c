import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, posix } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { CancelSignal } from '../../core/ports';
import type { ToolProblem, ToolResult } from '../../core/toolResult';
import type { ToolRun } from '../simulators/runTool';
import { readCrashReport } from './readCrashReport';

// App-2026-09-08-101134.ips, App-2026-09-08-101134.ips.synced: no path, and no option of a tool
const REPORT_NAME = /^[^-\\/\p{Cc}][^\\/\p{Cc}]{0,254}\.(?:ips|crash)(?:\.\w{1,16})?$/iu;

/** How a tool copies one report off a device, and leaves it there. */
export interface CrashReportCopier {
  /** For people, for example `idevicecrashreport`. */
  readonly name: string;
  /** Copies the report of this name into the folder, and perhaps others with it. */
  copy(reportName: string, folder: string, signal?: CancelSignal): Promise<ToolRun>;
}

/** A copy that is on this computer for as long as it is used. */
export interface FetchedCrashReport {
  readonly path: string;
  /** Removes the copy. */
  dispose(): Promise<void>;
}

export interface FetchOptions {
  /** The system moves a report to where tools find it in its own time: how often, and how long apart it is looked for. */
  readonly attempts?: number;
  readonly pauseMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Copies a crash report off a device into a temporary folder that only this user can read. Never throws; what went wrong
 * has left nothing behind.
 * @param devicePath as the log says it: `/var/mobile/Library/Logs/CrashReporter/Example-2026-09-08-101134.ips`.
 */
export async function fetchCrashReport(
  copier: CrashReportCopier,
  devicePath: string,
  options: FetchOptions = {},
): Promise<ToolResult<FetchedCrashReport>> {
  const name = posix.basename(devicePath);
  // The name comes from a log, and becomes an argument and the name of a file.
  if (!REPORT_NAME.test(name)) return { ok: false, problem: unusableName() };
  const folder = await mkdtemp(join(tmpdir(), 'voip-push-crash-')).catch(() => undefined);
  if (folder === undefined) return { ok: false, problem: noFolder() };
  const dispose = () => rm(folder, { recursive: true, force: true });
  const found = await copyInto(folder, copier, name, options).catch(() => noFolder());
  if (typeof found === 'string') return { ok: true, value: { path: found, dispose } };
  await dispose().catch(() => undefined);
  return { ok: false, problem: found };
}

/** The path of the report, or why there is none. */
async function copyInto(
  folder: string,
  copier: CrashReportCopier,
  name: string,
  { attempts = 4, pauseMs = 2_000, signal }: FetchOptions,
): Promise<string | ToolProblem> {
  const found = await copyOnce(folder, copier, name, signal);
  if (typeof found === 'string' || !MAY_PASS.has(found.code) || attempts <= 1) return found;
  const isInTime = await pause(pauseMs, true, { signal }).catch(() => false);
  return isInTime
    ? copyInto(folder, copier, name, { attempts: attempts - 1, pauseMs, ...(signal && { signal }) })
    : cancelled();
}

/** Problems of a moment: the report is not there yet, or the device is busy. */
const MAY_PASS: ReadonlySet<string> = new Set(['missing', 'failed']);

async function copyOnce(
  folder: string,
  copier: CrashReportCopier,
  name: string,
  signal: AbortSignal | undefined,
): Promise<string | ToolProblem> {
  const run = await copier.copy(name, folder, signal);
  if (run.kind === 'cancelled' || signal?.aborted === true) return cancelled();
  const path = await findFile(folder, name);
  // What is still being written is no report yet.
  if (path !== undefined && (await readCrashReport(path)) !== undefined) return path;
  if (run.kind !== 'exited') return notRun(copier, run);
  return run.exitCode === 0 ? missing(copier, name) : failed(copier, run);
}

/** Tools keep the folders of the device. Links are not followed: the device says where they lead. */
async function findFile(folder: string, name: string): Promise<string | undefined> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const file = files.find((each) => each.isFile() && each.name === name);
  return file === undefined ? undefined : join(file.parentPath, file.name);
}

const CONNECT = 'Connect the device with a cable, unlock it, and confirm that it trusts this computer.';

function failed({ name }: CrashReportCopier, { stdout, stderr, exitCode }: ToolRun & { kind: 'exited' }): ToolProblem {
  const words = `${stdout}\n${stderr}`.trim().split('\n').at(-1)?.trim().slice(0, 300);
  const message = `${name} could not copy the crash report: ${words || `exit code ${exitCode}`}`;
  return { code: 'failed', message: /[.!?]$/.test(message) ? message : `${message}.`, remedy: CONNECT };
}

function missing({ name }: CrashReportCopier, report: string): ToolProblem {
  return {
    code: 'missing',
    message: `${name} found no readable report ${report} on the device.`,
    remedy: 'The system may still be moving it: try again in a minute.',
  };
}

function notRun({ name }: CrashReportCopier, run: Exclude<ToolRun, { kind: 'exited' }>): ToolProblem {
  if (run.kind === 'timeout') {
    return { code: 'timeout', message: `${name} took too long to copy the crash report.`, remedy: CONNECT };
  }
  const message = `${name} could not be run to copy the crash report.`;
  return { code: run.kind, message, remedy: 'Install it, or the whole package that it belongs to.' };
}

function cancelled(): ToolProblem {
  return { code: 'cancelled', message: 'Fetching the crash report was cancelled.', remedy: 'Try again when you like.' };
}

function unusableName(): ToolProblem {
  const remedy = 'Fetch it by hand, and open it.';
  return { code: 'name', message: 'The log names a crash report that no tool can be asked for.', remedy };
}

function noFolder(): ToolProblem {
  const remedy = 'See whether the temporary folder of this computer can be written to and has space.';
  return { code: 'folder', message: 'The copy of the crash report could not be written.', remedy };
}
