import * as vscode from 'vscode';
import { offerToStop } from './commands/stopWatching';
import { ExpectedFailure } from './expectedFailure';
import type { CaptureRequest, LogCaptures } from './logCaptures';
import type { LoadLogTools } from './logTools';
import type { NameSource } from './sourceNames';

/** What the commands that watch logs work on. */
export interface WatchParts {
  readonly captures: LogCaptures;
  readonly loadLogTools: LoadLogTools;
  readonly nameSource: NameSource;
  readonly revealTimeline: () => void;
}

/** Begins to watch, shows the timeline, and says what is watched with what. */
export async function startCapture(
  { captures, revealTimeline }: Pick<WatchParts, 'captures' | 'revealTimeline'>,
  request: CaptureRequest,
): Promise<void> {
  const running = captures.all.find(({ source }) => source === request.source);
  if (running !== undefined) {
    throw new ExpectedFailure(`${request.source} is being watched already.`, [offerToStop(captures, running)]);
  }
  await captures.watch(request);
  revealTimeline();
  vscode.window.setStatusBarMessage(`Watching ${request.source} with ${request.reader}`, 5000);
}
