import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileLinearPattern } from '../../src/adapters/linearPattern';
import type { CaptureOptions, LogCapture, LogSourceHealth } from '../../src/core/log/logSource';
import type { NumberedPattern } from '../../src/core/log/userPatterns';
import { createLogCaptures } from '../../src/ui/logCaptures';
import { logHealthWords } from '../../src/ui/logHealthWords';
import { probeSnippetsDocument } from '../../src/ui/probeSnippets';
import { createRecognizers } from '../../src/ui/recognizers';
import { readSettings } from '../../src/ui/settings';
import { createSourceNames } from '../../src/ui/sourceNames';

/** A capture whose health the test decides. */
function controlledCapture() {
  const stopped: string[] = [];
  let tell = () => {};
  let health: LogSourceHealth = { state: 'starting' };
  const start = ({ source }: CaptureOptions): LogCapture => ({
    get health() {
      return health;
    },
    onDidChange(listener) {
      tell = listener;
      return { dispose: () => {} };
    },
    stop: async () => void stopped.push(source),
  });
  const become = (next: LogSourceHealth) => {
    health = next;
    tell();
  };
  return { start, become, stopped };
}

describe('the logs that are watched', () => {
  const create = () => createLogCaptures({ append: () => {}, matchers: async () => [], onToken: () => {} });

  it('are listed with their health until they are stopped', async () => {
    const captures = create();
    const { start, become, stopped } = controlledCapture();
    let changes = 0;
    captures.onDidChange(() => {
      changes += 1;
    });
    await captures.watch({ source: 'device A', reader: 'tool 1.0', start });
    assert.deepEqual(
      captures.all.map(({ source, health }) => [source, health.state]),
      [['device A', 'starting']],
    );
    become({ state: 'watching', sinceMs: 1 });
    assert.equal(captures.all[0]?.health.state, 'watching');
    assert.equal(changes, 2);
    await captures.watch({ source: 'device A', reader: 'tool 1.0', start: () => assert.fail('it is watched already') });
    await captures.stop('device A');
    assert.deepEqual(captures.all, []);
    assert.deepEqual(stopped, ['device A']);
  });

  it('all end with the window, and none begins after it', async () => {
    const captures = create();
    const { start, stopped } = controlledCapture();
    await captures.watch({ source: 'a', reader: 'tool', start });
    await captures.watch({ source: 'b', reader: 'tool', start });
    const late = captures.watch({ source: 'c', reader: 'tool', start });
    await captures.close();
    await late;
    assert.deepEqual(stopped.toSorted(), ['a', 'b']);
    assert.deepEqual(captures.all, []);
  });
});

describe('health in words', () => {
  const cases: readonly (readonly [LogSourceHealth, string, string | undefined])[] = [
    [{ state: 'starting' }, 'starting', undefined],
    [{ state: 'watching', sinceMs: 5 }, 'watching', undefined],
    [{ state: 'waiting', why: 'no device is connected' }, 'waiting', 'No device is connected.'],
    [
      { state: 'restarting', why: 'ios ended with exit code 1', inMs: 3200 },
      'starts again in 4 s',
      'Ios ended with exit code 1.',
    ],
    [{ state: 'ended', why: 'the capture was stopped' }, 'ended', 'The capture was stopped.'],
  ];
  for (const [health, text, why] of cases) {
    it(health.state, () => {
      const words = logHealthWords(health);
      assert.equal(words.text, text);
      assert.equal(words.why, why);
    });
  }
});

describe('names of logs', () => {
  it('are as short as they may be, and stay', () => {
    const nameOf = createSourceNames();
    assert.equal(nameOf('/a/x/device.log'), 'device.log');
    assert.equal(nameOf('/a/y/device.log'), 'y/device.log');
    assert.equal(nameOf('/b/y/device.log'), '/b/y/device.log');
    assert.equal(nameOf('/a/x/device.log'), 'device.log');
    assert.equal(nameOf('/b/y/device.log'), '/b/y/device.log');
  });
});

describe('the user’s own patterns', () => {
  it('are compiled when they are asked for, once for each setting', async () => {
    let loads = 0;
    let patterns: readonly NumberedPattern[] = [];
    const problems: string[] = [];
    const { matchers } = createRecognizers({
      patterns: () => patterns,
      loadCompiler: async () => {
        loads += 1;
        return compileLinearPattern;
      },
      onProblem: (problem) => problems.push(problem),
    });
    assert.deepEqual(await matchers(), []);
    assert.equal(loads, 0, 'without patterns the compiler is not loaded');
    patterns = [
      { number: 1, pattern: 'got push', event: 'received' },
      { number: 2, pattern: '(', event: 'received' },
    ];
    assert.equal((await matchers()).length, 1);
    assert.equal((await matchers()).length, 1);
    assert.equal(loads, 1);
    assert.equal(problems.length, 1);
    assert.match(String(problems[0]), /^Log pattern 2: /);
  });

  it('keep the good ones of a setting with a bad one', () => {
    const value = [
      { pattern: 'a', event: 'received' },
      { pattern: '', event: 'received' },
    ];
    const { settings, problems } = readSettings((id) => (id === 'voipPush.recognizers' ? value : undefined));
    assert.deepEqual(
      settings.recognizers.map(({ number }) => number),
      [1],
    );
    assert.deepEqual(problems, [
      'Setting voipPush.recognizers: Log pattern 2: pattern is empty: it would match every line.',
    ]);
  });
});

describe('paths of device tools', () => {
  const cases: readonly (readonly [value: unknown, isGood: boolean])[] = [
    [{ idevicesyslog: '/opt/homebrew/bin/idevicesyslog' }, true],
    [{ 'go-ios': '/usr/local/bin/ios', pymobiledevice3: '/x/pymobiledevice3' }, true],
    [{ idevicesyslog: 'idevicesyslog' }, false],
    [{ idevicesyslog: 7 }, false],
    [{ sh: '/bin/sh' }, false],
  ];
  for (const [value, isGood] of cases) {
    it(`${JSON.stringify(value)} is ${isGood ? 'taken' : 'refused'}`, () => {
      const { settings, problems } = readSettings((id) => (id === 'voipPush.deviceTools.paths' ? value : undefined));
      assert.equal(problems.length, isGood ? 0 : 1);
      assert.deepEqual(settings.deviceToolPaths, isGood ? value : {});
    });
  }
});

describe('the snippets of the call probe', () => {
  it('show every way to receive and to report, as code of the language', () => {
    const swift = probeSnippetsDocument('swift');
    for (const words of [
      'didReceiveIncomingVoIPPushWith',
      'didReceiveIncomingPushWith',
      'probedReportNewIncomingCall',
      'probedReportNewIncomingConversation',
      'VoipPushProbe.bridge',
    ])
      assert.ok(swift.includes(words), words);
    const objectiveC = probeSnippetsDocument('objective-c');
    for (const words of [
      'didReceiveIncomingVoIPPushWithPayload',
      'didReceiveIncomingPushWithPayload',
      '#import "VoipPushProbe.h"',
    ])
      assert.ok(objectiveC.includes(words), words);
    assert.ok(!swift.includes('#import'));
  });
});
