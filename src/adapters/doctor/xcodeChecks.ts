import { stat } from 'node:fs/promises';
import type { DoctorFinding } from '../../core/doctor/doctorReport';
import type { DoctorWorld } from './doctorWorld';
import { firstLine, runTool } from './runTool';

type XcodeWorld = Pick<DoctorWorld, 'platform' | 'env'>;

const LINK = 'https://developer.apple.com/library/archive/technotes/tn2339/_index.html';
const NO_MAC: DoctorFinding = { verdict: 'not-checked', found: 'Not available here: simulators need a Mac.' };
const SELECT_FIX =
  'Install Xcode, open it once, and run: sudo xcode-select --switch /Applications/Xcode.app/Contents/Developer. Or set DEVELOPER_DIR to that folder.';

/** Which Xcode the command line uses: `DEVELOPER_DIR`, else what `xcode-select -p` prints. */
export async function checkDeveloperFolder({ platform, env }: XcodeWorld, signal: AbortSignal): Promise<DoctorFinding> {
  if (platform !== 'darwin') return NO_MAC;
  const chosen = env['DEVELOPER_DIR'];
  if (chosen !== undefined && chosen !== '') return judgeFolder(chosen, 'DEVELOPER_DIR is', await isFolder(chosen));
  const run = await runTool('xcode-select', ['-p'], { env }, signal);
  switch (run.kind) {
    case 'not-found':
      return problem('xcode-select is not on PATH.');
    case 'failed':
      return problem(`xcode-select ${run.why}.`);
    case 'ended': {
      const folder = firstLine(run.stdout);
      // xcode-select: error: unable to get active developer directory, use `sudo xcode-select --switch path/to/Xcode.app` …
      if (run.exitCode !== 0 || folder === undefined) {
        return problem(`xcode-select knows no Xcode: ${firstLine(run.stderr) ?? `exit code ${run.exitCode}`}`);
      }
      return judgeFolder(folder, 'xcode-select says', await isFolder(folder));
    }
  }
}

function judgeFolder(folder: string, who: string, exists: boolean): DoctorFinding {
  if (!exists) return problem(`${who} ${folder}, and there is no such folder.`);
  // /Library/Developer/CommandLineTools
  if (/\/CommandLineTools\/?$/.test(folder)) {
    return problem(`${who} ${folder}: the Command Line Tools alone, which have no simctl.`);
  }
  return { verdict: 'ok', found: `${who} ${folder}.`, link: LINK };
}

/** Whether `xcrun simctl` runs. Its own help says what it can push. */
export async function checkSimctl({ platform, env }: XcodeWorld, signal: AbortSignal): Promise<DoctorFinding> {
  if (platform !== 'darwin') return NO_MAC;
  const run = await runTool('xcrun', ['simctl', 'help'], { env }, signal);
  switch (run.kind) {
    case 'not-found':
      return problem('xcrun is not on PATH.');
    case 'failed':
      return problem(`xcrun ${run.why}.`);
    case 'ended': {
      if (run.exitCode === 0) return { verdict: 'ok', found: 'xcrun simctl runs.', link: LINK };
      // xcrun: error: unable to find utility "simctl", not a developer tool or in PATH
      const said = firstLine(run.stderr, run.stdout) ?? 'it says nothing';
      const found = `xcrun simctl help exits with ${run.exitCode}: ${said}`;
      // You have not agreed to the Xcode license agreements. Please run 'sudo xcodebuild -license' …
      return /license/i.test(run.stderr) ? problem(found, 'Run: sudo xcodebuild -license') : problem(found);
    }
  }
}

function problem(found: string, fix = SELECT_FIX): DoctorFinding {
  return { verdict: 'problem', found, fix, link: LINK };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}
