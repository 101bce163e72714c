import type { JsonFields } from '../log/jsonFields';
import { textOf } from '../log/jsonFields';
import { parseLogTimestamp } from '../log/timestamp';
import { causeOfTexts, isVoipKill, VOIP_KILL_CODE } from './cause';
import type { CrashReport } from './crashReport';
import { parseTextReport } from './textReport';

/** An `.ips` crash report; `undefined` for other text, and for reports that are not of a crash. */
export function parseIpsReport(text: string): CrashReport | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  const whole = objectOf(text);
  if (whole !== undefined) return bodyReport(isTermination(whole) ? { termination: whole } : whole, {});
  const lineEnd = text.indexOf('\n');
  const header = objectOf(text.slice(0, lineEnd));
  if (header === undefined) return undefined;
  const rest = text.slice(lineEnd + 1);
  const body = objectOf(rest);
  return body === undefined ? withHeader(parseTextReport(rest), header) : bodyReport(body, header);
}

// {"code":3131951633,"flags":6,"namespace":"FRONTBOARD","reasons":["…"]}, as people quote it
function isTermination({ code, namespace }: JsonFields): boolean {
  return code !== undefined && textOf(namespace) !== undefined;
}

function bodyReport(body: JsonFields, header: JsonFields): CrashReport | undefined {
  const termination = fieldsOf(body['termination']);
  const exception = fieldsOf(body['exception']);
  if (termination === undefined && exception === undefined) return undefined;
  const namespace = textOf(termination?.['namespace']);
  const code = codeOf(termination?.['code']);
  const isKill = isVoipKill(namespace, code);
  const texts = [...textsIn(body['asi']), ...textsIn(body['exceptionReason']), ...symbolsOf(body)];
  const cause = isKill ? '0xbaadca11' : causeOfTexts(texts);
  const process = textOf(body['procName']);
  const pid = body['pid'];
  const bundleId = textOf(fieldsOf(body['bundleInfo'])?.['CFBundleIdentifier']);
  const at = timeOf(body['captureTime']);
  const report: CrashReport = {
    cause,
    ...(at !== undefined && { at }),
    ...(process !== undefined && { process }),
    ...(typeof pid === 'number' && Number.isSafeInteger(pid) && { pid }),
    ...(bundleId !== undefined && { bundleId }),
    proof: isKill
      ? `${namespace ?? 'termination'} 0x${VOIP_KILL_CODE.toString(16)}`
      : proofOf(texts, cause, exception, termination),
  };
  return withHeader(report, header);
}

/** The header says less, and less exactly, but it is there in every version. */
function withHeader(report: CrashReport | undefined, header: JsonFields): CrashReport | undefined {
  if (report === undefined) return undefined;
  const process = textOf(header['app_name']) ?? textOf(header['name']);
  const bundleId = textOf(header['bundleID']);
  const at = timeOf(header['timestamp']);
  return {
    ...(at !== undefined && { at }),
    ...(process !== undefined && { process }),
    ...(bundleId !== undefined && { bundleId }),
    ...report,
  };
}

function proofOf(
  texts: readonly string[],
  cause: CrashReport['cause'],
  exception: JsonFields | undefined,
  termination: JsonFields | undefined,
): string {
  const words = cause === 'other' ? undefined : texts.find((text) => causeOfTexts([text]) === cause);
  const { type, signal }: JsonFields = exception ?? {};
  const { namespace, code }: JsonFields = termination ?? {};
  const parts = words === undefined ? [type, signal, namespace, code] : [words];
  return parts
    .filter((part) => part !== undefined && typeof part !== 'object')
    .join(' ')
    .slice(0, 500);
}

/** Symbols of the exception's backtrace and of the thread that crashed. */
function symbolsOf(body: JsonFields): readonly string[] {
  const threads = Array.isArray(body['threads']) ? body['threads'] : [];
  const crashed = threads.filter((thread: unknown) => fieldsOf(thread)?.['triggered'] === true);
  const frames: readonly unknown[] = [
    body['lastExceptionBacktrace'],
    ...crashed.map((thread) => fieldsOf(thread)?.['frames']),
  ];
  return frames
    .flatMap((list): readonly unknown[] => (Array.isArray(list) ? list : []))
    .map((frame) => textOf(fieldsOf(frame)?.['symbol']))
    .filter((symbol) => symbol !== undefined);
}

/** Every text in a value, three levels deep: `{"CoreFoundation":["*** Terminating app …"]}`. */
function textsIn(value: unknown, depth = 3): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.values(value).flatMap((item) => textsIn(item, depth - 1));
}

// 3131951633, "3131951633", "0xbaadca11"
function codeOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : Number(textOf(value) ?? Number.NaN);
}

function timeOf(value: unknown): number | undefined {
  return parseLogTimestamp(textOf(value) ?? '');
}

function fieldsOf(value: unknown): JsonFields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function objectOf(text: string): JsonFields | undefined {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return undefined;
  }
}
