import { once } from 'node:events';
import { writeFileSync } from 'node:fs';

/** What the stand-in of a log tool prints. */
export interface ToolPlan {
  readonly linesPerSecond: number;
  readonly seconds: number;
  /** One line in so many is evidence. */
  readonly onePer: number;
  /** Where it says what it printed. */
  readonly reportPath: string;
}

/** What it printed. */
export interface ToolReport {
  readonly lines: number;
  readonly bytes: number;
  readonly evidence: number;
  /** Longest time by which it was behind, because nobody read. */
  readonly latestMs: number;
}

const TICK_MS = 10;

/**
 * Prints lines as `log stream --style ndjson` does: mostly those of other processes, and in between the stories of
 * pushes. Then says what it printed, and stays until it is ended, as a log tool does.
 */
export async function runTool({ linesPerSecond, seconds, onePer, reportPath }: ToolPlan): Promise<void> {
  const startedAt = performance.now();
  const total = linesPerSecond * seconds;
  const report = { lines: 0, bytes: 0, evidence: 0, latestMs: 0 };
  while (report.lines < total) {
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
    const elapsedMs = performance.now() - startedAt;
    const due = Math.min(Math.floor((elapsedMs * linesPerSecond) / 1000), total);
    // After a pause it catches up in pieces, as a pipe takes them.
    while (report.lines < due) {
      const text = printedLines(report, Math.min(due - report.lines, 200), onePer);
      report.bytes += text.length;
      if (!process.stdout.write(text)) await once(process.stdout, 'drain');
      const behindMs = performance.now() - startedAt - (report.lines * 1000) / linesPerSecond;
      report.latestMs = Math.max(report.latestMs, behindMs);
    }
  }
  writeFileSync(reportPath, JSON.stringify(report satisfies ToolReport));
  setInterval(() => {}, 60_000);
}

function printedLines(report: { lines: number; evidence: number }, count: number, onePer: number): string {
  let text = '';
  for (let left = count; left > 0; left -= 1) {
    report.lines += 1;
    const isEvidence = report.lines % onePer === 0;
    text += isEvidence ? storyLine(report.evidence) : noiseLine(report.lines);
    text += '\n';
    if (isEvidence) report.evidence += 1;
  }
  return text;
}

const APP = { process: '/private/var/containers/Bundle/Application/1F2E/Example.app/Example', pid: 4711 };
const CALLSERVICESD = {
  process: '/System/Library/PrivateFrameworks/TelephonyUtilities.framework/callservicesd',
  pid: 77,
};

/** A push every six lines of evidence; the app forgets to report each tenth. */
function storyLine(index: number): string {
  const story = Math.floor(index / 6);
  const call = `8ed32a8a-3f1b-4a7b-9c5e-${story.toString(16).padStart(12, '0')}`;
  const forgets = story % 10 === 9;
  const probe = (fields: string): string => ndjson(APP, `voip-push 1 {"app":"com.example.app",${fields}}`);
  switch (index % 6) {
    case 0:
      return ndjson(
        CALLSERVICESD,
        'Received incoming APS message from application with bundle identifier com.example.app and topic com.example.app.voip',
      );
    case 1:
      return ndjson(
        CALLSERVICESD,
        'Delivering 1 VoIP payload(s) to application <CSDVoIPApplication 0x10 bundleIdentifier=com.example.app>',
      );
    case 2:
      return probe(`"e":"received","mustReport":true,"via":"metadata","call":"${call}"`);
    case 3:
      return probe(forgets ? `"e":"completed","call":"${call}"` : `"e":"reporting","api":"CallKit","call":"${call}"`);
    case 4:
      return probe(forgets ? `"e":"completed","call":"${call}"` : `"e":"reported","api":"CallKit","call":"${call}"`);
    default:
      return probe(`"e":"returned","call":"${call}"`);
  }
}

const NOISE = [
  'observedProcessStatesDidChange: <RBSProcessStateUpdate| process:<RBSProcessHandle| xpcservice:com.example> state:running-active>',
  'nw_flow_connected [C12.1.1 Hostname#3f1b:443 in_progress socket-flow (satisfied (Path is satisfied), interface: en0)] Transport protocol connected',
  'Task <3F1B8ED3-0000-4A7B-9C5E-0123456789AB>.<12> received response, status 200 content K',
  'fopen failed for data file: errno = 2 (No such file or directory)',
  'Sending UpdateScene for scene com.apple.frontboard.systemappservices with priority 12 and 3 settings',
];

function noiseLine(index: number): string {
  const process = `/usr/libexec/daemon${index % 41}`;
  return ndjson({ process, pid: 100 + (index % 41) }, NOISE[index % NOISE.length] ?? '');
}

/** With the fields, and in the order, of the real one. */
function ndjson({ process, pid }: { readonly process: string; readonly pid: number }, eventMessage: string): string {
  const at = new Date();
  const fields = {
    traceID: 5_133_424_578_953_220,
    eventMessage,
    eventType: 'logEvent',
    source: null,
    formatString: '%{public}@',
    activityIdentifier: 0,
    subsystem: 'com.example.subsystem',
    category: 'Default',
    threadID: 2_101_541,
    senderImageUUID: '9B1C5AE5-2A1D-3B62-8F4B-5E1B8B9C1A11',
    backtrace: { frames: [{ imageOffset: 10_240, imageUUID: '9B1C5AE5-2A1D-3B62-8F4B-5E1B8B9C1A11' }] },
    bootUUID: '',
    processImagePath: process,
    senderImagePath: process,
    timestamp: `${at.toISOString().slice(0, 23).replace('T', ' ')}000+0000`,
    machTimestamp: 1_203_125_223_344,
    messageType: 'Default',
    processImageUUID: '9B1C5AE5-2A1D-3B62-8F4B-5E1B8B9C1A11',
    processID: pid,
    senderProgramCounter: 10_240,
    parentActivityIdentifier: 0,
    timezoneName: '',
  };
  return JSON.stringify(fields).replaceAll('/', '\\/');
}
