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
  /** Microseconds; only where the story is told live. */
  readonly now?: number;
  readonly expected: readonly ExpectedDelivery[];
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
  const reader = createLogReader({ source: 'device' });
  const sent: PushSentEvent[] = [];
  const events: VoipEvent[] = [];
  const expected: ExpectedDelivery[] = [];
  let now: number | undefined;
  for (const line of lines) {
    const [first = '', ...words] = line.split(/\s+/);
    if (first === '->') expected.push(parseExpected(line));
    else if (first === 'now') now = micros(words[0] ?? '');
    else if (first === 'gap') {
      const [from = '', to = ''] = words;
      events.push({ kind: 'source.gap', source: 'device', from: micros(from), at: micros(to), why: 'simctl ended' });
    } else events.push(...step(micros(first), words, sent, reader));
  }
  if (now === undefined) events.push(...reader.end('end of the story'));
  return { name, events, ...(now !== undefined && { now }), expected };
}

function step(at: number, words: readonly string[], sent: PushSentEvent[], reader: LogReader): readonly VoipEvent[] {
  const [who, what = '', ...rest] = words;
  const options = parseOptions(rest);
  switch (who) {
    case 'log':
      return reader.read(noiseLine(at));
    case 'system':
      return reader.read(systemLine(at, what, options));
    case 'app':
      return reader.read(appLine(at, what, options));
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
