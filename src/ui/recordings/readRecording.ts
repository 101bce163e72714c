import { basename } from 'node:path/posix';
import * as vscode from 'vscode';
import type { RecordingContent } from '../../core/recording/recordingStore';
import { buildTimelineSteps, type Timeline } from '../../core/timeline/timeline';
import { ExpectedFailure, messageOf } from '../expectedFailure';
import { runInSlices } from '../runInSlices';
import type { RecordingParts } from './recordingParts';

/** A recording that was read, with what its events mean. */
export interface ReadRecording extends RecordingContent {
  readonly name: string;
  readonly timeline: Timeline;
}

/** Reads a recording from any file system of VS Code; a file that is none is an expected failure. */
export async function readRecording(
  uri: vscode.Uri,
  { readBytes, judging }: Pick<RecordingParts, 'readBytes' | 'judging'>,
): Promise<ReadRecording> {
  const name = nameOf(uri);
  const content = await readBytes(await readFile(uri));
  if (content.header === undefined) {
    throw new ExpectedFailure(
      `${name} is not a recording of VoIP Push Debugger. For a log or a crash report use VoIP Push: Open Log or Crash Report.`,
    );
  }
  return { ...content, name, timeline: await runInSlices(buildTimelineSteps(content.events, judging())) };
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
