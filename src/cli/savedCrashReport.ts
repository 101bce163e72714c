import { readCrashReport } from '../adapters/crashReports/readCrashReport';
import type { DeviceTool } from '../adapters/logSources/deviceTools';
import type { CrashReport } from '../core/crash/crashReport';

/** The crash report that a log says was saved at this path, or why it cannot be read. */
export type ReadSavedCrash = (path: string) => Promise<CrashReport | string>;

/** A simulator's, which lies on this computer. */
export async function readFromHost(path: string): Promise<CrashReport | string> {
  const report = await readCrashReport(path).catch(() => undefined);
  return report ?? 'It cannot be read there';
}

/** A device's: reads a copy that the tool makes, and removes it. The report stays on the device. */
export function readFromDevice(tool: DeviceTool, udid: string | undefined, signal: AbortSignal): ReadSavedCrash {
  return async (path) => {
    const fetched = await tool.fetchCrashReport(path, { signal, ...(udid !== undefined && { udid }) });
    if (!fetched.ok) return `${fetched.problem.message} ${fetched.problem.remedy}`;
    try {
      return await readFromHost(fetched.value.path);
    } finally {
      await fetched.value.dispose();
    }
  };
}
