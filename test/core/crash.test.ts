import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { crashEvent } from '../../src/core/crash/crashReport';
import { parseCrashReport, startsCrashReport } from '../../src/core/crash/parseCrashReport';
import { fc } from '../propertyRuns';
import { crashText } from './crashText';

const AT = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000 + 92_100;

function ips(body: object, header: object = { bug_type: '309' }): string {
  return `${JSON.stringify(header)}\n${JSON.stringify(body)}`;
}

const kill = { code: 3131951633, namespace: 'FRONTBOARD' };

describe('parseCrashReport', () => {
  it('reads all of an .ips report', () => {
    assert.deepEqual(parseCrashReport(crashText(AT, '0xbaadca11', { pid: '512' })), {
      cause: '0xbaadca11',
      at: AT,
      process: 'Example',
      pid: 512,
      bundleId: 'com.example.app',
      proof: 'FRONTBOARD 0xbaadca11',
    });
  });

  it('reads all of a text report', () => {
    assert.deepEqual(parseCrashReport(crashText(AT, '0xbaadca11', { pid: '512', 'as-text': '' })), {
      cause: '0xbaadca11',
      at: AT,
      process: 'Example',
      pid: 512,
      bundleId: 'com.example.app',
      proof: 'FRONTBOARD 0xbaadca11',
    });
  });

  const causes: readonly (readonly [name: string, text: string, cause: string | undefined])[] = [
    ['PushKit’s frame', crashText(AT, 'exception', {}), 'pushkit-exception'],
    ['PushKit’s frame in a text report', crashText(AT, 'exception', { 'as-text': '' }), 'pushkit-exception'],
    [
      'PushKit’s reason in asi',
      ips({
        exception: { type: 'EXC_CRASH' },
        asi: {
          CoreFoundation: [
            "reason: 'Killing app because it never posted an incoming call to the system after receiving a PushKit VoIP push.'",
          ],
        },
      }),
      'pushkit-exception',
    ],
    [
      'PushKit’s reason in exceptionReason',
      ips({
        exception: { type: 'EXC_CRASH' },
        exceptionReason: {
          composed_message:
            'Killing app because it never posted an incoming call to the system after receiving a PushKit VoIP push.',
        },
      }),
      'pushkit-exception',
    ],
    ['another exception', crashText(AT, 'other', {}), 'other'],
    [
      'another code of the same namespace',
      ips({ termination: { code: 3221229823, namespace: 'FRONTBOARD' } }),
      'other',
    ],
    ['the code in another namespace', ips({ termination: { code: 3131951633, namespace: 'DYLD' } }), 'other'],
    ['the code as hexadecimal text', ips({ termination: { ...kill, code: '0xbaadca11' } }), '0xbaadca11'],
    ['a body without header', JSON.stringify({ termination: kill }), '0xbaadca11'],
    [
      'a text body after the header',
      `{"bug_type":"109"}\nTermination Reason: Namespace SPRINGBOARD, Code 0xbaadca11`,
      '0xbaadca11',
    ],
    ['an excerpt', 'Exception Type:  EXC_CRASH (SIGKILL)\r\nTermination Reason: FRONTBOARD 3131951633', '0xbaadca11'],
    ['a memory report', ips({ memoryStatus: {}, processes: [] }, { bug_type: '298' }), undefined],
    ['a log', '2026-09-08 10:11:34.092 Df Example[1:2] FRONTBOARD 0xbaadca11', undefined],
    ['nothing', '', undefined],
    ['torn JSON', '{"bug_type":"309"}\n{"termination":', undefined],
  ];
  for (const [name, text, cause] of causes) {
    it(`${name}: ${cause}`, () => assert.equal(parseCrashReport(text)?.cause, cause));
  }

  it('takes from the header what the body does not say', () => {
    const header = { app_name: 'Example', timestamp: '2026-09-08 10:11:34.00 +0200', bug_type: '309', bundleID: 'a.b' };
    const report = parseCrashReport(ips({ termination: kill }, header));
    assert.equal(report?.at, Date.UTC(2026, 8, 8, 8, 11, 34) * 1000);
    assert.equal(report?.process, 'Example');
    assert.equal(report?.bundleId, 'a.b');
  });

  it('gives no event without a time', () => {
    const report = parseCrashReport(JSON.stringify({ termination: kill }));
    assert.ok(report);
    assert.equal(crashEvent(report, 'a.ips'), undefined);
  });

  it('never throws', () => {
    const fields = fc.record(
      {
        termination: fc.jsonValue(),
        exception: fc.jsonValue(),
        asi: fc.jsonValue(),
        threads: fc.jsonValue(),
        lastExceptionBacktrace: fc.jsonValue(),
        bundleInfo: fc.jsonValue(),
        pid: fc.jsonValue(),
        captureTime: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fields.map((body) => ips(body)),
          fields.map((body) => ips({ ...body, termination: kill })),
        ),
        (text) => {
          const report = parseCrashReport(text);
          if (report !== undefined) crashEvent(report, 'a');
        },
      ),
    );
  });
});

describe('crash reports are told by', () => {
  it('the first line', () => {
    for (const text of [crashText(AT, 'other', {}), crashText(AT, 'other', { 'as-text': '' })]) {
      assert.ok(startsCrashReport(text.split('\n')[0] ?? ''));
    }
    assert.ok(!startsCrashReport('{"timestamp":"2026-09-08 10:11:34.092155+0200"}'));
  });
});
