import type { Microseconds } from '../../../src/core/time';
import { AppBehavior, PhoneSystem } from '../../../src/core/virtualApp';
import { createSteppedClock, type SteppedClock } from '../../../src/virtual/phone/steppedClock';
import {
  createVirtualPhone,
  type VirtualPhone,
  type VirtualPhoneOptions,
} from '../../../src/virtual/phone/virtualPhone';

export const CALL = '6b29fc40-ca47-1067-b31d-00dd010662da';
export const START: Microseconds = Date.UTC(2026, 8, 8, 8, 11, 34) * 1000 + 92_155;

/** A log line, read back without any code of the product. */
export interface SeenLine {
  readonly at: Microseconds;
  readonly process: string;
  readonly pid: number;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface PhoneRun {
  readonly phone: VirtualPhone;
  readonly clock: SteppedClock;
  /** Every line as it came. */
  readonly raw: string[];
  /** The JSON lines so far. */
  lines(): SeenLine[];
  /** The lines that are no noise, as `+12 Example received mustReport=true`. */
  story(): string[];
  /** Delivers a push and lets everything happen that follows. */
  push(payload?: unknown): Promise<void>;
}

/** A phone on a stepped clock, its time zone two hours east of UTC. */
export function runPhone(options: Partial<VirtualPhoneOptions> = {}): PhoneRun {
  const raw: string[] = [];
  const clock = createSteppedClock(START);
  const phone = createVirtualPhone({
    bundleId: 'com.example.app',
    appName: 'Example',
    behavior: AppBehavior.reportsInTime,
    system: PhoneSystem.ios264,
    utcOffsetMinutes: 120,
    clock,
    onLine: (line) => raw.push(line),
    ...options,
  });
  const lines = () => raw.filter((line) => line.startsWith('{')).map(readLine);
  return {
    phone,
    clock,
    raw,
    lines,
    story: () => tellStory(lines()),
    async push(payload = { id: CALL }) {
      phone.deliver({ body: bytes(JSON.stringify(payload)) });
      await clock.idle();
    },
  };
}

export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function readLine(line: string): SeenLine {
  const fields = JSON.parse(line) as Record<string, unknown>;
  const text = (key: string) => String(fields[key]);
  return {
    at: readTime(text('timestamp')),
    process: text('processImagePath').split('/').pop() ?? '',
    pid: Number(fields['processID']),
    message: text('eventMessage'),
    fields,
  };
}

/** The json of a probe line. */
export function probeOf({ message }: SeenLine): Record<string, unknown> | undefined {
  const [, json] = /^voip-push 1 (\{.*\})$/.exec(message) ?? [];
  return json === undefined ? undefined : (JSON.parse(json) as Record<string, unknown>);
}

/** The json of every probe line among these. */
export function probesOf(lines: readonly SeenLine[]): Record<string, unknown>[] {
  return lines.map(probeOf).filter((probe) => probe !== undefined);
}

/** `2026-09-08 10:11:34.092155+0200` */
function readTime(timestamp: string): Microseconds {
  const [, date, time, micros, sign, hours, minutes] = /^(\S+) (\S+)\.(\d{6})([+-])(\d\d)(\d\d)$/.exec(timestamp) ?? [];
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  return (Date.parse(`${date}T${time}Z`) - offset * 60_000) * 1000 + Number(micros);
}

/** Milliseconds since the first `Delivering` line (or since the first of the lines), the process, and what it says in short. */
function tellStory(lines: readonly SeenLine[]): string[] {
  const told = lines.filter(({ process }) => process !== 'SpringBoard' && process !== 'runningboardd');
  const zero = (told.find(({ message }) => message.startsWith('Delivering')) ?? told[0])?.at ?? 0;
  return told.map((line) => `${signed(Math.round((line.at - zero) / 1000))} ${line.process} ${shorten(line)}`);
}

function signed(value: number): string {
  return value < 0 ? String(value) : `+${value}`;
}

function shorten(line: SeenLine): string {
  const probe = probeOf(line);
  if (probe === undefined) return line.message.split(' ').slice(0, 3).join(' ');
  const { e, mustReport, state, onCall, via, api, async: isAsync, error } = probe as Record<string, string | undefined>;
  const said = {
    mustReport,
    state,
    onCall,
    via,
    api,
    async: isAsync,
    code: (error as { code?: number } | undefined)?.code,
  };
  const rest = Object.entries(said).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${String(value)}`]));
  return [e, ...rest].join(' ');
}
