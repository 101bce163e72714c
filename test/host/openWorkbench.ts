import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workbenchUrl } from './address';
import { launchBrowser } from './browser';
import { whenToldToEnd } from './endings';
import { installExtension } from './extensions';
import { ROOT } from './paths';
import { type Settings, startServer } from './server';
import { Workbench } from './workbench';

/** What a test's window is to be like. */
export interface WorkbenchOptions {
  /** This folder's content is copied, and the window shows the copy: a test cannot dirty the repository. */
  readonly folder?: string;
  /** Files to write into the window's folder, by their path in it. */
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: Settings;
  /** The extension's folder, or a `.vsix` to install. Default: $VOIP_PUSH_VSIX, else this project's folder. */
  readonly extension?: string;
  /** `restricted` opens the folder in Restricted Mode. */
  readonly trust?: 'trusted' | 'restricted';
  readonly deviceScaleFactor?: number;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** For the extension host and what it starts. */
  readonly env?: NodeJS.ProcessEnv;
  /** Names the picture that a failing test leaves. */
  readonly name?: string;
}

/** Opens a window for one test, hands it over and closes it; a failure leaves a picture and says where the logs are. */
export async function withWorkbench(
  options: WorkbenchOptions,
  use: (workbench: Workbench) => Promise<void>,
): Promise<void> {
  const workbench = await openWorkbench(options);
  try {
    await use(workbench);
  } catch (error) {
    const picture = await workbench.screenshot(`failure-${options.name ?? 'workbench'}`).catch(() => 'no picture');
    console.error(`The window when it failed: ${picture}; the server's log: ${workbench.server.logFile}`);
    await workbench.close({ keepLogs: true });
    throw error;
  }
  await workbench.close();
}

/**
 * Opens a real VS Code window with the extension and waits until it is ready for use. The caller closes it.
 * @public for tests that share one window.
 */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const workDir = mkdtempSync(join(tmpdir(), 'vsw-'));
  const folder = makeFolder(workDir, options);
  await installExtension(options.extension ?? process.env['VOIP_PUSH_VSIX'] ?? ROOT, workDir);
  // A runner that gives up on this process must not leave a server behind: leaving by exit() ends it.
  whenToldToEnd(() => process.exit(130));
  const server = await startServer({
    workDir,
    ...(options.settings ? { settings: options.settings } : {}),
    ...(options.trust ? { trust: options.trust } : {}),
    ...(options.env ? { env: options.env } : {}),
    onProgress: (line) => console.error(line),
  });
  try {
    const { browser, context } = await launchBrowser({
      ...(options.deviceScaleFactor ? { deviceScaleFactor: options.deviceScaleFactor } : {}),
      ...(options.viewport ? { viewport: options.viewport } : {}),
      // What a test copies it may want to read back.
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const workbench = new Workbench({ page, browser, server, folder, workDir });
    await page.goto(workbenchUrl(server, { target: folder }), { timeout: 120_000 });
    await workbench.whenReady();
    return workbench;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function makeFolder(workDir: string, { folder, files = {} }: WorkbenchOptions): string {
  const copy = join(workDir, 'workspace');
  mkdirSync(copy);
  if (folder) cpSync(folder, copy, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, name)), { recursive: true });
    writeFileSync(join(copy, name), text);
  }
  return copy;
}
