import { resolve } from 'node:path';

/** What a workbench window is to show and to run. */
export interface WindowContent {
  /** A folder or a `.code-workspace` file; without one the window is empty. */
  readonly target?: string | undefined;
  readonly extensionDevelopmentPaths?: readonly string[];
  readonly extensionTestsPath?: string | undefined;
  readonly connectionToken?: string | undefined;
}

/** The address at which a VS Code server shows a window with that content. */
export function workbenchUrl(
  server: { readonly origin: string; readonly authority: string },
  content: WindowContent,
): string {
  const remote = (path: string): string => {
    const segments = resolve(path).replaceAll('\\', '/').replace(/^\/?/, '/').split('/');
    return `vscode-remote://${server.authority}${segments.map(encodeURIComponent).join('/')}`;
  };
  const payload = [
    ...(content.extensionDevelopmentPaths ?? []).map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(content.extensionTestsPath ? [['extensionTestsPath', remote(content.extensionTestsPath)]] : []),
    ...[
      ['skipWelcome', 'true'],
      ['skipReleaseNotes', 'true'],
    ],
  ];
  const query = new URLSearchParams();
  if (content.connectionToken) query.set('tkn', content.connectionToken);
  if (!content.target) query.set('ew', 'true');
  else query.set(content.target.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(content.target));
  query.set('payload', JSON.stringify(payload));
  return `${server.origin}/?${query}`;
}
