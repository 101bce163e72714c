import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CrashFolder, copyCrashReports } from './crashCopies';
import { installScript } from './xcrun';

/** One run of a log command: the lines it prints, and then it stays, or ends. */
export interface LogRun {
  readonly lines?: readonly string[];
  /** Between lines. */
  readonly everyMs?: number;
  /** So many lines that are no evidence are printed before each line, as fast as they are read. */
  readonly noiseLines?: number;
  readonly stderr?: string;
  /** Ends with this code after the last line; otherwise it stays until it is ended. */
  readonly exitCode?: number;
  /** Does not end when it is asked to. */
  readonly isStubborn?: boolean;
}

/** What the stand-ins know and do. */
export interface DeviceToolsWorld {
  /** Which tools there are. */
  readonly tools: readonly ('idevicesyslog' | 'pymobiledevice3' | 'ios')[];
  readonly udids?: readonly string[];
  /** Each start of a log command takes the next; the last one stays for all that follow. */
  readonly runs?: readonly LogRun[];
  readonly version?: string;
  /** Of before `--format json` and `ostrace`. */
  readonly isOld?: boolean;
  readonly crashes?: CrashFolder;
}

export interface DeviceToolsStandIn {
  /** To be put first on PATH. */
  readonly path: string;
  /** Arguments of every start of a log command. */
  logCalls(): readonly (readonly string[])[];
  /** Arguments of every attempt to copy crash reports. */
  crashCalls(): readonly (readonly string[])[];
  /** Names of the crash reports that are still on the device. */
  reportsOnDevice(): readonly string[];
}

/** Puts executables into a folder that do what the tools' documentation and sources say. */
export function installDeviceTools(folder: string, world: DeviceToolsWorld): DeviceToolsStandIn {
  mkdirSync(folder, { recursive: true });
  const callsPath = join(folder, 'calls.ndjson');
  writeFileSync(callsPath, '');
  const crashCallsPath = join(folder, 'crashCalls.ndjson');
  writeFileSync(crashCallsPath, '');
  const reports = join(folder, 'CrashReporter');
  mkdirSync(reports, { recursive: true });
  for (const [name, text] of Object.entries(world.crashes?.reports ?? {})) writeFileSync(join(reports, name), text);
  const crashes = { ...world.crashes, reports, callsPath: crashCallsPath, isOld: world.isOld === true };
  const names = world.tools.flatMap((tool) =>
    tool === 'idevicesyslog' ? [tool, 'idevice_id', 'idevicecrashreport'] : [tool],
  );
  for (const name of names) {
    const given = [answersOf(name, world), world.runs ?? [{}], callsPath].map((value) => JSON.stringify(value)).join();
    const copy = `(${copyCrashReports.toString()})(${JSON.stringify(name)}, ${JSON.stringify(crashes)})`;
    installScript(folder, name, `${copy} || (${runTool.toString()})(${JSON.stringify(name)}, ${given})`);
  }
  const calls = (path: string) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): readonly string[] => JSON.parse(line));
  return {
    path: folder,
    logCalls: () => calls(callsPath),
    crashCalls: () => calls(crashCallsPath),
    reportsOnDevice: () => readdirSync(reports),
  };
}

/** What each command of a tool prints, except the one that prints the log. */
function answersOf(name: string, world: DeviceToolsWorld): Readonly<Record<string, string>> {
  const { udids = [], version = '1.4.0', isOld = false } = world;
  const usbmux = udids.map((udid) => ({ Identifier: udid, DeviceName: 'My iPhone', ProductVersion: '26.4' }));
  const answers: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    idevicesyslog: { '--version': `idevicesyslog ${version}` },
    idevice_id: { '-l': udids.join('\n') },
    pymobiledevice3: {
      version,
      'usbmux list': JSON.stringify(usbmux, undefined, 4),
      'syslog live --help': isOld ? 'Options: --udid' : 'Options: --format [text|json] --udid',
    },
    ios: {
      version: `{"version":"v${version}"}`,
      '--help': `ios syslog [--parse] [options]\n${isOld ? '' : 'ios ostrace [--pid=<processID>]'}`,
      'list --details': JSON.stringify({ deviceList: udids.map((udid) => ({ Udid: udid, ProductVersion: '26.4' })) }),
    },
  };
  return answers[name] ?? {};
}

/** Runs in the stand-in's own process: nothing from outside may be named in it. */
function runTool(
  name: string,
  answers: Readonly<Record<string, string>>,
  runs: readonly LogRun[],
  callsPath: string,
): void {
  const fs: typeof import('node:fs') = require('node:fs');
  const args = process.argv.slice(2);
  const answer = answers[args.join(' ')];
  if (answer !== undefined) {
    fs.writeSync(1, `${answer}\n`);
    return;
  }
  fs.appendFileSync(callsPath, `${JSON.stringify([name, ...args])}\n`);
  const call = fs.readFileSync(callsPath, 'utf8').split('\n').length - 2;
  const {
    lines = [],
    everyMs = 0,
    noiseLines = 0,
    stderr = '',
    exitCode,
    isStubborn = false,
  } = runs[Math.min(call, runs.length - 1)] ?? {};
  process.on('SIGTERM', () => {
    if (!isStubborn) process.exit(0);
  });
  const next = (index: number): void => {
    const line = lines[index];
    if (line !== undefined) {
      const text = `${'x'.repeat(99)}\n`.repeat(noiseLines) + line;
      process.stdout.write(`${text}\n`, () => setTimeout(() => next(index + 1), everyMs));
    } else if (exitCode !== undefined) {
      fs.writeSync(2, stderr);
      process.exit(exitCode);
    } else setInterval(() => {}, 1000);
  };
  next(0);
}
