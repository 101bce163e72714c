import { parseNdjsonLine } from '../log/ndjson';
import { redactLine } from '../log/redact';
import type { DeliveryDetail, Evidence, SentPayload } from '../timeline/deliveryView';
import { LANE_TITLES, offsetText } from '../timeline/evidenceWords';

/** The proof of a verdict as plain text: what happened and when, each with what the log says of it below. */
export function evidenceText({ evidence }: DeliveryDetail): string {
  return evidence.flatMap(evidenceLines).join('\n');
}

// +40 ms  call: Report attempted, CallKit (device.ndjson)
//     Example[4711]: voip-push 1 {"e":"reporting","api":"CallKit"}
function evidenceLines({ offset, lane, label, detail, source, line }: Evidence): readonly string[] {
  const what = detail === '' ? label : `${label}, ${detail}`;
  const head = `${offsetText(offset)}  ${LANE_TITLES[lane]}: ${what} (${source})`;
  const proof = line === undefined ? [] : (messageOf(line) ?? line).split('\n');
  return [head, ...proof.map((part) => `    ${part}`)];
}

/** `Example[4711]: message` of a line that is a record in JSON; the line of every other format reads well as it is. */
export function messageOf(line: string): string | undefined {
  const record = parseNdjsonLine(line);
  if (record === undefined) return undefined;
  const { process, pid, message } = record;
  return `${process}${pid === undefined ? '' : `[${pid}]`}: ${message}`;
}

/** A payload as it may leave this computer: device and provider tokens in it are shortened, as in every log line. */
export function exportedPayload({ text }: SentPayload): { readonly text: string; readonly isShortened: boolean } {
  const shortened = redactLine(text);
  return { text: shortened, isShortened: shortened !== text };
}
