import * as vscode from 'vscode';
import type { CommandId } from './contributions';
import { isExpectedFailure, messageOf, type Remedy } from './expectedFailure';

/** What a command does. Menus, keys and links pass whatever they like, so the arguments may be missing or of any kind. */
export type CommandHandler = (argument: unknown, selection: unknown) => unknown;

/**
 * Registers a command with the one error boundary: a cancel is silent, an expected failure is shown with its remedies,
 * a bug is logged and shown with the way to the log.
 */
export function registerCommand(
  log: vscode.LogOutputChannel,
  id: CommandId,
  handler: CommandHandler,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, (argument: unknown, selection: unknown) =>
    runGuarded(log, id, () => handler(argument, selection)),
  );
}

/** Runs what the user started outside of a command, with the same boundary. */
export async function runGuarded(log: vscode.LogOutputChannel, what: string, run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    showFailure(log, what, error);
    return undefined;
  }
}

/** Shows what went wrong in `what`; nothing for a cancel. */
function showFailure(log: vscode.LogOutputChannel, what: string, error: unknown): void {
  if (error instanceof vscode.CancellationError) return;
  if (isExpectedFailure(error)) {
    log.info(`${what}: ${error.message}`);
    void offerRemedies(error.message, error.remedies).catch((failure: unknown) => showFailure(log, what, failure));
    return;
  }
  log.error(`${what} failed`, error instanceof Error ? error : String(error));
  void offerRemedies(`VoIP Push ran into an error of its own: ${messageOf(error)}`, [
    { label: 'Show Log', run: () => log.show() },
  ]);
}

async function offerRemedies(message: string, remedies: readonly Remedy[]): Promise<void> {
  const choice = await vscode.window.showErrorMessage(message, ...remedies.map(({ label }) => label));
  await remedies.find(({ label }) => label === choice)?.run();
}
