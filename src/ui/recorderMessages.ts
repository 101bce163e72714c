import * as vscode from 'vscode';
import { CommandId } from './contributions';
import { messageOf } from './expectedFailure';
import type { SessionRecorderOptions } from './sessionRecorder';

/** Says what goes wrong with the recording: that it failed to everybody, what could not be read of it to the log. */
export function recorderMessages(
  log: vscode.LogOutputChannel,
): Pick<SessionRecorderOptions, 'onFailure' | 'onNotes' | 'onLeftAlone'> {
  return {
    onFailure(error) {
      const why = `The timeline cannot be kept on disk: ${messageOf(error)}`;
      log.warn(why);
      void warn(`${why} From now on it lasts until the window is closed.`, 'Save Recording…', CommandId.saveRecording);
    },
    onNotes(notes) {
      for (const note of notes) log.warn(`Recording: ${note}`);
    },
    onLeftAlone(why) {
      log.warn(why);
      void warn(`The timeline of before is not shown here. ${why}`, 'Open Recording…', CommandId.openRecording);
    },
  };
}

async function warn(message: string, button: string, command: CommandId): Promise<void> {
  const choice = await vscode.window.showWarningMessage(message, button);
  if (choice === button) await vscode.commands.executeCommand(command);
}

/** Remembers which recording this window writes, over a reload; a window without a folder has a memory of its own too. */
export function recordingMemory(memory: vscode.Memento): Pick<SessionRecorderOptions, 'resume' | 'onRecording'> {
  return {
    resume: memory.get<string>(MEMORY_KEY),
    onRecording: (name) => void memory.update(MEMORY_KEY, name),
  };
}

const MEMORY_KEY = 'recording';
