import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LogCapture, LogSourceHealth } from '../../src/core/log/logSource';
import type { Simulator } from '../../src/core/simulators/simulator';
import { XCRUN_NOT_FOUND } from '../../src/core/simulators/xcrunProblem';
import type { ToolResult } from '../../src/core/toolResult';
import { createListeners } from '../../src/ui/listeners';
import { createSimulators, type Simulators } from '../../src/ui/simulators';

const SIMULATOR: Simulator = {
  udid: '9F0B7A52-3C1D-4E8A-8B6F-2D4C6E8A0B1C',
  name: 'iPhone 17',
  state: 'Booted',
  isAvailable: true,
  runtime: 'iOS 26.4',
};

interface World {
  readonly simulators: Simulators;
  readonly kept: Record<string, unknown>;
  /** Calls of simctl and of the capture, in order. */
  readonly calls: string[];
  setList(list: ToolResult<readonly Simulator[]>): void;
  setHealth(health: LogSourceHealth): void;
}

function world({ isTrusted = true, kept = {} as Record<string, unknown> } = {}): World {
  const calls: string[] = [];
  const health = createListeners<void>();
  let list: ToolResult<readonly Simulator[]> = { ok: true, value: [SIMULATOR] };
  let now: LogSourceHealth = { state: 'watching', sinceMs: 0 };
  const capture: LogCapture = {
    get health() {
      return now;
    },
    onDidChange: health.add,
    async stop() {
      calls.push('stop');
    },
  };
  const simulators = createSimulators({
    simctl: async () => ({
      async list() {
        calls.push('list');
        return list;
      },
      listApps: async () => ({ ok: true, value: [] }),
      async push({ bundleId, payload }) {
        calls.push(`push ${bundleId} ${payload}`);
        return { kind: 'accepted', latencyMs: 1 };
      },
    }),
    async watchLog() {
      calls.push('watch');
      return capture;
    },
    session: { append: () => undefined },
    memory: {
      get: (key) => kept[key],
      update: async (key, value) => {
        kept[key] = value;
      },
    },
    requirePermission() {
      if (!isTrusted) throw new Error('restricted');
    },
    mayStart: () => isTrusted,
    pickApp: async () => ({ bundleId: 'com.example.picked', name: 'Picked' }),
    onToken: () => undefined,
  });
  return {
    simulators,
    kept,
    calls,
    setList: (next) => {
      list = next;
    },
    setHealth(next) {
      now = next;
      health.tell();
    },
  };
}

async function send({ simulators }: World, payload: string): Promise<void> {
  const [target] = simulators.targets;
  assert.ok(target);
  const { transport, deviceToken } = await target.prepare(undefined, payload);
  await transport.send({ deviceToken, headers: {}, body: Buffer.from(payload) });
}

describe('simulators', () => {
  it('start nothing in restricted mode', async () => {
    const restricted = world({ isTrusted: false, kept: { 'voipPush.simulator': SIMULATOR } });
    restricted.simulators.refreshOnce();
    await assert.rejects(send(restricted, '{}'), /restricted/);
    assert.deepEqual(restricted.calls, []);
    assert.match(String(restricted.simulators.targets[0]?.label), /iPhone 17/);
  });

  it('are listed once when somebody looks', async () => {
    const own = world();
    own.simulators.refreshOnce();
    own.simulators.refreshOnce();
    await own.simulators.refresh();
    assert.deepEqual(own.calls, ['list']);
    assert.equal(own.simulators.note, undefined);
  });

  it('are missing with a reason and a way out, and the ones that are known stay', async () => {
    const own = world();
    await own.simulators.refresh();
    own.setList({ ok: false, problem: XCRUN_NOT_FOUND });
    await own.simulators.refresh();
    assert.equal(own.simulators.note?.label, 'Not refreshed');
    assert.match(String(own.simulators.note?.tooltip), /xcrun was not found.*\n\nOn a Mac, install Xcode/s);
    assert.equal(own.simulators.targets.length, 1);
  });

  it('are watched from the first sending until they are left', async () => {
    const own = world();
    await own.simulators.refresh();
    const [target] = own.simulators.targets;
    assert.deepEqual(target?.logHealth, { state: 'off' });
    await send(own, '{"aps":{}}');
    await send(own, '{"aps":{}}');
    assert.deepEqual(target?.logHealth, { state: 'watching' });
    own.setHealth({ state: 'restarting', why: 'it died', inMs: 1000 });
    assert.deepEqual(target?.logHealth, { state: 'waiting', why: 'it died' });
    target?.leave?.();
    assert.deepEqual(target?.logHealth, { state: 'off' });
    const push = 'push com.example.picked {"aps":{}}';
    assert.deepEqual(own.calls, ['list', 'watch', push, push, 'stop']);
  });

  it('take the app of the payload before the chosen one, and the chosen one before asking', async () => {
    const own = world();
    await own.simulators.refresh();
    own.simulators.targets[0]?.chooseApp({ bundleId: 'com.example.chosen', name: 'Chosen' });
    await send(own, '{"aps":{}}');
    await send(own, '{"aps":{},"Simulator Target Bundle":"com.example.named"}');
    const apps = own.calls.filter((call) => call.startsWith('push')).map((call) => call.split(' ')[1]);
    assert.deepEqual(apps, ['com.example.chosen', 'com.example.named']);
    const again = world({ kept: { ...own.kept, 'voipPush.simulator': SIMULATOR } });
    assert.equal(again.simulators.targets[0]?.bundleId, 'com.example.chosen');
  });

  it('are asked for anew before a push to one that was shut down', async () => {
    const own = world();
    own.setList({ ok: true, value: [{ ...SIMULATOR, state: 'Shutdown' }] });
    await own.simulators.refresh();
    assert.match(String(own.simulators.targets[0]?.problem?.remedy), /simctl boot/);
    assert.doesNotMatch(JSON.stringify(own.simulators.targets[0]?.facts), /shutdown/i);
    own.setList({ ok: true, value: [SIMULATOR] });
    await send(own, '{"aps":{}}');
    assert.deepEqual(own.calls.slice(0, 3), ['list', 'list', 'watch']);
  });

  it('that cannot take a push say so before they ask for an app', async () => {
    const own = world();
    own.setList({ ok: true, value: [{ ...SIMULATOR, state: 'Shutdown' }] });
    await own.simulators.refresh();
    await assert.rejects(
      send(own, '{"aps":{}}'),
      /Nothing was sent to iPhone 17, .*\. Shut down\. Boot it in Simulator/,
    );
    assert.deepEqual(own.calls, ['list', 'list']);
  });

  it('that are gone are left', async () => {
    const own = world();
    await own.simulators.refresh();
    await send(own, '{"aps":{}}');
    own.setList({ ok: true, value: [] });
    await own.simulators.refresh();
    assert.equal(own.calls.at(-1), 'stop');
    assert.match(String(own.simulators.note?.tooltip), /Xcode has no simulators/);
  });
});
