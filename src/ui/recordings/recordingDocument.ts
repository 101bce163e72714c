import * as vscode from 'vscode';
import type { RecordingContent } from '../../core/recording/recordingStore';
import { MICROSECONDS_PER_MILLISECOND, microsecondsFromMilliseconds } from '../../core/time';
import { buildTimeline, buildTimelineSteps, type Timeline } from '../../core/timeline/timeline';
import type { RecordingFacts } from '../../protocol';
import { messageOf } from '../expectedFailure';
import { createListeners } from '../listeners';
import { runInSlices } from '../runInSlices';
import { nameOf } from './readRecording';
import type { RecordingParts } from './recordingParts';
import { headerTexts, sizeText } from './recordingWords';

/** A recording in an editor: follows the file while another window adds to it. */
export interface RecordingDocument extends vscode.CustomDocument {
  readonly timeline: Timeline;
  readonly facts: RecordingFacts;
  readonly onDidChange: (listener: () => void) => { dispose(): void };
}

/** What was added this short a time ago is being recorded: silence does not decide yet. */
const FRESH_MS = 60_000;
const LEAST_REST_MS = 200;
/** Reading and judging take longer the more there is: they get at most a fifth of the time. */
const REST_PER_READING = 4;

export function createRecordingDocument(uri: vscode.Uri, parts: RecordingParts): RecordingDocument {
  const changed = createListeners<void>();
  let content: RecordingContent = { events: [], notes: [] };
  let bytes = 0;
  let changedAtMs = 0;
  let problem: string | undefined;
  let timeline = buildTimeline([]);
  let isReading = false;
  let isStale = false;
  let isDisposed = false;
  let timer: NodeJS.Timeout | undefined;

  async function read(): Promise<void> {
    const startedAt = performance.now();
    isReading = true;
    isStale = false;
    try {
      const { mtime } = await vscode.workspace.fs.stat(uri);
      const file = await vscode.workspace.fs.readFile(uri);
      content = await parts.readBytes(file);
      bytes = file.byteLength;
      changedAtMs = mtime;
      problem = undefined;
    } catch (error) {
      problem = readProblem(error, content.events.length > 0);
    }
    await judge();
    setTimeout(rest, Math.max(LEAST_REST_MS, (performance.now() - startedAt) * REST_PER_READING));
  }

  function rest(): void {
    isReading = false;
    if (isStale && !isDisposed) void read();
  }

  function readSoon(): void {
    isStale = true;
    if (!isReading) void read();
  }

  async function judge(): Promise<void> {
    clearTimeout(timer);
    const nowMs = Date.now();
    const freshForMs = changedAtMs + FRESH_MS - nowMs;
    const now = microsecondsFromMilliseconds(nowMs);
    const isFresh = freshForMs > 0;
    const judged = content;
    const next = await runInSlices(buildTimelineSteps(judged.events, { ...parts.judging(), ...(isFresh && { now }) }));
    // What was read in the meantime is judged by whoever read it.
    if (isDisposed || judged !== content) return;
    timeline = next;
    changed.tell();
    const { nextDecisionAt } = timeline;
    if (!isFresh || nextDecisionAt === undefined) return;
    const delayMs = (nextDecisionAt - now) / MICROSECONDS_PER_MILLISECOND;
    timer = setTimeout(() => void judge(), Math.min(freshForMs, Math.max(LEAST_REST_MS, delayMs)) + 1);
  }

  const folder = vscode.Uri.joinPath(uri, '..');
  const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, nameOf(uri)));
  for (const event of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) event(readSoon);
  void read();

  return {
    uri,
    get timeline() {
      return timeline;
    },
    get facts() {
      const { header } = content;
      return {
        name: nameOf(uri),
        facts: header === undefined ? [] : [...headerTexts(header), sizeText(bytes)],
        notes: problem === undefined ? notesOf(content, bytes) : [problem, ...content.notes],
      };
    },
    onDidChange: changed.add,
    dispose() {
      isDisposed = true;
      clearTimeout(timer);
      watcher.dispose();
      changed.clear();
    },
  };
}

function notesOf({ header, notes }: RecordingContent, bytes: number): readonly string[] {
  if (header !== undefined || bytes === 0) return notes;
  return ['This file is not a recording: its header line is missing or damaged. Nothing of it is shown.'];
}

function readProblem(error: unknown, hasEvents: boolean): string {
  const isGone = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
  const what = isGone ? 'The file is not there any more.' : `The file cannot be read: ${messageOf(error)}`;
  return hasEvents ? `${what} This is what was in it.` : what;
}
