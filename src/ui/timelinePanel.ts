import * as vscode from 'vscode';
import { TIMELINE_PANEL_ID } from './contributions';
import type { TimelineConnection } from './timelineConnection';
import { showTimeline, type TimelineWebviewOptions } from './timelineWebview';

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
export function createTimelinePanel(options: TimelineWebviewOptions): TimelinePanel {
  let opened: Opened | undefined;

  function adopt(panel: vscode.WebviewPanel): Opened {
    opened?.panel.dispose();
    const adopted = { panel, connection: showTimeline(panel, options) };
    panel.onDidDispose(() => {
      if (opened === adopted) opened = undefined;
    });
    panel.iconPath = vscode.Uri.joinPath(options.extensionUri, 'media', 'icon.png');
    opened = adopted;
    return adopted;
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
