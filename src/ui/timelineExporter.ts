import * as vscode from 'vscode';
import { mermaidSequence } from '../core/export/mermaidSequence';
import { summaryWords } from '../core/export/summaryWords';
import { formatTimeline, TIMELINE_FORMATS, type TimelineFormat } from '../core/export/timelineFormats';
import { isoFromMicroseconds } from '../core/time';
import type { JudgedDelivery, Timeline } from '../core/timeline/timeline';
import { namingTime } from '../core/timeline/worstFirst';
import type { TimelineExporter } from './commands/exportTimeline';
import { messageOf } from './expectedFailure';
import { type DeliveryPick, pickDelivery } from './pickDelivery';

/** What an export can be: a document of all deliveries, or a diagram of one. */
type ExportFormat = TimelineFormat | 'mermaid';

interface FormatWords {
  readonly label: string;
  readonly detail: string;
  readonly extension: string;
}

const FORMATS: { readonly [F in ExportFormat]: FormatWords } = {
  html: {
    label: 'HTML',
    detail: 'One page without scripts: every delivery with its evidence and what to do.',
    extension: 'html',
  },
  markdown: {
    label: 'Markdown',
    detail: 'For a pull request or an issue: a table, and what is flagged in detail.',
    extension: 'md',
  },
  json: { label: 'JSON', detail: 'What voip-push check --format json prints.', extension: 'json' },
  mermaid: {
    label: 'Mermaid diagram of one delivery',
    detail: 'A sequence diagram from the sender to the call, for Markdown.',
    extension: 'mmd',
  },
};

const LAST_FORMAT = 'voipPush.exportFormat';

export interface ExporterParts {
  /** Remembers the format. */
  readonly memory: vscode.Memento;
  /** Name and version of this product. */
  readonly tool: string;
}

const MERMAID_PICK: DeliveryPick = { title: 'Draw a delivery with Mermaid', placeHolder: 'The delivery to draw' };

/** The part of the editor that writes exports: a bundle of its own. */
export function createTimelineExporter({ memory, tool }: ExporterParts): TimelineExporter {
  async function contentOf(timeline: Timeline, format: ExportFormat): Promise<string> {
    if (format !== 'mermaid') return formatTimeline(timeline, format, tool);
    return mermaidSequence(await pickDelivery(timeline, MERMAID_PICK));
  }

  return {
    async exportTimeline(timeline) {
      const format = await chooseFormat(memory.get(LAST_FORMAT));
      const content = await contentOf(timeline, format);
      const file = await chooseFile(format, timeline.deliveries[0]);
      await memory.update(LAST_FORMAT, format);
      if (await write(file, content)) void offerToOpen(file, format, timeline);
    },
    async copyAsMermaid(timeline, delivery) {
      const judged = delivery ?? (await pickDelivery(timeline, MERMAID_PICK));
      await vscode.env.clipboard.writeText(mermaidSequence(judged));
      vscode.window.setStatusBarMessage('Mermaid diagram copied', 3000);
    },
  };
}

/** The one that was chosen last comes first. */
async function chooseFormat(last: unknown): Promise<ExportFormat> {
  const formats = [...TIMELINE_FORMATS, 'mermaid'] as const;
  const items = formats
    .map((format) => ({ ...FORMATS[format], format, ...(format === last && { description: 'used last' }) }))
    .sort((one, other) => Number(other.format === last) - Number(one.format === last));
  const picked = await vscode.window.showQuickPick(items, { title: 'Export the timeline', placeHolder: 'Format' });
  if (picked === undefined) throw new vscode.CancellationError();
  return picked.format;
}

// voip-push-2026-09-08T08-11-34.html
async function chooseFile(format: ExportFormat, first: JudgedDelivery | undefined): Promise<vscode.Uri> {
  const { label, extension } = FORMATS[format];
  const time =
    first === undefined ? '' : `-${isoFromMicroseconds(namingTime(first)).slice(0, 19).replaceAll(':', '-')}`;
  const name = `voip-push${time}.${extension}`;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const chosen = await vscode.window.showSaveDialog({
    title: 'Export the timeline',
    saveLabel: 'Export',
    filters: { [label]: [extension] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (chosen === undefined) throw new vscode.CancellationError();
  return chosen;
}

async function write(file: vscode.Uri, content: string): Promise<boolean> {
  try {
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(content));
    return true;
  } catch (error) {
    void vscode.window.showErrorMessage(
      `The timeline was not exported: ${vscode.workspace.asRelativePath(file)} cannot be written: ${messageOf(error)}`,
    );
    return false;
  }
}

async function offerToOpen(file: vscode.Uri, format: ExportFormat, timeline: Timeline): Promise<void> {
  const what = format === 'mermaid' ? 'The diagram was' : `${summaryWords(timeline)}:`;
  const message = `${what} exported to ${vscode.workspace.asRelativePath(file)}.`;
  const choice = await vscode.window.showInformationMessage(message, 'Open');
  if (choice === undefined) return;
  // A page is for the browser, which reaches the file only when it is on the computer that shows this window.
  const isForBrowser = format === 'html' && file.scheme === 'file' && vscode.env.remoteName === undefined;
  if (isForBrowser) await vscode.env.openExternal(file);
  else await vscode.commands.executeCommand('vscode.open', file);
}
