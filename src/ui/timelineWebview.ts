import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { connectTimeline, type TimelineConnection, type TimelineConnectionOptions } from './timelineConnection';
import { timelineHtml } from './timelineHtml';

export interface TimelineWebviewOptions extends Omit<TimelineConnectionOptions, 'post' | 'onUnknown'> {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

/** Shows a timeline in a panel, until the panel is closed. */
export function showTimeline(panel: vscode.WebviewPanel, options: TimelineWebviewOptions): TimelineConnection {
  const { extensionUri, log } = options;
  const { webview } = panel;
  const connection = connectTimeline({
    ...options,
    post: (message) => void webview.postMessage(message),
    onUnknown: (message) => log.warn(`Ignored a message of the timeline: ${JSON.stringify(message)}`),
  });
  webview.onDidReceiveMessage(connection.receive);
  panel.onDidChangeViewState(() => {
    if (!panel.visible) connection.lose();
  });
  panel.onDidDispose(() => connection.dispose());
  const localResourceRoots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
  webview.options = { enableScripts: true, localResourceRoots };
  webview.html = pageFor(webview, extensionUri);
  return connection;
}

function pageFor(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const resource = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', file)).toString();
  return timelineHtml({
    script: resource('timeline.js'),
    style: resource('timeline.css'),
    cspSource: webview.cspSource,
    nonce: randomBytes(16).toString('base64url'),
  });
}
