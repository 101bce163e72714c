import * as vscode from 'vscode';
import { proxyFor } from '../core/apns/proxy';

/** The HTTP proxy of VS Code's settings, else of the environment, for an address; `undefined` is none. */
export function proxyOfSettings(origin: string): string | undefined {
  const http = vscode.workspace.getConfiguration('http');
  if (http.get('proxySupport') === 'off') return undefined;
  const { env } = process;
  const noProxy = http.get<readonly string[]>('noProxy') ?? [];
  const fromEnvironment = (env['NO_PROXY'] ?? env['no_proxy'] ?? '').split(',').filter((rule) => rule.trim() !== '');
  return proxyFor(origin, {
    proxy: http.get<string>('proxy') || env['HTTPS_PROXY'] || env['https_proxy'],
    noProxy: noProxy.length > 0 ? noProxy : fromEnvironment,
  });
}
