import type { DoctorCheck } from '../../core/doctor/doctorReport';
import { judgeApp } from '../../core/doctor/judgeApp';
import { readAppFacts } from './readAppFacts';

/** The checks of an app's folder; without one, a single check that says so. Rejects only when the signal aborts. */
export async function checkApp(folder: string | undefined, signal: AbortSignal): Promise<readonly DoctorCheck[]> {
  if (folder === undefined) {
    return [folderCheck('not-checked', 'No folder of an app was named.', 'Name the folder of the iOS app.')];
  }
  try {
    return judgeApp(await readAppFacts(folder, signal));
  } catch (error) {
    signal.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    return [folderCheck('problem', `The folder cannot be read: ${why}.`, 'Name the folder of the iOS app.')];
  }
}

function folderCheck(verdict: 'not-checked' | 'problem', found: string, fix: string): DoctorCheck {
  return { id: 'app-folder', title: 'App folder', verdict, found, fix };
}
