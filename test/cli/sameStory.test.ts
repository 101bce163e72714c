import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { captureCommand } from '../../src/adapters/logSources/captureCommand';
import { systemHostClock } from '../../src/adapters/logSources/hostClock';
import { readLogFile } from '../../src/adapters/logSources/readLog';
import { openRecordingFile, readRecordingFile } from '../../src/adapters/recordingFile';
import type { VoipEvent } from '../../src/core/events/event';
import { formatTimeline } from '../../src/core/export/timelineFormats';
import { microsecondsFromMilliseconds } from '../../src/core/time';
import { buildTimeline } from '../../src/core/timeline/timeline';
import { AppBehavior, PhoneSystem } from '../../src/core/virtualApp';
import { createTimelineSession } from '../../src/ui/timelineSession';
import { noiseLine } from '../core/logLines';
import { installDeviceTools } from '../standIns/deviceTools';
import { CALL, runPhone, START } from '../virtual/phone/phoneRun';

/** A story as a tool prints it, and what must come of it. */
interface Story {
  readonly name: string;
  readonly lines: readonly string[];
  readonly verdicts: readonly string[];
}

/** Built before the tests run. */
const CLI = resolve('dist', 'cli.js');

// The last line of every story is an event that belongs to no delivery: when it is there, so is all before it.
const LAST = 'voip-push 1 {"e":"token","token":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}';

async function phoneStory(
  name: string,
  verdicts: readonly string[],
  { pushes = 1, ...options }: Parameters<typeof runPhone>[0] & { readonly pushes?: number },
): Promise<Story> {
  const { phone, raw, clock, push } = runPhone(options);
  for (let sent = 0; sent < pushes; sent += 1) await push({ id: CALL.replace(/^./, String(sent)) });
  phone.close();
  const end = clock.now() + 60_000_000;
  const last = JSON.stringify({ ...JSON.parse(noiseLine(end + 1)), eventMessage: LAST });
  return { name, verdicts, lines: [...raw, noiseLine(end), last] };
}

const BEHAVIORS: { readonly [B in AppBehavior]: string } = {
  'reports-in-time': 'reported',
  'reports-after-await': 'reported-late',
  'reports-late': 'killed',
  'never-reports': 'killed',
  'returns-early': 'killed',
  'reports-existing-call': 'reported-with-error',
  'do-not-disturb': 'reported-with-error',
  foreground: 'not-required',
  'on-call': 'not-required',
  'delivered-late': 'not-required',
  'logged-out': 'killed',
};

/** `idevicesyslog` prints neither year nor zone; the device's clock is its own. */
function syslogStory(name: string, verdicts: readonly string[], lines: readonly string[]): Story {
  return { name, verdicts, lines: [...lines, syslogLine('09:00.000000', `Example[411] <Notice>: ${LAST}`)] };
}

const syslogLine = (time: string, text: string): string => `Sep  8 10:${time} ${text}`;
const received = (call: string): string =>
  `Example[411] <Notice>: voip-push 1 {"e":"received","app":"com.example.app","mustReport":true,"call":"${call}","state":"background","via":"metadata"}`;
const app = (event: string, call: string): string =>
  `Example(Foundation)[411] <Notice>: voip-push 1 {"e":"${event}","app":"com.example.app","api":"CallKit","call":"${call}"}`;
const A = '6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c01';
const B = '6b0f2f3e-9d0a-4f0b-8d39-0d3f7d3a1c02';

const SYSLOG = [
  syslogLine('00:00.000000', 'locationd[66] <Notice>: unrelated'),
  syslogLine(
    '00:01.000100',
    'callservicesd(TelephonyUtilities)[77] <Notice>: Delivering 1 VoIP payload(s) to application <private>',
  ),
  syslogLine('00:01.092155', received(A)),
  syslogLine('00:01.132000', app('reporting', A)),
  syslogLine('00:01.140000', app('returned', A)),
  syslogLine('00:01.190000', app('reported', A)),
  syslogLine('00:30.000000', received(B)),
];

