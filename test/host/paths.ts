import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the project, found from any bundle below it: `out/host/start.js` and `out/browser/x.test.js` alike. */
export const ROOT = findRoot(__dirname);

/** Where browser tests leave their pictures. */
export const ARTIFACTS = join(ROOT, 'test', 'artifacts');

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'esbuild.mjs'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error(`No project folder above ${__dirname}`);
  return findRoot(parent);
}
