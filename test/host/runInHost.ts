import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { ROOT } from './paths';

// Runs the in-host tests in $VSCODE_EXECUTABLE; else in the headless host (VSCODE_HOST=headless, or a Linux without a
// display); else in the desktop VS Code that @vscode/test-electron downloads. The tests see a copy of demo/.

const wantsHeadless =
  process.env['VSCODE_HOST'] === 'headless' ||
  (!process.env['VSCODE_HOST'] && process.platform === 'linux' && !process.env['DISPLAY']);

async function main(): Promise<number> {
  const workDir = mkdtempSync(join(tmpdir(), 'vpt-'));
  const workspace = join(workDir, 'demo');
  try {
    cpSync(join(ROOT, 'demo'), workspace, { recursive: true });
    const executable =
      process.env['VSCODE_EXECUTABLE'] ?? (wantsHeadless ? join(__dirname, 'vscodeHeadless.js') : undefined);
    return await runTests({
      ...(executable ? { vscodeExecutablePath: executable } : {}),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: join(__dirname, 'index'),
      // Folders of its own: no settings of an earlier run, and nothing left in the project's folder.
      launchArgs: [
        workspace,
        '--disable-extensions',
        `--user-data-dir=${join(workDir, 'user')}`,
        `--extensions-dir=${join(workDir, 'extensions')}`,
      ],
    });
  } catch (error) {
    console.error(String(error));
    return 1;
  } finally {
    rmSync(workDir, { recursive: true, force: true });
  }
}

void main().then((code) => process.exit(code));
