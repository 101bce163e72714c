import assert from 'node:assert/strict';
import { crashEvent } from '../../src/core/crash/crashReport';
import { parseCrashReport } from '../../src/core/crash/parseCrashReport';
import type { PushSentEvent, VoipEvent } from '../../src/core/events/event';
import { answerEvent, pushSentEvent } from '../../src/core/events/sending';
import { createLogReader, type LogReader } from '../../src/core/log/logReader';
import type { PushOutcome } from '../../src/core/ports';
import { crashText } from './crashText';
import { appLine, noiseLine, systemLine } from './logLines';

/** A story in plain text, the events it makes on the way every log takes, and the verdicts it must have. */
export interface Situation {
  readonly name: string;
  readonly events: readonly VoipEvent[];
  /** The user's own places of the call id in payloads. */
  readonly callIdPointers: readonly string[];
  /** Microseconds; only where the story is told live. */
  readonly now?: number;
  readonly expected: readonly ExpectedDelivery[];
  /** Kinds of the events that belong to no delivery. */
  readonly unjoined: readonly string[];
}

export interface ExpectedDelivery {
  readonly verdict: string;
  readonly severity: string;
  readonly certainty: string;
  readonly facts: Readonly<Record<string, string>>;
  /** Words of the summary or the reasons. */
  readonly words: readonly string[];
  /** Words of the next steps. */
  readonly nextWords: readonly string[];
}

/** 2026-01-01T00:00:00Z: every story starts here. */
export const STORY_START = Date.UTC(2026, 0, 1) * 1000;

const micros = (seconds: string): number => STORY_START + Math.round(Number(seconds) * 1_000_000);

/** Reads a file of situations; the format is described by the files themselves. */
export function parseSituations(text: string): Situation[] {
  return text
    .split(/^== /m)
    .slice(1)
    .map((block) => {
      const [name = '', ...lines] = block.split('\n');
      return parseSituation(
        name.trim(),
        lines.map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#')),
      );
    });
}

function parseSituation(name: string, lines: readonly string[]): Situation {
  const told = lines.filter((line) => !line.startsWith('->'));
  const [unjoined, expected] = partition(lines, '-> unjoined');
  const now = told.find((line) => line.startsWith('now '))?.split(/\s+/)[1];
  const logs = createLogs();
  const sent: PushSentEvent[] = [];
  const events = told.flatMap((line) => tell(line.split(/\s+/), sent, logs));
  if (now === undefined) events.push(...logs.end());
  return {
    name,
    events,
    callIdPointers: told.filter((line) => line.startsWith('pointer ')).map((line) => line.slice('pointer '.length)),
    ...(now !== undefined && { now: micros(now) }),
    expected: expected.filter((line) => line.startsWith('->')).map(parseExpected),
    unjoined: unjoined.flatMap((line) => line.split(/\s+/).slice(2)),
  };
}

function partition(lines: readonly string[], start: string): readonly [string[], string[]] {
  return [lines.filter((line) => line.startsWith(start)), lines.filter((line) => !line.startsWith(start))];
}

function tell([first = '', ...words]: readonly string[], sent: PushSentEvent[], logs: Logs): readonly VoipEvent[] {
  switch (first) {
    case 'now':
    case 'pointer':
      return [];
    case 'live':
      logs.isLive = true;
      return [];
    case 'clock':
      logs.ahead = Math.round(Number(words[0]) * 1_000_000);
      return [];
    case 'ticks':
      logs.startedAt = micros(words[0] ?? '-1000');
      return [];
    case 'again':
      return [...logs.end(), ...logs.readAgain(words[0] ?? 'device')];
    case 'gap': {
      const [from = '', to = ''] = words;
      return [{ kind: 'source.gap', source: 'device', from: micros(from), at: micros(to), why: 'simctl ended' }];
    }
    default:
      return step(micros(first), words, sent, logs);
  }
}

/** The logs of a story: what `in=NAME` says, else `device`. */
interface Logs {
  /** Lines arrive here as they are printed. */
  isLive: boolean;
  /** How far the clocks of the logs are ahead of the story's, in microseconds. */
  ahead: number;
  /** When the device was started, where its log says the ticks since then. */
  startedAt: number | undefined;
  read(at: number, lineAt: (at: number) => string, source: string | undefined): readonly VoipEvent[];
  /** Nobody watches any more. */
  end(): readonly VoipEvent[];
  /** The log's lines once more, as a file that is opened again under the same name. */
  readAgain(source: string): readonly VoipEvent[];
}

/** From the printing of a line to its arrival here, where a story is told live. */
const LATENCY = 3_000;

function createLogs(): Logs {
  const readers = new Map<string, { reader: LogReader; lines: string[] }>();
  const logOf = (source: string) => {
    const log = readers.get(source) ?? { reader: createLogReader({ source }), lines: [] };
    readers.set(source, log);
    return log;
  };
  let latest = 0;
  return {
    isLive: false,
    ahead: 0,
    startedAt: undefined,
    read(at, lineAt, source = 'device') {
      const { reader, lines } = logOf(source);
      const line = withTicks(lineAt(at + this.ahead), this.startedAt === undefined ? undefined : at - this.startedAt);
      lines.push(line);
      latest = Math.max(latest, at);
      return reader.read(line, this.isLive ? at + LATENCY : undefined);
    },
    end() {
      const arrivedAt = this.isLive ? latest + LATENCY : undefined;
      return [...readers.values()].flatMap(({ reader }) => reader.end('end of the story', arrivedAt));
    },
    readAgain(source) {
      const { lines } = logOf(source);
      readers.delete(source);
      const { reader } = logOf(source);
      return lines.flatMap((line) => reader.read(line));
    },
  };
}

