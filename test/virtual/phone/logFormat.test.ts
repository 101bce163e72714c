import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatLogTime } from '../../../src/virtual/phone/logLine';
import { messageText } from '../../../src/virtual/phone/logMessage';
import { runPhone, START } from './phoneRun';

// The keys of a real `logEvent` record of an iOS 26.4 simulator, in their order.
const KEYS =
  'timezoneName messageType eventType source formatString userID activityIdentifier subsystem category threadID senderImageUUID backtrace bootUUID processImagePath senderImagePath timestamp machTimestamp eventMessage processImageUUID traceID processID senderProgramCounter parentActivityIdentifier';

describe('the log', () => {
  it('starts with the filter, then boots, before any push', () => {
    const { raw } = runPhone();
    assert.equal(raw.length, 2);
    assert.equal(
      raw[0],
      'Filtering the log data using "process == "callservicesd" OR process == "SpringBoard" OR process == "runningboardd" OR process == "Example""',
    );
    assert.match(raw[1] ?? '', /^\{"timezoneName":"","messageType":"Default","eventType":"logEvent"/);
  });

  it('has the keys of a real record, escaped slashes and the local time in every line', async () => {
    const run = runPhone({ behavior: 'returns-early' });
    await run.push({ id: 'https://example.com/' });
    const [, ...records] = run.raw;
    assert.ok(records.length > 10);
    for (const record of records) {
      const fields = JSON.parse(record) as Record<string, unknown>;
      assert.equal(Object.keys(fields).join(' '), KEYS);
      assert.ok(!/[^\\]\//.test(record), record);
      assert.match(String(fields['timestamp']), /^2026-09-08 10:11:\d\d\.\d{6}\+0200$/);
      assert.match(String(fields['processImagePath']), /^\/(Library|Users)\/.*\/\w+$/);
      assert.match(String(fields['senderImageUUID']), /^[0-9A-F-]{36}$/);
      assert.ok(Number.isSafeInteger(fields['machTimestamp']) && Number.isSafeInteger(fields['traceID']));
    }
  });

  it('says who speaks', async () => {
    const run = runPhone({ behavior: 'returns-early' });
    await run.push();
    const fieldsOf = (start: string) => run.lines().find(({ message }) => message.startsWith(start))?.fields ?? {};
    const speaker = (start: string) =>
      ['subsystem', 'category', 'senderImagePath'].map((key) => String(fieldsOf(start)[key]).split('/').pop());
    assert.deepEqual(speaker('Delivering'), ['com.apple.calls.callservicesd', 'Default', 'callservicesd']);
    assert.deepEqual(speaker('voip-push 1'), ['com.example.app', 'voip-push', 'Example']);
    assert.deepEqual(speaker('Apps receving'), ['', '', 'PushKit']);
    assert.deepEqual(speaker('*** Terminating app'), ['', '', 'CoreFoundation']);
    assert.deepEqual(speaker('Received state update'), ['com.apple.runningboard', 'monitor', 'RunningBoardServices']);
    assert.match(String(fieldsOf('Delivering')['processImagePath']), /iOS 26\.4\.simruntime.*\/callservicesd$/);
  });

  it('counts the ticks of the machine with the time', async () => {
    const run = runPhone();
    await run.push();
    const [first, ...rest] = run.lines();
    for (const { at, fields } of rest) {
      const ticks = Number(fields['machTimestamp']) - Number(first?.fields['machTimestamp']);
      assert.equal(ticks, (at - START) * 24);
    }
  });
});

describe('formatLogTime', () => {
  const cases: readonly [utcOffsetMinutes: number, expected: string][] = [
    [120, '2026-09-08 10:11:34.092155+0200'],
    [0, '2026-09-08 08:11:34.092155+0000'],
    [-210, '2026-09-08 04:41:34.092155-0330'],
    [345, '2026-09-08 13:56:34.092155+0545'],
  ];
  for (const [utcOffsetMinutes, expected] of cases) {
    it(expected, () => assert.equal(formatLogTime(START, utcOffsetMinutes), expected));
  }
  it('keeps leading zeros of the fraction', () => {
    assert.equal(formatLogTime(START - 92_154, 0), '2026-09-08 08:11:34.000001+0000');
  });
});

describe('messageText', () => {
  const cases: readonly [format: string, values: readonly string[], expected: string][] = [
    [
      'Delivering %lu VoIP payload(s) to application %@',
      ['2', '<X %@>'],
      'Delivering 2 VoIP payload(s) to application <X %@>',
    ],
    ['voip-push 1 %{public}@', ['{"$&":1}'], 'voip-push 1 {"$&":1}'],
    ['message %p of %d', ['0x1'], 'message 0x1 of %d'],
  ];
  for (const [format, values, expected] of cases) {
    it(format, () => {
      const message = { format, values, subsystem: '', category: '', messageType: 'Default' } as const;
      assert.equal(messageText(message), expected);
    });
  }
});
