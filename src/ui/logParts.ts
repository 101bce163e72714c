import type * as vscode from 'vscode';
import type { LineMatcher } from '../core/log/lineMatcher';
import type { CompilePattern } from '../core/log/userMatchers';
import { createLogCaptures, type LogCaptures, type LogCapturesOptions } from './logCaptures';
import { createLogOpener, type LogOpener } from './logOpener';
import type { LoadLogTools } from './logTools';
import { createRecognizers } from './recognizers';
import { runGuarded } from './registerCommand';
import { followSavedCrashes } from './savedCrashes';
import { recognizerProblem } from './settings';
import { offerSettings, type SettingsWatcher } from './settingsWatcher';
import { createSourceNames, type NameSource } from './sourceNames';
import type { TimelineSession } from './timelineSession';

export interface LogPartsOptions {
  readonly session: TimelineSession;
  readonly settings: SettingsWatcher;
  readonly log: vscode.LogOutputChannel;
  readonly loadLogTools: LoadLogTools;
  readonly loadCompiler: () => Promise<CompilePattern>;
  readonly revealTimeline: () => void;
  readonly onToken: LogCapturesOptions['onToken'];
}

/** All that watches and reads logs. */
export interface LogParts extends vscode.Disposable {
  readonly captures: LogCaptures;
  readonly logOpener: LogOpener;
  readonly loadLogTools: LoadLogTools;
  readonly nameSource: NameSource;
  readonly revealTimeline: () => void;
  /** The user's own patterns, for whoever else reads a log. */
  readonly matchers: () => Promise<readonly LineMatcher[]>;
}

export function createLogParts(options: LogPartsOptions): LogParts {
  const { session, settings, log, loadLogTools, loadCompiler, revealTimeline } = options;
  const warned = new Set<string>();
  const { matchers } = createRecognizers({
    patterns: () => settings.current.recognizers,
    loadCompiler,
    onProblem: (problem) => {
      if (warned.has(problem)) return;
      warned.add(problem);
      void offerSettings(recognizerProblem(problem));
    },
  });
  const nameSource = createSourceNames();
  const captures = createLogCaptures({ append: session.append, matchers, onToken: options.onToken });
  const logOpener = createLogOpener({ session, loadLogTools, matchers, nameSource, log, revealTimeline });
  const savedCrashes = followSavedCrashes({ session, captures, logOpener, log });
  // Who writes a pattern wants to know at once whether it can be used.
  const subscription = settings.onDidChange(() => void runGuarded(log, 'log patterns', matchers));
  return {
    captures,
    logOpener,
    loadLogTools,
    nameSource,
    revealTimeline,
    matchers,
    dispose() {
      subscription.dispose();
      savedCrashes.dispose();
      captures.dispose();
    },
  };
}
