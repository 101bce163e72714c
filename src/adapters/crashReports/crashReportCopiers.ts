import type { CancelSignal } from '../../core/ports';
import type { ToolRun } from '../simulators/runTool';
import type { CrashReportCopier } from './fetchCrashReport';

/** Runs the tool that reads the device's log, or another program beside it. */
export type RunDeviceTool = (args: readonly string[], signal?: CancelSignal, program?: string) => Promise<ToolRun>;

/**
 * `idevicecrashreport` beside idevicesyslog. Without `--keep` it would remove the reports from the device; releases
 * before 2020 have no `--filter` and copy all.
 * https://github.com/libimobiledevice/libimobiledevice/blob/master/tools/idevicecrashreport.c
 */
export function idevicecrashreport(idevicesyslog: string, run: RunDeviceTool, udid?: string): CrashReportCopier {
  const program = idevicesyslog.replace(/idevicesyslog(\.exe)?$/i, 'idevicecrashreport$1');
  return {
    name: 'idevicecrashreport',
    async copy(reportName, folder, signal) {
      const help = await run(['--help'], signal, program);
      if (help.kind !== 'exited') return help;
      const filter = says(help, '--filter') ? ['--filter', reportName] : [];
      const device = udid === undefined ? [] : ['--udid', udid];
      return await run(['--keep', ...device, ...filter, folder], signal, program);
    },
  };
}

/**
 * `pymobiledevice3 crash pull`, after the system was asked to move new reports to where it looks. Reports stay unless
 * `--erase` is given. The path of a report is an argument in old releases and an option in new ones; both have `--match`.
 * https://github.com/doronz88/pymobiledevice3/blob/master/pymobiledevice3/cli/crash.py
 */
export function pymobiledevice3Crash(run: RunDeviceTool, udid?: string): CrashReportCopier {
  const device = udid === undefined ? [] : ['--udid', udid];
  return {
    name: 'pymobiledevice3',
    async copy(reportName, folder, signal) {
      const flushed = await run(['crash', 'flush', ...device], signal);
      if (flushed.kind !== 'exited') return flushed;
      // Example-2026-09-08-101134.ips → ^Example-2026-09-08-101134\.ips$
      const pattern = `^${reportName.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')}$`;
      return await run(['crash', 'pull', folder, '--match', pattern, ...device], signal);
    },
  };
}

/**
 * `ios crash cp`, which copies what fits a pattern of file names and removes nothing.
 * https://github.com/danielpaulus/go-ios/blob/main/ios/crashreport/crashreport.go
 */
export function goIosCrash(run: RunDeviceTool, udid?: string): CrashReportCopier {
  return {
    name: 'go-ios',
    copy(reportName, folder, signal) {
      const pattern = reportName.replace(/[*?[\]\\]/g, '?');
      return run(['crash', 'cp', pattern, folder, ...(udid === undefined ? [] : [`--udid=${udid}`])], signal);
    },
  };
}

function says(run: ToolRun, words: string): boolean {
  return run.kind === 'exited' && `${run.stdout}\n${run.stderr}`.includes(words);
}
