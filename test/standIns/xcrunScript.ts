import type { XcrunCall, XcrunWorld } from './xcrun';

/** What the stand-in does. Its text becomes a script of its own, so it uses nothing from outside of it. */
export function runXcrun(paths: { readonly worldPath: string; readonly callsPath: string }): void {
  const fs: typeof import('node:fs') = require('node:fs');
  const world: XcrunWorld = JSON.parse(fs.readFileSync(paths.worldPath, 'utf8'));
  const args = process.argv.slice(2);
  const [tool, subcommand = '', udid = '', ...rest] = args;
  const file = subcommand === 'push' ? rest.at(-1) : undefined;
  const payload = file === undefined || !fs.existsSync(file) ? undefined : fs.readFileSync(file, 'utf8');

  noteCall();
  const behavior = world.behaviors?.[subcommand] ?? world.behaviors?.['xcrun'] ?? {};
  if (behavior.isStubborn) process.on('SIGTERM', () => undefined);
  setTimeout(work, behavior.delayMs ?? 0);

  function work(): void {
    if (behavior.exitCode !== undefined) end(behavior.exitCode, behavior.stderr, behavior.stdout);
    fs.writeSync(2, behavior.stderr ?? '');
    if (tool !== 'simctl') end(72, `xcrun: error: unable to find utility "${tool}", not a developer tool or in PATH\n`);
    if (subcommand === 'list') end(0, '', JSON.stringify(world.devices ?? { devices: {} }, undefined, 2));
    if (!['listapps', 'push', 'spawn'].includes(subcommand)) {
      end(1, `Unrecognized subcommand: ${subcommand}\n`, 'usage: simctl <subcommand> ...\n');
    }
    demandBooted();
    if (subcommand === 'listapps') end(0, '', world.apps ?? '{\n}\n');
    if (subcommand === 'push') push();
    streamLog();
  }

  function push(): never {
    demandBooted();
    if (payload === undefined) failPosix(2, `lstat of ${file} failed: No such file or directory`);
    const content = parse(payload);
    const bundleId = rest.length > 1 ? rest[0] : content['Simulator Target Bundle'];
    if (typeof bundleId !== 'string') {
      const missing =
        "BundleID was not provided as an argument and payload does not contain 'Simulator Target Bundle' key";
      failPosix(22, missing, 'Invalid argument');
    }
    if (Buffer.byteLength(payload) > 4096) {
      failPosix(28, 'Payload too large, must be 4096 bytes or less', 'No space left on device');
    }
    const failed = 'Simulator device failed to complete the requested operation.';
    if (content['aps'] === undefined) {
      const underlying = ['Underlying error (domain=NSPOSIXErrorDomain, code=22):'];
      underlying.push('\tNotification payload is missing the aps key', '\tInvalid argument');
      failPosix(22, failed, 'Invalid argument', ...underlying);
    }
    if (world.unauthorized?.includes(bundleId)) {
      const underlying = ['Underlying error (domain=UNErrorDomain, code=2003):'];
      underlying.push('\tRepository could not save notification. Source is not authorized.');
      fail('UNErrorDomain', 2003, failed, ...underlying);
    }
    end(0, '', `Notification sent to '${bundleId}'\n`);
  }

  function parse(text: string): Record<string, unknown> {
    try {
      return JSON.parse(text);
    } catch {
      failPosix(22, 'The payload is not JSON', 'Invalid argument');
    }
  }

  function streamLog(): void {
    const { lines = [], everyMs = 1, dies } = world.log ?? {};
    let next = 0;
    fs.writeSync(1, `Filtering the log data using "${args.at(-1)}"\n`);
    setInterval(() => {
      const line = lines[next++];
      if (line !== undefined) fs.writeSync(1, `${line}\n`);
      else if (dies !== undefined) process.exit(dies);
    }, everyMs);
  }

  function demandBooted(): void {
    const { devices = {} } = (world.devices ?? {}) as { devices?: Record<string, { udid: string; state: string }[]> };
    const device = Object.values(devices)
      .flat()
      .find((each) => each.udid === udid);
    if (device === undefined) end(148, `Invalid device: ${udid}\n`);
    if (device.state === 'Booted') return;
    fail('com.apple.CoreSimulator.SimError', 405, `Unable to lookup in current state: ${device.state}`);
  }

  function failPosix(code: number, ...lines: readonly string[]): never {
    fail('NSPOSIXErrorDomain', code, ...lines);
  }

  function fail(domain: string, code: number, ...lines: readonly string[]): never {
    const head = `An error was encountered processing the command (domain=${domain}, code=${code}):`;
    end(code % 256, `${[head, ...lines].join('\n')}\n`);
  }

  function end(exitCode: number, stderr = '', stdout = ''): never {
    write(1, stdout);
    write(2, stderr);
    process.exit(exitCode);
  }

  /** A pipe takes only so much at once. */
  function write(descriptor: number, text: string): void {
    let rest = Buffer.from(text);
    while (rest.length > 0) rest = rest.subarray(fs.writeSync(descriptor, rest));
  }

  function noteCall(): void {
    const call: XcrunCall = {
      args,
      pid: process.pid,
      ...(process.env['DEVELOPER_DIR'] !== undefined && { developerDir: process.env['DEVELOPER_DIR'] }),
      ...(file !== undefined && payload !== undefined && { payload, payloadMode: fs.statSync(file).mode & 0o777 }),
    };
    fs.appendFileSync(paths.callsPath, `${JSON.stringify(call)}\n`);
  }
}
