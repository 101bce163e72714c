import { basename } from 'node:path/posix';
import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { VoipEvent } from '../../core/events/event';
import { buildTimelineSteps, type Timeline, type TimelineOptions } from '../../core/timeline/timeline';
import { ExpectedFailure, messageOf } from '../expectedFailure';
import type { RecordingContent, RecordingParts } from './recordingParts';

/** A recording that was read, with what its events mean. */
export interface ReadRecording extends RecordingContent {
  readonly name: string;
  readonly timeline: Timeline;
}

/** Reads a recording from any file system of VS Code; a file that is none is an expected failure. */
export async function readRecording(
  uri: vscode.Uri,
  { readBytes, deadline }: Pick<RecordingParts, 'readBytes' | 'deadline'>,
): Promise<ReadRecording> {
  const name = nameOf(uri);
  const content = await readBytes(await readFile(uri));
  if (content.header === undefined) {
    throw new ExpectedFailure(
      `${name} is not a recording of VoIP Push Debugger. For a log or a crash report use VoIP Push: Open Log or Crash Report.`,
    );
  }
  return { ...content, name, timeline: await judgeEvents(content.events, { deadline: deadline() }) };
}

/** `buildTimeline` that lets others have a turn: a recording may hold a million events. */
export async function judgeEvents(events: readonly VoipEvent[], options: TimelineOptions): Promise<Timeline> {
  const steps = buildTimelineSteps(events, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await setImmediate();
  }
}

/** The last part of its path. */
export function nameOf(uri: vscode.Uri): string {
  return basename(uri.path);
}

async function readFile(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    throw new ExpectedFailure(`${nameOf(uri)} cannot be read: ${messageOf(error)}`);
  }
}
