/**
 * Why the system did not give a file, to complete “Cannot read FILE: …”. `ifFolder` says what to name in place of a folder,
 * for example `Name a payload file.`
 */
export function whyUnreadable(error: unknown, ifFolder: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
      return 'there is no such file.';
    case 'ENOTDIR':
      return 'a part of its path is a file, not a folder.';
    case 'EISDIR':
      return `it is a folder. ${ifFolder}`;
    case 'EACCES':
    case 'EPERM':
      return 'its permissions do not allow it.';
    case 'ELOOP':
      return 'its symbolic links lead in a circle.';
    case 'ENAMETOOLONG':
      return 'its name is too long.';
    case 'EIO':
      return 'the disk failed.';
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
