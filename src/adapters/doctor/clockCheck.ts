import { connect, constants } from 'node:http2';
import type { DoctorFinding } from '../../core/doctor/doctorReport';
import { formatSetDuration } from '../../core/time';
import type { DoctorWorld } from './doctorWorld';
import { failureText } from './portCheck';

const LINK =
  'https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns';
const MAX_SKEW_MS = 5 * 60_000;

/** How far this computer's clock is from the `Date` of an answer over HTTP/2, which has whole seconds. The first answer counts. */
export async function checkClock(
  { timeOrigins, nowMs }: Pick<DoctorWorld, 'timeOrigins' | 'nowMs'>,
  signal: AbortSignal,
): Promise<DoctorFinding> {
  const startedMs = nowMs();
  const answered = new AbortController();
  const stop = (): void => answered.abort();
  signal.addEventListener('abort', stop, { once: true });
  const asked = timeOrigins.map(async (origin) => {
    const answer = await askDate(origin, answered.signal);
    const { host } = new URL(origin);
    if (!answer.ok) throw new Error(`${host}: ${answer.why}`);
    return judgeSkew((startedMs + nowMs()) / 2 - answer.dateMs, host);
  });
  try {
    return await Promise.any(asked);
  } catch (error) {
    const whys =
      error instanceof AggregateError ? error.errors.map((each) => (each instanceof Error ? each.message : '')) : [];
    return { verdict: 'not-checked', found: `No clock to compare with. ${whys.join('; ')}.`, link: LINK };
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}

function judgeSkew(skewMs: number, host: string): DoctorFinding {
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const skew = `${formatSetDuration(seconds * 1000)} ${skewMs > 0 ? 'ahead of' : 'behind'}`;
  if (Math.abs(skewMs) <= MAX_SKEW_MS) {
    const found = seconds <= 1 ? `The same as the clock of ${host}.` : `${skew} the clock of ${host}.`;
    return { verdict: 'ok', found, link: LINK };
  }
  return {
    verdict: 'problem',
    found: `${skew} the clock of ${host}: APNs can refuse provider tokens made here as expired or not yet valid.`,
    fix: 'Let the system set its clock by the network.',
    link: LINK,
  };
}

type DateAnswer = { readonly ok: true; readonly dateMs: number } | { readonly ok: false; readonly why: string };

function askDate(origin: string, signal: AbortSignal): Promise<DateAnswer> {
  return new Promise((resolve) => {
    const session = connect(origin);
    const end = (answer: DateAnswer): void => {
      signal.removeEventListener('abort', abort);
      session.destroy();
      resolve(answer);
    };
    const fail = (error: Error): void => end({ ok: false, why: whyOf(error) });
    const abort = (): void => end({ ok: false, why: 'no answer in time' });
    signal.addEventListener('abort', abort, { once: true });
    session.on('error', fail);
    session.on('close', () => end({ ok: false, why: 'the connection was closed' }));
    const request = session.request({ [constants.HTTP2_HEADER_METHOD]: 'HEAD', [constants.HTTP2_HEADER_PATH]: '/' });
    request.on('error', fail);
    request.on('response', ({ date }) => {
      // Date: Tue, 08 Sep 2026 08:11:34 GMT
      const dateMs = Date.parse(date ?? '');
      end(Number.isNaN(dateMs) ? { ok: false, why: 'its answer has no date' } : { ok: true, dateMs });
    });
    request.on('close', () => end({ ok: false, why: 'it answered nothing' }));
    request.end();
  });
}

// A connection that fails cancels its requests first: ERR_HTTP2_STREAM_CANCEL, with the failure as its cause.
function whyOf(error: Error): string {
  return failureText(error.cause instanceof Error ? error.cause : error);
}
