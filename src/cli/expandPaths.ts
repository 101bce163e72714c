import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { isAbsolute, join, parse, resolve, sep } from 'node:path';
import { CliError } from './exitCode';
import { expandBraces, hasWildcards, type PatternPart, patternPart } from './globPattern';
import { STDIN } from './stdinText';

/**
 * The files that paths and patterns name, in the order given and those of a pattern in the order of their names.
 * A path that exists is taken as it is, whatever characters it has. Throws a `CliError` for a pattern that no file
 * matches, and for an empty path, as an unset variable of a script leaves it.
 */
export async function expandPaths(paths: readonly string[], cwd: string): Promise<readonly string[]> {
  const expanded: string[] = [];
  for (const path of paths) {
    if (path === '') throw new CliError('An empty path was given. Name a file, or - for stdin.');
    if (path === STDIN || !hasWildcards(path) || (await exists(resolve(cwd, path)))) expanded.push(path);
    else expanded.push(...(await matching(path, cwd)));
  }
  return expanded;
}

async function matching(pattern: string, cwd: string): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const alternative of expandBraces(pattern)) {
    for (const path of await pathsOf(alternative, cwd)) if (await isFile(resolve(cwd, path))) found.add(path);
  }
  if (found.size > 0) return [...found].sort();
  throw new CliError(`No file matches ${pattern}. Check the pattern; it is looked for in ${cwd}.`);
}

/** Everything that a pattern without braces may mean, part by part; relative to `cwd` when the pattern is. */
async function pathsOf(pattern: string, cwd: string): Promise<readonly string[]> {
  // On Windows, too, a pattern may be written with slashes.
  const plain = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const root = isAbsolute(plain) ? parse(plain).root : '';
  const names = plain
    .slice(root.length)
    .split('/')
    .filter((name) => name !== '' && name !== '.');
  // `logs/**` alone means the files in all of the folders.
  if (names.at(-1) === '**') names.push('*');
  let paths: readonly string[] = [root];
  for (const name of names) {
    const part = patternPart(name);
    paths = (await Promise.all(paths.map((path) => nextPaths(path, part, cwd)))).flat();
  }
  return paths;
}

async function nextPaths(path: string, part: PatternPart, cwd: string): Promise<readonly string[]> {
  switch (part.kind) {
    case 'name':
      return [join(path, part.name)];
    case 'any-folders':
      return await foldersBelow(path, cwd);
    case 'pattern': {
      const entries = await entriesOf(path, cwd);
      return entries.filter(({ name }) => part.matches(name)).map(({ name }) => join(path, name));
    }
  }
}

/** The folder itself and all in it, but for hidden ones; links to folders are not followed. */
async function foldersBelow(folder: string, cwd: string): Promise<readonly string[]> {
  const entries = await entriesOf(folder, cwd);
  const folders = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'));
  const below = await Promise.all(folders.map(({ name }) => foldersBelow(join(folder, name), cwd)));
  return [folder, ...below.flat()];
}

/** Nothing in what is no folder, or cannot be read: what matches elsewhere counts. */
async function entriesOf(folder: string, cwd: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(resolve(cwd, folder), { withFileTypes: true });
  } catch {
    return [];
  }
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
