import { performance } from 'node:perf_hooks';
import type { PushOutcome } from '../../core/ports';
import { prepareSimctlPayload } from '../../core/simulators/simctlPayload';
import { explainXcrunFailure } from '../../core/simulators/xcrunProblem';
import { checkBundleId } from '../../core/targets/bundleId';
import type { ToolProblem } from '../../core/toolResult';
import type { ToolRun } from './runTool';
import { problemOfRun } from './simctlRun';
import { withTemporaryFile } from './temporaryFile';

/** A word in place of the UDID, such as `booted`, lets simctl choose any of several simulators. */
export const NO_UDID: ToolProblem = {
  code: 'udid',
  message: 'A simulator is named by its UDID, so that no other one is meant.',
  remedy: 'Copy its UDID from: xcrun simctl list devices',
};

// 9F0B7A52-3C1D-4E8A-8B6F-2D4C6E8A0B1C
export function isUdid(text: string): boolean {
  return /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i.test(text);
}

interface PushWorld {
  /** Runs simctl with these arguments. */
  readonly run: (args: readonly string[]) => Promise<ToolRun>;
  readonly timeoutMs: number;
  readonly developerDir: string | undefined;
}

/**
 * One push with `xcrun simctl push <udid> <bundle id> <file>`; see `Simctl.push`. A file, because simctl may end before
 * it has read its stdin, and because the same command can be repeated by hand.
 */
export async function pushWithSimctl(
  { udid, bundleId, payload }: { readonly udid: string; readonly bundleId: string; readonly payload: string },
  { run, timeoutMs, developerDir }: PushWorld,
): Promise<PushOutcome> {
  const started = performance.now();
  const failed = (code: string, message: string): PushOutcome => ({
    kind: 'failed',
    code,
    message,
    latencyMs: performance.now() - started,
  });
  if (!isUdid(udid)) return failed(NO_UDID.code, `${NO_UDID.message} ${NO_UDID.remedy}`);
  const whyNot = checkBundleId(bundleId);
  if (whyNot !== undefined) return failed('bundle-id', whyNot);
  const prepared = prepareSimctlPayload(payload);
  if ('refused' in prepared) return failed('payload', prepared.refused);

  let ended: ToolRun;
  try {
    ended = await withTemporaryFile('payload.json', prepared.text, (path) => run(['push', udid, bundleId, path]));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failed('temporary-file', `The payload could not be written for simctl: ${why}.`);
  }
  if (ended.kind !== 'exited') return failed(...spoken(problemOfRun(ended, timeoutMs)));
  // stderr may hold warnings of a push that was taken: the exit code decides.
  if (ended.exitCode === 0) return { kind: 'accepted', latencyMs: performance.now() - started };
  const problem = explainXcrunFailure(ended.exitCode, ended.stderr, developerDir);
  if (problem !== undefined) return failed(...spoken(problem));
  const body = ended.stderr.trim() || ended.stdout.trim();
  return { kind: 'rejected', exitCode: ended.exitCode, body, latencyMs: performance.now() - started };
}

function spoken({ code, message, remedy }: ToolProblem): [code: string, message: string] {
  return code === 'cancelled' ? [code, message] : [code, `${message} ${remedy}`];
}
