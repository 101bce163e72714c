import { APNS_REASON_STATUS, ApnsReason, isApnsReason } from '../../core/apns/apnsReason';
import type { ApnsFault, FaultAction } from './fault';

/** Every part a fault may have, with one line of meaning: for `--help`. */
export const FAULT_HELP = {
  'reason=NAME': 'refuse with this APNs reason and its status, for example reason=BadDeviceToken',
  'status=CODE': 'answer with this HTTP status (400 to 599); with reason=NAME, any reason may be given',
  'delay=MS': 'wait this many milliseconds first; alone or with any other part',
  goaway: 'send GOAWAY, then process and answer the push: the answer counts',
  'goaway-unprocessed': 'send GOAWAY and leave the push unprocessed: it may be sent again on a new connection',
  reset: 'end the stream with INTERNAL_ERROR, without an answer',
  refuse: 'end the stream with REFUSED_STREAM: the push was not processed',
  drop: 'drop the connection without a word',
  shutdown: 'answer 503 Shutdown and send GOAWAY',
  'times=N': 'hit only the next N pushes; without it, all of them',
} as const satisfies Record<string, string>;

export type ParsedFault =
  | { readonly ok: true; readonly fault: ApnsFault }
  | { readonly ok: false; readonly error: string };

const PLAIN_ACTIONS = ['goaway', 'goaway-unprocessed', 'reset', 'refuse', 'drop', 'shutdown'] as const;
type PlainAction = (typeof PLAIN_ACTIONS)[number];

const MAX_DELAY_MS = 600_000;
const MAX_TIMES = 1_000_000;

/** The reason APNs gives with a status, where it has one that is general enough. */
const REASON_OF_STATUS: Readonly<Record<number, ApnsReason>> = {
  400: ApnsReason.badDeviceToken,
  403: ApnsReason.invalidProviderToken,
  404: ApnsReason.badPath,
  405: ApnsReason.methodNotAllowed,
  410: ApnsReason.unregistered,
  413: ApnsReason.payloadTooLarge,
  429: ApnsReason.tooManyRequests,
  500: ApnsReason.internalServerError,
  503: ApnsReason.serviceUnavailable,
};

class FaultSyntaxError extends Error {}

/**
 * Reads a fault as it is written on the command line, for example `reason=BadDeviceToken`, `goaway,times=3` or
 * `delay=500,reason=Shutdown`. Never throws: the error says what is wrong and what is allowed.
 */
export function parseFault(text: string): ParsedFault {
  try {
    return { ok: true, fault: readFault(text) };
  } catch (error) {
    if (!(error instanceof FaultSyntaxError)) throw error;
    return { ok: false, error: `${error.message} Allowed, joined by commas: ${Object.keys(FAULT_HELP).join(', ')}.` };
  }
}

function readFault(text: string): ApnsFault {
  const parts = new Map<string, string | undefined>();
  for (const part of text.split(',')) {
    const [name = '', ...rest] = part.trim().split('=');
    if (parts.has(name)) throw new FaultSyntaxError(`"${name}" is given twice in the fault "${text}".`);
    parts.set(name, rest.length === 0 ? undefined : rest.join('='));
  }
  const unknown = [...parts.keys()].find((name) => !isKnownPart(name));
  if (unknown !== undefined) throw new FaultSyntaxError(`"${unknown}" is not a fault.`);

  const action = readAction(parts);
  const delayMs = readNumber(parts, 'delay', 0, MAX_DELAY_MS);
  const times = readNumber(parts, 'times', 1, MAX_TIMES);
  if (action === undefined && delayMs === undefined) throw new FaultSyntaxError(`"${text}" does not say what to do.`);
  return {
    ...(action === undefined ? {} : { action }),
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(times === undefined ? {} : { times }),
  };
}

function readAction(parts: ReadonlyMap<string, string | undefined>): FaultAction | undefined {
  const plain = PLAIN_ACTIONS.filter((name) => parts.has(name));
  const withValue = plain.find((name) => parts.get(name) !== undefined);
  if (withValue !== undefined) throw new FaultSyntaxError(`"${withValue}" takes no value.`);
  const answers = parts.has('reason') || parts.has('status');
  if (plain.length + (answers ? 1 : 0) > 1) {
    throw new FaultSyntaxError('A fault does one thing to a push; delay and times may be added to it.');
  }
  if (answers) return readAnswer(parts);
  const [kind] = plain;
  return kind === undefined ? undefined : { kind };
}

function readAnswer(parts: ReadonlyMap<string, string | undefined>): FaultAction {
  const status = readNumber(parts, 'status', 400, 599);
  const reason = parts.get('reason');
  if (parts.has('reason') && (reason === undefined || reason === '')) {
    throw new FaultSyntaxError('"reason" needs a name, for example reason=BadDeviceToken.');
  }
  if (status !== undefined) {
    const stated = reason ?? REASON_OF_STATUS[status];
    return { kind: 'answer', status, ...(stated === undefined ? {} : { reason: stated }) };
  }
  if (reason === undefined || !isApnsReason(reason)) {
    const names = Object.values(ApnsReason).join(', ');
    throw new FaultSyntaxError(
      `"${reason}" is not a reason of APNs; add a status to use it all the same. Reasons: ${names}.`,
    );
  }
  return { kind: 'answer', status: APNS_REASON_STATUS[reason], reason };
}

function readNumber(
  parts: ReadonlyMap<string, string | undefined>,
  name: string,
  least: number,
  most: number,
): number | undefined {
  if (!parts.has(name)) return undefined;
  const text = parts.get(name) ?? '';
  const value = Number(text);
  // Digits only: Number() also takes "", " 1", "1e3" and "0x10".
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw new FaultSyntaxError(
      `"${name}" needs a whole number from ${least} to ${most}, for example ${name}=${Math.max(least, 1)}.`,
    );
  }
  return value;
}

function isKnownPart(name: string): boolean {
  return isPlainAction(name) || ['reason', 'status', 'delay', 'times'].includes(name);
}

function isPlainAction(name: string): name is PlainAction {
  return (PLAIN_ACTIONS as readonly string[]).includes(name);
}
