import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file for a machine-readable report: relative to `cwd` with `/` when it lies there, else `file:///…`; encoded. */
export function sourceUri(file: string, cwd: string): string {
  const path = resolve(cwd, file);
  const inside = relative(cwd, path);
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    return pathToFileURL(path).href;
  }
  // A first part with a colon would read as a scheme: encodeURIComponent writes it as %3A.
  return inside.split(sep).map(encodeURIComponent).join('/');
}
