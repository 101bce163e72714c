import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { captureCommand } from '../../../src/adapters/logSources/captureCommand';
import type { CaptureOptions, LogFormat } from '../../../src/adapters/logSources/logSource';
import type { VoipEvent } from '../../../src/core/events/event';
import { buildTimeline } from '../../../src/core/timeline/timeline';
import { type Coverage, createCoverage } from '../../../src/core/verdict/coverage';
import { installDeviceTools, type LogRun } from '../../standIns/deviceTools';
import { deviceLine, RECEIVED, watch } from './watching';

function coverageOf(events: readonly VoipEvent[]): Coverage {
  const coverage = createCoverage();
  for (const event of events) coverage.add(event);
  return coverage.read();
}

const start =
  (runs: readonly LogRun[], format: LogFormat = 'unknown') =>
  (folder: string, options: CaptureOptions) => {
    const { path } = installDeviceTools(folder, { tools: ['ios'], runs });
    return captureCommand({ command: join(path, 'ios'), args: ['syslog'], format }, options);
  };

describe('captureCommand', () => {
  it('gives the events of the lines, with the time they arrived', () =>
    watch(start([{ lines: [deviceLine(RECEIVED)] }]), async ({ events, until, kinds }) => {
      await until(() => kinds().includes('push.received'));
      assert.deepEqual(kinds(), ['source.started', 'push.received']);
      assert.ok(events.every(({ arrivedAt }) => arrivedAt !== undefined));
    }));

  it('loses no line of a tool that prints faster than it is read', () => {
    const count = 200;
    const lines = Array.from({ length: count }, () => deviceLine(RECEIVED));
    return watch(start([{ lines, noiseLines: 500 }]), async ({ until, kinds }) => {
      await until(() => kinds().length === count + 1);
      assert.deepEqual(kinds(), ['source.started', ...lines.map(() => 'push.received')]);
    });
  });

  it('calls it a gap when the log itself says that it lost messages', () => {
    const ticks = 7_000_000_000;
    const lost = `lost >=63 unreliable messages from ${ticks}-${ticks + 24_000_000} (Mach continuous exact start-approx. end)`;
    const lines = [deviceLine(RECEIVED), deviceLine(lost, 0, Date.now() + 1500)];
    return watch(start([{ lines }]), async ({ events, until, kinds }) => {
      await until(() => kinds().includes('source.gap'));
      const gap = events.find(({ kind }) => kind === 'source.gap');
      assert.ok(gap?.kind === 'source.gap');
      assert.equal(gap.at - gap.from, 1_000_000);
      const [delivery] = buildTimeline(events, { now: Date.now() * 1000 + 60_000_000 }).deliveries;
      assert.ok(delivery?.verdict.kind === 'inconclusive');
      assert.equal(delivery.verdict.because, 'the log itself lost 63 or more messages');
    });
  });

  it('watches a tool that starts and says nothing from its start, and until it is stopped', () =>
    watch(start([{}]), async ({ events, kinds, until, capture }) => {
      await until(() => capture.health.state === 'watching');
      await capture.stop();
      assert.deepEqual(kinds(), ['source.started', 'source.ended']);
      assert.ok((events[1]?.at ?? 0) >= (events[0]?.at ?? 0));
      assert.deepEqual(capture.health, { state: 'ended', why: 'the capture was stopped' });
    }));

  it('starts a tool that died again, says why, and calls the time between a gap', () =>
    watch(
      start([
        { lines: [deviceLine(RECEIVED, 0, Date.now() - 1000)], exitCode: 3, stderr: 'lost the connection\n' },
        { exitCode: 1 },
        { lines: [deviceLine('found again', 0, Date.now() + 2000)] },
      ]),
      async ({ events, healths, until, kinds }) => {
        await until(() => kinds().includes('source.gap'));
        assert.deepEqual(kinds(), ['source.started', 'push.received', 'source.ended', 'source.gap']);
        const [, , ended, gap] = events;
        assert.ok(gap?.kind === 'source.gap' && ended !== undefined);
        assert.match(gap.why, /ios ended with exit code 3: lost the connection$/);
        assert.equal(gap.from, ended.at);
        assert.ok(gap.at > gap.from);
        const pauses = healths.flatMap((health) => (health.state === 'restarting' ? [health.inMs] : []));
        assert.deepEqual(pauses, [10, 20]);
        assert.equal(coverageOf(events).get('device')?.ended, undefined, 'it is being watched again');
        const [delivery] = buildTimeline(events, { now: Date.now() * 1000 + 60_000_000 }).deliveries;
        assert.equal(delivery?.verdict.kind, 'inconclusive', 'silence in a gap proves nothing');
      },
      // The run that only dies must not be taken for a quiet one, however slowly it starts.
      { settleMs: 60_000 },
    ));

  it('proves nothing by silence while the tool is dead', () =>
    watch(
      start([{ lines: [deviceLine(RECEIVED)], exitCode: 1 }]),
      async ({ events, until, kinds }) => {
        await until(() => kinds().includes('source.ended'));
        const [delivery] = buildTimeline(events, { now: Date.now() * 1000 + 60_000_000 }).deliveries;
        assert.equal(delivery?.verdict.kind, 'inconclusive');
      },
      { firstPauseMs: 60_000 },
    ));

  it('counts a restarted tool that stays quiet as found', () =>
    watch(start([{ lines: [deviceLine('x')], exitCode: 1 }, {}]), async ({ until, kinds, capture }) => {
      await until(() => kinds().includes('source.gap'));
      assert.equal(capture.health.state, 'watching');
    }));

  it('says that a tool is not there, and goes on looking', () =>
    watch(
      (folder, options) => captureCommand({ command: join(folder, 'none'), args: [], format: 'ndjson' }, options),
      async ({ healths, until, kinds }) => {
        await until(() => healths.filter(({ state }) => state === 'restarting').length === 3);
        const [first] = healths.filter((health) => health.state === 'restarting');
        assert.match(first?.why ?? '', /none was not found$/);
        assert.deepEqual(kinds(), []);
      },
    ));

  it('waits for the device with idevicesyslog, and calls its absence a gap', () => {
    const lines = [
      '[connected:00008110-000A1234567890AB]',
      deviceLine(RECEIVED),
      '[disconnected:00008110-000A1234567890AB]',
      '[connected:00008110-000A1234567890AB]',
    ];
    return watch(start([{ lines, everyMs: 20 }], 'idevicesyslog'), async ({ healths, until, kinds }) => {
      await until(() => kinds().includes('source.gap'));
      assert.deepEqual(kinds(), ['source.started', 'push.received', 'source.ended', 'source.gap']);
      assert.deepEqual(
        healths.map((health) => ('why' in health ? `${health.state}: ${health.why}` : health.state)),
        ['starting', 'waiting: no device is connected', 'watching', 'waiting: the device was disconnected', 'watching'],
      );
    });
  });

  it('learns the device’s clock: what is watched and what is lost is told by it', () => {
    const behindMs = -3_600_000;
    const lines = [deviceLine(RECEIVED, behindMs)];
    return watch(start([{ lines, everyMs: 20, exitCode: 1 }, {}]), async ({ events, until, kinds }) => {
      await until(() => kinds().includes('source.gap'));
      const source = coverageOf(events).get('device');
      const received = events.find(({ kind }) => kind === 'push.received');
      const gap = events.find(({ kind }) => kind === 'source.gap');
      assert.ok(source?.started !== undefined && received !== undefined && gap?.kind === 'source.gap');
      assert.ok(source.started <= received.at, 'started by the device’s clock');
      assert.ok(Math.abs(gap.at - received.at) < 60_000_000, 'the gap is by the device’s clock');
      assert.ok((source.clockOffset ?? 0) < -3_500_000_000);
    });
  });

  it('ends a stubborn tool, and at an abort', async () => {
    const abort = new AbortController();
    await watch(
      start([{ lines: ['ready'], isStubborn: true }]),
      async ({ until, capture }) => {
        await until(() => capture.health.state === 'watching');
        abort.abort();
        await until(() => capture.health.state === 'ended');
      },
      { signal: abort.signal },
    );
  });
});
