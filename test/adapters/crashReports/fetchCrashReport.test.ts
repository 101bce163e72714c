import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { FetchOptions } from '../../../src/adapters/crashReports/fetchCrashReport';
import { findDeviceTools } from '../../../src/adapters/logSources/deviceTools';
import { crashText } from '../../core/crashText';
import { type DeviceToolsStandIn, type DeviceToolsWorld, installDeviceTools } from '../../standIns/deviceTools';

const UDID = '00008110-000A1234567890AB';
const NAME = 'Example (1)-2026-09-08-101134.ips';
const PATH = `/var/mobile/Library/Logs/CrashReporter/${NAME}`;
const REPORT = crashText(1_788_855_094_000_000, '0xbaadca11', {});
const REPORTS = { [NAME]: REPORT, 'Other-2026-09-08-101134.ips': REPORT };

describe('fetchCrashReport', () => {
  const temporary = process.env['TMPDIR'];
  const root = mkdtempSync(join(tmpdir(), 'voip-push-fetch-'));
  let folder: string;
  let standIn: DeviceToolsStandIn;

  before(() => {
    process.env['TMPDIR'] = join(root, 'tmp');
  });
  after(() => {
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
    rmSync(root, { recursive: true, force: true });
  });
  beforeEach(() => {
    folder = mkdtempSync(join(root, 'bin-'));
    mkdirSync(join(root, 'tmp'), { recursive: true });
  });
  afterEach(() => assert.deepEqual(readdirSync(join(root, 'tmp')), [], 'nothing is left behind'));

  async function fetchWith(world: DeviceToolsWorld, options: FetchOptions = {}, path = PATH) {
    standIn = installDeviceTools(folder, world);
    const [tool] = await findDeviceTools({ env: { PATH: standIn.path } });
    assert.ok(tool);
    return await tool.fetchCrashReport(path, { udid: UDID, pauseMs: 1, ...options });
  }

  const pattern = '^Example \\(1\\)-2026-09-08-101134\\.ips$';
  const cases: readonly (readonly [world: DeviceToolsWorld, calls: readonly (readonly string[])[]])[] = [
    [{ tools: ['idevicesyslog'] }, [['idevicecrashreport', '--keep', '--udid', UDID, '--filter', NAME, '…']]],
    [{ tools: ['idevicesyslog'], isOld: true }, [['idevicecrashreport', '--keep', '--udid', UDID, '…']]],
    [
      { tools: ['pymobiledevice3'] },
      [
        ['pymobiledevice3', 'crash', 'flush', '--udid', UDID],
        ['pymobiledevice3', 'crash', 'pull', '…', '--match', pattern, '--udid', UDID],
      ],
    ],
    [{ tools: ['ios'] }, [['ios', 'crash', 'cp', NAME, '…', `--udid=${UDID}`]]],
  ];
  for (const [world, calls] of cases) {
    it(`${world.tools.join()}${world.isOld ? ' of old' : ''} copies the report, and leaves it on the device`, async () => {
      const fetched = await fetchWith({ ...world, crashes: { reports: REPORTS } });
      assert.ok(fetched.ok, JSON.stringify(fetched));
      assert.equal(readFileSync(fetched.value.path, 'utf8'), REPORT);
      const [made] = readdirSync(join(root, 'tmp'));
      const target = join(root, 'tmp', String(made));
      assert.deepEqual(
        standIn.crashCalls().map((call) => call.map((arg) => (arg === target ? '…' : arg))),
        calls,
      );
      assert.deepEqual(standIn.reportsOnDevice(), Object.keys(REPORTS));
      await fetched.value.dispose();
    });
  }

  it('waits for a report that the system is still moving', async () => {
    const fetched = await fetchWith({ tools: ['ios'], crashes: { reports: REPORTS, emptyCopies: 2 } });
    assert.ok(fetched.ok, JSON.stringify(fetched));
    assert.equal(standIn.crashCalls().length, 3);
    await fetched.value.dispose();
  });

  const problems: readonly (readonly [what: string, crashes: DeviceToolsWorld['crashes'], message: RegExp])[] = [
    ['a report that is not there', { reports: {} }, /^go-ios found no readable report Example \(1\)-.*\.ips on/],
    ['half a report', { reports: { [NAME]: REPORT.slice(0, 300) } }, /^go-ios found no readable report/],
    [
      'a failing tool',
      { reports: {}, failure: 'lockdown: PasswordProtected' },
      /copy the crash report: lockdown: Pass/,
    ],
  ];
  for (const [what, crashes, message] of problems) {
    it(`says what is wrong with ${what}, and what to do`, async () => {
      const fetched = await fetchWith({ tools: ['ios'], ...(crashes && { crashes }) }, { attempts: 2 });
      assert.ok(!fetched.ok);
      assert.match(fetched.problem.message, message);
      assert.match(fetched.problem.message, /\.$/);
      assert.match(fetched.problem.remedy, /^(The system may|Connect the device)/);
      assert.equal(standIn.crashCalls().length, 2);
    });
  }

  it('ends a stuck tool when it is cancelled', async () => {
    const controller = new AbortController();
    const fetching = fetchWith(
      { tools: ['ios'], crashes: { reports: {}, isStuck: true } },
      { signal: controller.signal },
    );
    setTimeout(() => controller.abort(), 300);
    const fetched = await fetching;
    assert.equal(fetched.ok ? '' : fetched.problem.code, 'cancelled');
  });

  it('says that the program beside the tool is missing', async () => {
    standIn = installDeviceTools(folder, { tools: ['idevicesyslog'] });
    const [tool] = await findDeviceTools({ env: { PATH: standIn.path } });
    rmSync(join(folder, 'idevicecrashreport'));
    const fetched = await tool?.fetchCrashReport(PATH);
    assert.equal(
      fetched?.ok === false && fetched.problem.message,
      'idevicecrashreport could not be run to copy the crash report.',
    );
  });

  for (const path of ['/var/--erase.ips', '/var/a\nb.ips', '/var/', 'C:\\x\\y.ips']) {
    it(`asks no tool for ${JSON.stringify(path)}`, async () => {
      const fetched = await fetchWith({ tools: ['ios'], crashes: { reports: REPORTS } }, {}, path);
      assert.equal(fetched.ok, false);
      assert.deepEqual(standIn.crashCalls(), []);
    });
  }
});
