import { spawn, spawnSync } from 'node:child_process';

/** The oldest release of VS Code that the extension runs in. */
const OLDEST = [1, 101] as const;

/** Whether a person can see windows of this machine: without a display, a desktop program only fails. */
function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/** Whether `code` on the PATH is a desktop VS Code that works and is new enough. */
export function hasDesktopCode(): boolean {
  // Inside a remote terminal `code` talks to a window elsewhere and knows no development extensions.
  if (!hasDisplay() || process.env['VSCODE_IPC_HOOK_CLI']) return false;
  const { status, stdout } = spawnSync('code', ['--version'], {
    encoding: 'utf8',
    timeout: 15_000,
    shell: process.platform === 'win32',
  });
  const [, major, minor] = /^(\d+)\.(\d+)\./.exec(stdout ?? '') ?? [];
  return status === 0 && (Number(major) > OLDEST[0] || Number(minor) >= OLDEST[1]);
}

/** Opens a window of the desktop VS Code with the extension and waits until the window is closed. */
export async function runDesktopCode(extension: string, folder: string): Promise<number> {
  const windows = process.platform === 'win32';
  const quoted = (path: string): string => (windows ? `"${path}"` : path);
  const child = spawn(
    'code',
    ['--new-window', '--wait', `--extensionDevelopmentPath=${quoted(extension)}`, quoted(folder)],
    { stdio: 'inherit', shell: windows },
  );
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/** Shows an address in the person's browser if there is one. Nothing depends on it. */
export function openInBrowser(url: string): void {
  if (!hasDisplay() || process.env['CI'] || process.env['VOIP_PUSH_NO_BROWSER']) return;
  const [program, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['rundll32', 'url.dll,FileProtocolHandler', url]
        : ['xdg-open', url];
  if (!program) return;
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', () => {});
  child.unref();
}