/** As a Mac with Apple silicon counts them: 24 in a microsecond. */
function withTicks(line: string, sinceStart: number | undefined): string {
  return sinceStart === undefined ? line : line.replace(/\}$/, `,"machTimestamp":${sinceStart * 24}}`);
}

function step(at: number, words: readonly string[], sent: PushSentEvent[], logs: Logs): readonly VoipEvent[] {
  const [who, what = '', ...rest] = words;
  const options = parseOptions(rest);
  switch (who) {
    case 'log':
      return logs.read(at, noiseLine, options['in']);
    case 'system':
      return logs.read(at, (logAt) => systemLine(logAt, what, options), options['in']);
    case 'app':
      return logs.read(at, (logAt) => appLine(logAt, what, options), options['in']);
    case 'crash': {
      const report = parseCrashReport(crashText(at, what, options));
      const event = report === undefined ? undefined : crashEvent(report, 'Example.ips');
      assert.ok(event, `no crash report: ${words.join(' ')}`);
      return [event];
    }
    case 'sent': {
      const event = sentEvent(at, sent.length, parseOptions(words.slice(1)));
      sent.push(event);
      return [event];
    }
    case 'accepted':
    case 'rejected':
    case 'failed': {
      const to = Number(parseOptions(words.slice(1))['to'] ?? sent.length);
      const push = sent[to - 1];
      assert.ok(push, `an answer needs a sending: ${words.join(' ')}`);
      return [
        answerEvent(push, push.transport === 'simctl' ? simctlOutcome(who, what) : outcome(who, what, rest[0]), at),
      ];
    }
    default:
      throw new Error(`Nobody is called ${who}`);
  }
}

export type Options = Readonly<Record<string, string>>;

// `true call=A state=background on-call` gives { true: 'true', call: 'A', state: 'background', 'on-call': 'on-call' }
function parseOptions(words: readonly string[]): Options {
  return Object.fromEntries(words.map((word) => [word.split('=')[0] ?? '', word.split('=')[1] ?? word]));
}

/** `A` is the call aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa. */
export function storyUuid(letter: string): string {
  const digit = (letter.charCodeAt(0) % 16).toString(16);
  const run = (length: number): string => digit.repeat(length);
  return `${run(8)}-${run(4)}-4${run(3)}-8${run(3)}-${run(12)}`;
}

function sentEvent(at: number, index: number, options: Options): PushSentEvent {
  const payload = JSON.stringify({
    ...(options['call'] !== undefined && { uuid: storyUuid(options['call']) }),
    ...(options['room'] !== undefined && { room: { id: storyUuid(options['room']) } }),
    ...(options['push'] !== undefined && { voipPushId: storyUuid(options['push']) }),
  });
  return pushSentEvent({
    at,
    sendId: `send-${index + 1}`,
    source: 'sender',
    ...(options['simctl'] === undefined
      ? { transport: 'apns', target: 'Test phone', environment: 'sandbox' }
      : { transport: 'simctl', target: 'Test simulator', environment: 'simulator' }),
    bundleId: options['app'] ?? 'com.example.app',
    payload,
    payloadBytes: payload.length,
    payloadSha256: '00',
    ...(options['log'] !== undefined && { logSource: options['log'] }),
    headers: {},
  });
}

function outcome(kind: 'accepted' | 'rejected' | 'failed', what: string, reason = ''): PushOutcome {
  switch (kind) {
    case 'accepted':
      return { kind, latencyMs: 30 };
    case 'rejected':
      return { kind, latencyMs: 30, status: Number(what), reason, body: '' };
    case 'failed':
      return { kind, latencyMs: 30, code: what, message: `The connection failed: ${what}.` };
  }
}

// `rejected 149`: simctl's exit code; it printed nothing that says more.
function simctlOutcome(kind: 'accepted' | 'rejected' | 'failed', what: string): PushOutcome {
  switch (kind) {
    case 'rejected':
      return { kind, latencyMs: 300, exitCode: Number(what), body: 'simctl said so' };
    case 'failed':
      return { kind, latencyMs: 300, code: what, message: 'xcrun was not found. Install Xcode.' };
    case 'accepted':
      return { kind, latencyMs: 300 };
  }
}

// -> killed error observed check=handler-return "some words" next "more words"
function parseExpected(line: string): ExpectedDelivery {
  const quoted = [...line.matchAll(/(next )?"([^"]*)"/g)];
  const [, verdict = '', severity = '', certainty = '', ...facts] = line
    .replace(/(next )?"[^"]*"/g, '')
    .trim()
    .split(/\s+/);
  return {
    verdict,
    severity,
    certainty,
    facts: parseOptions(facts),
    words: quoted.filter(([, next]) => next === undefined).map(([, , words = '']) => words),
    nextWords: quoted.filter(([, next]) => next !== undefined).map(([, , words = '']) => words),
  };
}
