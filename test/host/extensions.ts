import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installHost } from './install';
import { dataFolder, extensionsFolder } from './server';

/** Makes the server that will run in `workDir` have an extension: a packaged one, or a built one by its folder. */
export async function installExtension(extension: string, workDir: string): Promise<void> {
  if (extension.endsWith('.vsix')) await installVsix(extension, workDir);
  else copyExtension(extension, workDir);
}

async function installVsix(vsix: string, workDir: string): Promise<void> {
  const host = await installHost((line) => console.error(line));
  const { status, stdout, stderr } = spawnSync(
    host.node,
    [
      ...[host.serverMain, '--accept-server-license-terms', '--server-data-dir', dataFolder(workDir)],
      ...['--extensions-dir', extensionsFolder(workDir), '--install-extension', resolve(vsix), '--force'],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0 || !stdout.includes('was successfully installed')) {
    throw new Error(`Installing ${vsix} failed (${status})\n${stdout}${stderr}`);
  }
}

/**
 * Puts what would be packaged into the server's extensions. VS Code takes what it finds there at its first start. It is
 * a copy because VS Code writes into the manifests of its extensions and deletes old ones.
 */
function copyExtension(extension: string, workDir: string): void {
  const copy = join(extensionsFolder(workDir), 'voip-push.voip-push-debugger');
  mkdirSync(copy, { recursive: true });
  const packaged = packagedNames(extension);
  for (const name of readdirSync(extension).filter((entry) => packaged.some((pattern) => pattern.test(entry)))) {
    cpSync(join(extension, name), join(copy, name), { recursive: true });
  }
}

/** The top level of what `.vscodeignore` lets into the package: it excludes everything and names exceptions. */
function packagedNames(extension: string): readonly RegExp[] {
  return readFileSync(join(extension, '.vscodeignore'), 'utf8')
    .split('\n')
    .map((line) => /^!([^/\s]+)/.exec(line)?.[1])
    .filter((name) => name !== undefined)
    .map((name) => new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`));
}
