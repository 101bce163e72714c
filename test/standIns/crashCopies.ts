/** The crash reports of a device, and how the stand-ins of its tools copy them. */
export interface CrashFolder {
  /** Texts by name. */
  readonly reports: Readonly<Record<string, string>>;
  /** This many copies find nothing: the system is still moving reports. */
  readonly emptyCopies?: number;
  /** Copying fails with it, always or the first times. */
  readonly failure?: string;
  readonly failingCopies?: number;
  /** Copying does not end. */
  readonly isStuck?: boolean;
}

interface CrashWorld extends Omit<CrashFolder, 'reports'> {
  /** The folder of the device. */
  readonly reports: string;
  readonly callsPath: string;
  readonly isOld: boolean;
}

/**
 * What idevicecrashreport, `pymobiledevice3 crash` and `ios crash` do; `false` for other commands. Its text becomes part of
 * a script, so it uses nothing from outside of it. Like the real one, idevicecrashreport moves reports unless it is told
 * to keep them, and keeps the folders of the device.
 */
export function copyCrashReports(name: string, world: CrashWorld): boolean {
  const fs: typeof import('node:fs') = require('node:fs');
  const { join }: typeof import('node:path') = require('node:path');
  const args = process.argv.slice(2);
  const isOurs = name === 'idevicecrashreport' || (name !== 'idevicesyslog' && args[0] === 'crash');
  if (isOurs && args[0] === '--help') sayHelp();
  else if (isOurs) run();
  return isOurs;

  function sayHelp(): void {
    const filter = world.isOld ? '' : '  -f, --filter NAME\n';
    fs.writeSync(1, `Usage: idevicecrashreport [OPTIONS] DIRECTORY\n  -k, --keep\n${filter}`);
  }

  function run(): void {
    fs.appendFileSync(world.callsPath, `${JSON.stringify([name, ...args])}\n`);
    const calls = fs.readFileSync(world.callsPath, 'utf8').split('\n').length - 1;
    if (world.isStuck) setInterval(() => undefined, 1000);
    else if (world.failure !== undefined && calls <= (world.failingCopies ?? calls)) fail(world.failure);
    else if (args[1] !== 'flush' && calls > (world.emptyCopies ?? 0)) copy();
  }

  function fail(words: string): never {
    fs.writeSync(2, `${words}\n`);
    process.exit(1);
  }

  function copy(): void {
    const folder = { idevicecrashreport: args.at(-1), ios: args[3] }[name] ?? args[2];
    if (folder === undefined || !fs.existsSync(folder)) fail('no such folder');
    const target = name === 'idevicecrashreport' ? join(folder, 'Retired') : folder;
    fs.mkdirSync(target, { recursive: true });
    for (const report of fs.readdirSync(world.reports).filter(isWanted)) {
      fs.copyFileSync(join(world.reports, report), join(target, report));
      if (name === 'idevicecrashreport' && !args.includes('--keep')) fs.rmSync(join(world.reports, report));
    }
  }

  function isWanted(report: string): boolean {
    if (name === 'ios') return report === args[2];
    return new RegExp(after('--match')).test(report) && report.includes(after('--filter'));
  }

  function after(option: string): string {
    return (args.includes(option) ? args[args.indexOf(option) + 1] : undefined) ?? '';
  }
}
