import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * What VS Code calls inside its extension host, headless and on the desktop: runs every in-host test with Mocha. A
 * rejection makes the host exit with code 1. VS Code answers 0 for a host that died, so a file tells what really ran.
 */
export async function run(): Promise<void> {
  const tee = process.env['VSCODE_TEST_OUTPUT_FILE'];
  if (tee) {
    // In the headless host the console arrives mixed into VS Code's own log.
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(tee, `${format(...args)}\n`);
  }
  const grep = process.env['VOIP_PUSH_GREP'];
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 30_000, ...(grep ? { grep } : {}) });
  for (const file of testFiles(join(__dirname, '..', 'vscode'))) mocha.addFile(file);
  const outcome = { tests: 0, failures: 0, pending: 0 };
  await new Promise<void>((resolve) => {
    const runner = mocha.run(() => resolve());
    runner.on('test end', () => {
      outcome.tests += 1;
    });
    runner.on('pending', () => {
      outcome.pending += 1;
    });
    runner.on('fail', () => {
      outcome.failures += 1;
    });
  });
  const proof = process.env['VSCODE_TEST_RESULT_FILE'];
  if (proof) writeFileSync(proof, JSON.stringify(outcome));
  if (outcome.failures > 0) throw new Error(`${outcome.failures} tests failed`);
  if (outcome.tests === outcome.pending) throw new Error('No test ran');
}

function testFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.vscode-test.js'))
    .sort()
    .map((name) => join(folder, name));
}
