import type { DoctorFinding } from '../../core/doctor/doctorReport';
import type { DeviceToolPaths, DoctorWorld } from './doctorWorld';
import { firstLine, runTool, type ToolRun, type ToolWorld } from './runTool';

type DeviceWorld = Pick<DoctorWorld, 'platform'> & ToolWorld;

interface DeviceTool {
  readonly name: string;
  readonly command: string;
  readonly versionArgs: readonly string[];
}

const LINK = 'https://github.com/libimobiledevice/libimobiledevice';
const TOOLS: readonly DeviceTool[] = [
  { name: 'idevicesyslog', command: 'idevicesyslog', versionArgs: ['--version'] },
  { name: 'pymobiledevice3', command: 'pymobiledevice3', versionArgs: ['version'] },
  { name: 'go-ios', command: 'ios', versionArgs: ['version'] },
];

/** Which tools that stream a device's log there are, and their versions. One is enough. */
export async function checkDeviceTools(
  world: ToolWorld,
  signal: AbortSignal,
  paths: DeviceToolPaths = {},
): Promise<DoctorFinding> {
  const states = await Promise.all(
    TOOLS.map(async ({ name, command, versionArgs }) => {
      const path = paths[name];
      return stateOf(name, path, await runTool(path ?? command, versionArgs, world, signal));
    }),
  );
  const found = `${states.map(({ text }) => text).join('; ')}.`;
  if (states.some(({ isUsable }) => isUsable)) return { verdict: 'ok', found, link: LINK };
  return {
    verdict: 'warning',
    found,
    fix: 'To watch the log of a device, install libimobiledevice (brew install libimobiledevice, apt install libimobiledevice-utils), pymobiledevice3 (pip install pymobiledevice3) or go-ios (npm install -g go-ios).',
    link: LINK,
  };
}

function stateOf(
  name: string,
  path: string | undefined,
  run: ToolRun,
): { readonly text: string; readonly isUsable: boolean } {
  switch (run.kind) {
    case 'not-found':
      return { text: `${name} is not ${path === undefined ? 'on PATH' : `at ${path}`}`, isUsable: false };
    case 'failed':
      return { text: `${name} ${run.why}`, isUsable: false };
    case 'ended': {
      if (run.exitCode === 0) return { text: `${name} ${versionIn(run.stdout + run.stderr)}`, isUsable: true };
      const said = firstLine(run.stderr, run.stdout);
      return {
        text: `${name} fails with exit code ${run.exitCode}${said === undefined ? '' : `: ${said}`}`,
        isUsable: false,
      };
    }
  }
}

// `idevicesyslog 1.4.0`, `4.14.6`, `{"version":"v1.0.182"}`, `{"version":"local-build"}`
function versionIn(text: string): string {
  return /\d+\.\d+(?:\.\d+)*/.exec(text)?.[0] ?? 'of unknown version';
}

/** Which devices `idevice_id -l` lists, one id a line. */
export async function checkDevices(
  world: DeviceWorld,
  signal: AbortSignal,
  { idevicesyslog = '' }: DeviceToolPaths = {},
): Promise<DoctorFinding> {
  // It lies beside the other one: /opt/homebrew/bin/idevicesyslog
  const beside = /^(.*)idevicesyslog(\.exe)?$/i.exec(idevicesyslog);
  const command = beside === null ? 'idevice_id' : `${beside[1]}idevice_id${beside[2] ?? ''}`;
  const run = await runTool(command, ['-l'], world, signal);
  if (run.kind !== 'ended') {
    const why = run.kind === 'failed' ? run.why : 'is not on PATH';
    return { verdict: 'not-checked', found: `idevice_id, a part of libimobiledevice, ${why}.`, link: LINK };
  }
  if (run.exitCode !== 0) {
    // ERROR: Unable to retrieve device list!
    const said = firstLine(run.stderr, run.stdout) ?? 'it says nothing';
    const found = `idevice_id exits with ${run.exitCode}: ${said}`;
    return {
      verdict: 'warning',
      found,
      fix: USBMUXD_FIXES[world.platform] ?? USBMUXD_FIXES['linux'] ?? '',
      link: LINK,
    };
  }
  const ids = new Set(run.stdout.split(/\s+/).filter((id) => id !== ''));
  if (ids.size > 0) return { verdict: 'ok', found: `Attached: ${[...ids].join(', ')}.`, link: LINK };
  return {
    verdict: 'not-checked',
    found: 'No device is attached.',
    fix: 'To watch a device, attach it with a cable, unlock it and trust this computer.',
    link: LINK,
  };
}

// usbmuxd is the service that the tools reach devices through.
const USBMUXD_FIXES: Readonly<Record<string, string>> = {
  linux: 'Install and start usbmuxd: apt install usbmuxd, systemctl start usbmuxd.',
  darwin: 'Attach the device again; if that does not help, restart the Mac: usbmuxd is a part of macOS.',
  win32: 'Install Apple Devices or iTunes: they bring the service that reaches devices.',
};
