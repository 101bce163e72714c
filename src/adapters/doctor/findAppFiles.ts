import { readdir } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** The files of an app's folder that say what it may do. Paths relative to the folder, with `/`, shallow ones first. */
export interface AppFiles {
  readonly infoPlists: readonly string[];
  readonly entitlements: readonly string[];
  /** `project.pbxproj` files. */
  readonly projects: readonly string[];
  readonly xcconfigs: readonly string[];
}

// What others wrote, and what is built.
const SKIPPED: ReadonlySet<string> = new Set(['Pods', 'node_modules', 'build', 'Carthage', 'DerivedData', 'vendor']);
const SKIPPED_SUFFIX = /\.(?:app|bundle|framework|xcarchive|xcassets|xcframework|symlinks)$/;
const MAX_DEPTH = 8;
const MAX_FOLDERS = 5_000;

/** Looks through a folder, its subfolders eight deep, without following links. Rejects when the folder itself cannot be read. */
export async function findAppFiles(folder: string, signal: AbortSignal): Promise<AppFiles> {
  const files: string[] = [];
  // Breadth first: an app's own files are not deep, so that a huge tree costs no more than its top.
  let level: readonly string[] = [''];
  let folders = 0;
  for (let depth = 0; depth <= MAX_DEPTH && folders + level.length <= MAX_FOLDERS; depth += 1) {
    folders += level.length;
    const below: string[] = [];
    for (const path of level) {
      signal.throwIfAborted();
      const entries = await readEntries(folder, path);
      files.push(...entries.files);
      below.push(...entries.folders);
    }
    level = below;
  }
  return {
    infoPlists: files.filter((path) => /info\.plist$/i.test(path)),
    entitlements: files.filter((path) => path.endsWith('.entitlements')),
    projects: files.filter((path) => posix.basename(path) === 'project.pbxproj'),
    xcconfigs: files.filter((path) => path.endsWith('.xcconfig')),
  };
}

interface Entries {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

async function readEntries(folder: string, path: string): Promise<Entries> {
  try {
    const entries = await readdir(join(folder, path), { withFileTypes: true });
    const sorted = entries.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const pathOf = ({ name }: { readonly name: string }): string => (path === '' ? name : `${path}/${name}`);
    return {
      files: sorted.filter((entry) => entry.isFile()).map(pathOf),
      folders: sorted.filter((entry) => entry.isDirectory() && !isSkipped(entry.name)).map(pathOf),
    };
  } catch (error) {
    if (path === '') throw error;
    return { files: [], folders: [] };
  }
}

function isSkipped(name: string): boolean {
  return name.startsWith('.') || SKIPPED.has(name) || SKIPPED_SUFFIX.test(name);
}
