import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { TIMELINE_PANEL_ID } from './contributions';
import { connectTimeline, type TimelineConnection, type TimelineConnectionOptions } from './timelineConnection';
import { timelineHtml } from './timelineHtml';

export interface TimelinePanelOptions extends Omit<TimelineConnectionOptions, 'post' | 'onUnknown'> {
  readonly extensionUri: vscode.Uri;
  readonly log: vscode.LogOutputChannel;
}

export interface OpenTimelineOptions {
  /** Delivery to select. */
  readonly select?: string;
  /** That delivery was just sent from here: following the arrivals goes on. */
  readonly isNew?: boolean;
  /** Leave the focus where it is. */
  readonly preserveFocus?: boolean;
}

/** The one timeline of the window. */
export interface TimelinePanel extends vscode.Disposable {
  open(options?: OpenTimelineOptions): void;
}

interface Opened {
  readonly panel: vscode.WebviewPanel;
  readonly connection: TimelineConnection;
}

/** Opens on demand, and comes back after a reload of the window. */
export function createTimelinePanel(options: TimelinePanelOptions): TimelinePanel {
  const { extensionUri, log } = options;
  const roots = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(extensionUri, folder));
  let opened: Opened | undefined;

  function adopt(panel: vscode.WebviewPanel): Opened {
    opened?.panel.dispose();
    const { webview } = panel;
    const connection = connectTimeline({
      ...options,
      post: (message) => void webview.postMessage(message),
      onUnknown: (message) => log.warn(`Ignored a message of the timeline: ${JSON.stringify(message)}`),
    });
    const adopted = { panel, connection };
    webview.onDidReceiveMessage(connection.receive);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) connection.lose();
    });
    panel.onDidDispose(() => {
      connection.dispose();
      if (opened === adopted) opened = undefined;
    });
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
    webview.options = { enableScripts: true, localResourceRoots: roots };
    webview.html = pageFor(webview);
    opened = adopted;
    return adopted;
  }

  function pageFor(webview: vscode.Webview): string {
    const resource = (file: string): string =>
      webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', file)).toString();
    return timelineHtml({
      script: resource('timeline.js'),
      style: resource('timeline.css'),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString('base64url'),
    });
  }

  const serializer = vscode.window.registerWebviewPanelSerializer(TIMELINE_PANEL_ID, {
    async deserializeWebviewPanel(panel) {
      adopt(panel);
    },
  });

  return {
    open({ select, isNew = false, preserveFocus = false } = {}) {
      const { panel, connection } = opened ?? adopt(createPanel(preserveFocus));
      if (!panel.visible || !preserveFocus) panel.reveal(undefined, preserveFocus);
      if (select !== undefined) connection.select(select, isNew);
    },
    dispose() {
      serializer.dispose();
      // VS Code keeps the panel over a reload: only the connection ends here.
      opened?.connection.dispose();
    },
  };
}

/** Beside the payload that is edited, else where the user is. */
function createPanel(preserveFocus: boolean): vscode.WebviewPanel {
  const viewColumn = vscode.window.activeTextEditor === undefined ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
  return vscode.window.createWebviewPanel(
    TIMELINE_PANEL_ID,
    'VoIP Push Timeline',
    { viewColumn, preserveFocus },
    { enableScripts: true },
  );
}
