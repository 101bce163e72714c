import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { captureCommand } from '../src/adapters/logSources/captureCommand';
import { openRecordingFile, readRecordingFile } from '../src/adapters/recordingFile';
import { createRecordingStore } from '../src/adapters/recordingStore';
import type { VoipEvent } from '../src/core/events/event';
import type { LogCommand } from '../src/core/log/logSource';
import type { RecordingStore } from '../src/core/recording/recordingStore';
import { createSessionRecorder } from '../src/ui/sessionRecorder';
import { createTargetChoice, type Target } from '../src/ui/targets';
import { connectTimeline } from '../src/ui/timelineConnection';
import { createTimelineSession } from '../src/ui/timelineSession';
import { liveToolbar } from '../src/ui/timelineState';
import { type LongestBlock, watchLoop } from './loopWatch';

/** Memory after a garbage collection. */
export interface Memory {
  readonly afterSeconds: number;
  readonly heapMb: number;
  readonly rssMb: number;
}

export interface HostReport {
  readonly events: number;
  readonly gaps: number;
  readonly deliveries: number;
  readonly flagged: number;
  /** Events that the recording on disk holds. */
  readonly recorded: number;
  readonly messages: number;
  readonly messageBytes: number;
  readonly cpuSeconds: number;
  readonly block: LongestBlock;
  readonly memory: readonly Memory[];
}

export interface HostPlan {
  readonly command: LogCommand;
  /** For the recording. */
  readonly folder: string;
  /** Deliveries that are in the recording before. */
  readonly restored: number;
  readonly seconds: number;
  /** When memory is looked at. */
  readonly looksAtSeconds: readonly number[];
}

/**
 * The product as the extension host runs it: capture, reader, session, recorder, and the connection to a timeline
 * whose messages go through JSON, as VS Code sends them.
 */
export async function runHost({ command, folder, restored, seconds, looksAtSeconds }: HostPlan): Promise<HostReport> {
  const now = () => Date.now() * 1000;
  const header = { tool: 'bench', targets: [], at: now() };
  if (restored > 0) await writeRecording(join(folder, YESTERDAY), restored);
  globalThis.gc?.();
  const loop = watchLoop();
  const startedAt = performance.now();
  const session = createTimelineSession({ now, judging: () => ({}) });
  const store = createRecordingStore({ folder, header: () => header });
  const recorder = createSessionRecorder({
    store,
    session,
    settings: () => ({ isEnabled: true, redact: [], maxAgeDays: 30, maxTotalBytes: 1e9 }),
    resume: restored > 0 ? YESTERDAY : undefined,
    onRecording: () => {},
    onLeftAlone: refuse,
    onFailure: (error) => {
      throw error;
    },
    onNotes: () => {},
  });
  const sent = { messages: 0, messageBytes: 0 };
  const connection = connectTimeline({
    session,
    toolbar: liveToolbar(createTargetChoice(TARGET), () => undefined),
    post: (message) => {
      sent.messages += 1;
      sent.messageBytes += JSON.stringify(message).length;
    },
    actions: { runCommand: refuse, openPayload: refuse, openLink: refuse, copy: refuse, openDropped: refuse },
    onUnknown: refuse,
  });
  connection.receive({ type: 'ready' });
  const cpu = process.cpuUsage();
  const memory: Memory[] = [];
  const capture = captureCommand(command, { source: 'device', onEvents: session.append });
  for (const at of looksAtSeconds) {
    await sleep(Math.max(at * 1000 - (performance.now() - startedAt), 0));
    memory.push({ ...loop.without(measureMemory), afterSeconds: at });
  }
  await sleep(Math.max(seconds * 1000 - (performance.now() - startedAt), 0));
  const block = loop.longest();
  const { user, system } = process.cpuUsage(cpu);
  await capture.stop();
  const { deliveries, flagged } = await session.upToDate();
  await recorder.close();
  connection.dispose();
  session.dispose();
  const fromDevice = (events: readonly VoipEvent[]): number =>
    events.filter(({ kind, source }) => source === 'device' && !kind.startsWith('source.')).length;
  return {
    events: fromDevice(session.events),
    gaps: session.events.filter(({ kind }) => kind === 'source.gap').length,
    deliveries: deliveries.length,
    flagged,
    recorded: fromDevice(await readAll(store)),
    ...sent,
    cpuSeconds: (user + system) / 1e6,
    block,
    memory,
  };
}

const YESTERDAY = 'yesterday.voiprec';

/** One session can fill several recordings. */
async function readAll(store: RecordingStore): Promise<readonly VoipEvent[]> {
  const recordings = (await store.list()).map(({ path }) => readRecordingFile(path));
  return (await Promise.all(recordings)).flatMap(({ events }) => events);
}

/** Of yesterday, half a second apart. */
async function writeRecording(path: string, deliveries: number): Promise<void> {
  const source = 'yesterday.ndjson';
  const startAt = Date.now() * 1000 - 86_400_000_000 - deliveries * 500_000;
  const { recording } = await openRecordingFile(path, { tool: 'bench', targets: [], at: startAt });
  await recording.append([{ kind: 'source.started', at: startAt, source }]);
  for (let index = 0; index < deliveries; index += 1) {
    const at = startAt + index * 500_000;
    const line = JSON.stringify({ eventMessage: `voip-push 1 ${'x'.repeat(300)}`, index });
    const app = { source, line, bundleId: 'com.example.app', process: 'Example', pid: 7, callId: `call ${index}` };
    await recording.append([
      { kind: 'push.arrived', at, source, line, bundleId: 'com.example.app' },
      { kind: 'push.delivering', at: at + 1000, source, line, bundleId: 'com.example.app', count: 1 },
      { kind: 'push.received', at: at + 2000, ...app, mustReport: true, via: 'metadata' },
      { kind: 'call.reporting', at: at + 30_000, ...app, api: 'CallKit' },
      { kind: 'call.reported', at: at + 60_000, ...app, api: 'CallKit' },
      { kind: 'handler.returned', at: at + 61_000, ...app },
    ]);
  }
  await recording.close();
}

function measureMemory(): Pick<Memory, 'heapMb' | 'rssMb'> {
  globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMb: heapUsed / 1e6, rssMb: rss / 1e6 };
}

function refuse(): never {
  throw new Error('nobody asks for this here');
}

const TARGET: Target = {
  id: 'virtual-iphone',
  label: 'Virtual iPhone',
  environment: 'virtual',
  kind: 'virtual',
  description: '',
  bundleId: 'com.example.app',
  logSource: 'virtual-iphone',
  logHealth: { state: 'watching' },
  onDidChange: () => ({ dispose: () => {} }),
  prepare: refuse,
  idle: refuse,
  close: refuse,
  dispose: () => {},
};
