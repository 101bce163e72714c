import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runXcrun } from './xcrunScript';

/** How one subcommand of the stand-in fails or dawdles instead of doing its work. */
export interface StandInBehavior {
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** Waits before it does anything. */
  readonly delayMs?: number;
  /** Does not end when it is asked to. */
  readonly isStubborn?: boolean;
}

/** What the stand-in for xcrun knows and does; all of it can be changed while it is in use. */
export interface XcrunWorld {
  /** What `list devices -j` prints; its devices are those that `push`, `listapps` and `spawn` know. */
  readonly devices?: unknown;
  /** What `listapps` prints. */
  readonly apps?: string;
  /** By subcommand: `list`, `listapps`, `push`, `spawn`; `xcrun` is all of them. */
  readonly behaviors?: Readonly<Record<string, StandInBehavior>>;
  /** Apps without permission to show notifications. */
  readonly unauthorized?: readonly string[];
  /** Lines of `log stream`, and how it ends after them: with `dies`, or never. */
  readonly log?: { readonly lines: readonly string[]; readonly everyMs?: number; readonly dies?: number };
}

export interface XcrunStandIn {
  /** To be put first on PATH. */
  readonly folder: string;
  change(world: XcrunWorld): void;
  /** The arguments of every call, and the payload of a push with the mode of its file. */
  calls(): readonly XcrunCall[];
}

export interface XcrunCall {
  readonly args: readonly string[];
  readonly pid: number;
  readonly developerDir?: string;
  readonly payload?: string;
  readonly payloadMode?: number;
}

/**
 * Puts an executable `xcrun` into a folder, which does what Apple's documentation and outputs seen in public say that
 * `xcrun simctl` does: the checks of `push` with their exit codes, the list of devices, the log.
 */
export function installXcrun(folder: string, world: XcrunWorld): XcrunStandIn {
  mkdirSync(folder, { recursive: true });
  const worldPath = join(folder, 'xcrun.world.json');
  const callsPath = join(folder, 'xcrun.calls.ndjson');
  const change = (changed: XcrunWorld): void => writeFileSync(worldPath, JSON.stringify(changed));
  change(world);
  installScript(folder, 'xcrun', `(${runXcrun.toString()})(${JSON.stringify({ worldPath, callsPath })})`);
  return {
    folder,
    change,
    calls: () =>
      (existsSync(callsPath) ? readFileSync(callsPath, 'utf8') : '')
        .split('\n')
        .filter((line) => line !== '')
        .map((line): XcrunCall => JSON.parse(line)),
  };
}

/** Puts an executable node script into a folder. */
export function installScript(folder: string, name: string, script: string): void {
  // The host of VS Code's tests is Electron: there, node is found on PATH.
  const node = process.versions['electron'] === undefined ? process.execPath : '/usr/bin/env node';
  const path = join(folder, name);
  writeFileSync(path, `#!${node}\n${script};\n`);
  chmodSync(path, 0o755);
}

/** A record of `list devices -j`. */
export function deviceRecord(
  udid: string,
  name: string,
  state: string,
  more: Readonly<Record<string, unknown>> = {},
): object {
  return {
    dataPath: `/Users/somebody/Library/Developer/CoreSimulator/Devices/${udid}/data`,
    dataPathSize: 1024,
    logPath: `/Users/somebody/Library/Logs/CoreSimulator/${udid}`,
    udid,
    isAvailable: true,
    deviceTypeIdentifier: `com.apple.CoreSimulator.SimDeviceType.${name.replaceAll(' ', '-')}`,
    state,
    name,
    ...more,
  };
}
