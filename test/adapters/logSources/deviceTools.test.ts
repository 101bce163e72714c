import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type DeviceTool, findDeviceTools } from '../../../src/adapters/logSources/deviceTools';
import { type DeviceToolsWorld, installDeviceTools } from '../../standIns/deviceTools';

const UDID = '00008110-000A1234567890AB';

async function withTools(world: DeviceToolsWorld, work: (tools: readonly DeviceTool[]) => Promise<void> | void) {
  const folder = await mkdtemp(join(tmpdir(), 'voip-push-tools-'));
  try {
    const { path } = installDeviceTools(folder, world);
    await work(await findDeviceTools({ env: { PATH: path } }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const commandLine = (tool: DeviceTool | undefined, udid?: string): string => {
  const { command, args, format } = tool?.logCommand(udid) ?? { command: '', args: [], format: '' };
  return `${[command, ...args].join(' ')} → ${format}`;
};

describe('findDeviceTools', () => {
  const cases: readonly (readonly [world: DeviceToolsWorld, withUdid: string, without: string])[] = [
    [{ tools: ['idevicesyslog'] }, `idevicesyslog -u ${UDID} → idevicesyslog`, 'idevicesyslog → idevicesyslog'],
    [
      { tools: ['idevicesyslog'], version: '1.3.0' },
      `idevicesyslog -u ${UDID} → idevicesyslog-relay`,
      'idevicesyslog → idevicesyslog-relay',
    ],
    [
      { tools: ['pymobiledevice3'], version: '7.1.2' },
      `pymobiledevice3 syslog live --format json --udid ${UDID} → pymobiledevice3-json`,
      'pymobiledevice3 syslog live --format json → pymobiledevice3-json',
    ],
    [
      { tools: ['pymobiledevice3'], version: '4.1.0', isOld: true },
      `pymobiledevice3 syslog live --udid ${UDID} → pymobiledevice3-text`,
      'pymobiledevice3 syslog live → pymobiledevice3-text',
    ],
    [{ tools: ['ios'], version: '1.0.200' }, `ios ostrace --udid=${UDID} → go-ios-json`, 'ios ostrace → go-ios-json'],
    [
      { tools: ['ios'], version: '1.0.100', isOld: true },
      `ios syslog --parse --udid=${UDID} → go-ios-json`,
      'ios syslog --parse → go-ios-json',
    ],
  ];
  for (const [world, withUdid, without] of cases) {
    it(`${world.tools.join()} ${world.version ?? ''}: its version, command and devices`, () =>
      withTools({ ...world, udids: [UDID] }, async (tools) => {
        const [tool] = tools;
        assert.equal(tools.length, 1);
        assert.equal(tool?.version, world.version ?? '1.4.0');
        assert.equal(commandLine(tool, UDID), withUdid);
        assert.equal(commandLine(tool), without);
        const listed = await tool?.listDevices();
        assert.ok(listed?.ok === true);
        assert.deepEqual(
          listed.value.map(({ udid }) => udid),
          [UDID],
        );
        assert.ok(!tool?.logCommand(UDID).args.includes('-q'), '-q hides callservicesd');
      }));
  }

  it('puts the best first', () =>
    withTools({ tools: ['ios', 'idevicesyslog', 'pymobiledevice3'] }, (tools) => {
      assert.deepEqual(
        tools.map(({ kind }) => kind),
        ['pymobiledevice3', 'idevicesyslog', 'go-ios'],
      );
    }));

  it('finds nothing where nothing is', () => withTools({ tools: [] }, (tools) => assert.deepEqual(tools, [])));

  it('takes a tool from the setting, wherever it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'voip-push-tools-'));
    try {
      const { path } = installDeviceTools(folder, { tools: ['idevicesyslog'], udids: [UDID] });
      const paths = { idevicesyslog: join(path, 'idevicesyslog') };
      const [tool] = await findDeviceTools({ env: { PATH: '' }, paths });
      assert.equal(tool?.command, paths.idevicesyslog);
      assert.deepEqual(await tool.listDevices(), { ok: true, value: [{ udid: UDID }] });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
