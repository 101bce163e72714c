import { basename, dirname } from 'node:path';

/** Gives files the names that their logs have in events. */
export type NameSource = (path: string) => string;

/** The file's name; where another file has it already, with its folder's, or else the whole path. */
export function createSourceNames(): NameSource {
  const paths = new Map<string, string>();
  return (path) => {
    const name = basename(path);
    const free =
      [name, `${basename(dirname(path))}/${name}`].find((each) => (paths.get(each) ?? path) === path) ?? path;
    paths.set(free, path);
    return free;
  };
}