async function stories(): Promise<readonly Story[]> {
  const behaviors = Object.values(AppBehavior).map((behavior) =>
    phoneStory(behavior, [BEHAVIORS[behavior]], { behavior }),
  );
  const older = { behavior: AppBehavior.neverReports, system: PhoneSystem.older, debuggerAttached: true };
  return [
    ...(await Promise.all(behaviors)),
    await phoneStory('never reports under a debugger, on an older iOS', ['missing-report'], older),
    await phoneStory('blocked after repeated kills', ['killed', 'killed', 'killed', 'blocked'], {
      behavior: AppBehavior.loggedOut,
      pushes: 4,
    }),
    syslogStory(
      'a log of idevicesyslog',
      ['reported', 'missing-report'],
      [...SYSLOG, syslogLine('08:00.000000', 'locationd[66] <Notice>: unrelated')],
    ),
    {
      name: 'a log of idevicesyslog that ends too early',
      verdicts: ['reported', 'inconclusive'],
      lines: [...SYSLOG, syslogLine('00:31.000000', `Example[411] <Notice>: ${LAST}`)],
    },
  ];
}

/** Captures what a tool prints, into the session that the editor shows. */
async function capturedLive(lines: readonly string[], folder: string, quietMs = 0) {
  const { path } = installDeviceTools(join(folder, 'bin'), { tools: ['ios'], runs: [{ lines }] });
  let aheadMs = 0;
  const nowMs = () => Date.now() + aheadMs;
  const session = createTimelineSession({ now: () => microsecondsFromMilliseconds(nowMs()), judging: () => ({}) });
  const command = { command: join(path, 'ios'), args: ['syslog'], format: 'unknown' } as const;
  let capture: ReturnType<typeof captureCommand> | undefined;
  await new Promise<void>((resolve) => {
    const onEvents = (events: readonly VoipEvent[]): void => {
      session.append(events);
      if (events.some(({ kind }) => kind === 'push.token')) resolve();
    };
    capture = captureCommand(command, { source: 'device', onEvents, nowMs });
  });
  // The log goes on being watched, and says nothing.
  aheadMs = quietMs;
  await capture?.stop();
  session.dispose();
  return session;
}

async function recorded(events: readonly VoipEvent[], path: string): Promise<readonly VoipEvent[]> {
  const { recording } = await openRecordingFile(path, { tool: '0.1.0', targets: [], at: START });
  await recording.append(events);
  await recording.close();
  return (await readRecordingFile(path)).events;
}

function checked(path: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(process.execPath, [CLI, 'check', path, '--format', 'json'], (_, stdout) => resolve(stdout));
  });
}

describe('the same story, however it comes', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'voip-push-story-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('gives the same report: live, recorded, imported and checked', async () => {
    for (const { name, lines, verdicts } of await stories()) {
      const own = await mkdtemp(join(folder, 'story-'));
      const json = (events: readonly VoipEvent[]): string => formatTimeline(buildTimeline(events), 'json', '');
      const log = join(own, 'story.log');
      await writeFile(log, `${lines.join('\n')}\n`);

      const imported = await readLogFile(log, { source: 'story.log', hostClock: systemHostClock() });
      const report = json(imported.events);
      const { deliveries }: { deliveries: readonly { verdict: string }[] } = JSON.parse(report);
      assert.deepEqual(
        deliveries.map(({ verdict }) => verdict),
        verdicts,
        name,
      );
      const session = await capturedLive(lines, own);
      assert.equal(formatTimeline(session.timeline, 'json', ''), report, `${name}, live`);
      const recording = join(own, 'story.recording');
      assert.equal(json(await recorded(session.events, recording)), report, `${name}, recorded`);
      assert.equal(await checked(log), report, `${name}, checked`);
      assert.equal(await checked(recording), report, `${name}, its recording checked`);
    }
  });

  it('differs only where the file does not know that somebody went on watching', async () => {
    const early = (await stories()).at(-1);
    assert.ok(early);
    const own = await mkdtemp(join(folder, 'quiet-'));
    const session = await capturedLive(early.lines, own, 60_000);
    const verdicts = session.timeline.deliveries.map(({ verdict }) => verdict.kind);
    assert.deepEqual([early.verdicts.at(-1), verdicts.at(-1)], ['inconclusive', 'missing-report']);
    const report = formatTimeline(session.timeline, 'json', '');
    const recording = join(own, 'quiet.recording');
    const again = buildTimeline(await recorded(session.events, recording));
    assert.equal(formatTimeline(again, 'json', ''), report, 'its recording knows');
    assert.equal(await checked(recording), report);
  });
});
