import { open } from 'node:fs/promises';
import type { CrashReport } from '../../core/crash/crashReport';
import { parseCrashReport } from '../../core/crash/parseCrashReport';

/** No crash report comes near it. */
const MAX_REPORT_BYTES = 32 * 1024 * 1024;

/**
 * The crash report in this file; `undefined` when it holds something else. Rejects with the system's error when the
 * file cannot be read.
 */
export async function readCrashReport(path: string): Promise<CrashReport | undefined> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    return size > MAX_REPORT_BYTES ? undefined : parseCrashReport(await file.readFile('utf8'));
  } finally {
    await file.close();
  }
}
