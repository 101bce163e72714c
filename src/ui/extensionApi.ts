import type { VoipEvent } from '../core/events/event';
import type { Timeline } from '../core/timeline/timeline';
import type { LogCaptures, RunningCapture } from './logCaptures';
import type { SessionRecorder } from './sessionRecorder';
import type { TargetChoice } from './targets';
import type { TimelineSession } from './timelineSession';

/** For the tests inside VS Code; nothing else relies on it. */
export interface ExtensionApi {
  /** How long `activate` took, in milliseconds, without the loading of its file. */
  readonly activationMs: number;
  timeline(): Timeline;
  /** Everything that happened, as the recording has it. */
  events(): readonly VoipEvent[];
  watchedLogs(): readonly RunningCapture[];
  /** The file that is being recorded to. */
  recordingPath(): string | undefined;
  /** What the groups of the Targets view say for want of targets. */
  targetNotes(): readonly string[];
  /** Resolves when nothing is on its way to any target, no verdict waits for time to decide it, and all is on disk. */
  whenIdle(): Promise<void>;
}

export interface ExtensionApiParts {
  readonly activationMs: number;
  readonly session: TimelineSession;
  readonly targets: TargetChoice;
  readonly recorder: SessionRecorder;
  readonly captures: LogCaptures;
}

/** What `activate` returns. */
export function createExtensionApi({
  activationMs,
  session,
  targets,
  recorder,
  captures,
}: ExtensionApiParts): ExtensionApi {
  return {
    activationMs,
    timeline: () => session.timeline,
    targetNotes: () => targets.lists.flatMap(({ note }) => [note?.label ?? [], note?.tooltip ?? []].flat()),
    events: () => session.events,
    watchedLogs: () => captures.all,
    recordingPath: () => recorder.path,
    async whenIdle() {
      await recorder.flushed();
      await Promise.all(targets.all.map((target) => target.idle()));
      while ((await session.upToDate()).nextDecisionAt !== undefined) await nextChange(session);
      await recorder.flushed();
    },
  };
}

function nextChange(session: TimelineSession): Promise<void> {
  return new Promise((resolve) => {
    const subscription = session.onDidChange(() => {
      subscription.dispose();
      resolve();
    });
  });
}
