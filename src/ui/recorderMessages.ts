import * as vscode from 'vscode';
import { messageOf } from './expectedFailure';
import type { SessionRecorderOptions } from './sessionRecorder';

/** Says what goes wrong with the recording: that it failed to everybody, what could not be read of it to the log. */
export function recorderMessages(log: vscode.LogOutputChannel): Pick<SessionRecorderOptions, 'onFailure' | 'onNotes'> {
  return {
    onFailure(error) {
      const why = `The timeline cannot be kept on disk: ${messageOf(error)}`;
      log.warn(why);
      void vscode.window.showWarningMessage(`${why} From now on it lasts until the window is closed.`);
    },
    onNotes(notes) {
      for (const note of notes) log.warn(`Recording: ${note}`);
    },
  };
}

/** Remembers which recording this window writes, over a reload; a window without a folder has a memory of its own too. */
export function recordingMemory(memory: vscode.Memento): Pick<SessionRecorderOptions, 'resume' | 'onRecording'> {
  return {
    resume: memory.get<string>(MEMORY_KEY),
    onRecording: (name) => void memory.update(MEMORY_KEY, name),
  };
}

const MEMORY_KEY = 'recording';
