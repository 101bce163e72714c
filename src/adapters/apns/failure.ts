import { formatSetDuration } from '../../core/time';

/** Codes of ours beside Node's own (`ECONNREFUSED`, `ERR_TLS_CERT_ALTNAME_INVALID`, …). */
export const FailureCode = {
  cancelled: 'cancelled',
  closed: 'closed',
  timeout: 'timeout',
  connectionLost: 'connection-lost',
  streamReset: 'stream-reset',
  notProcessed: 'not-processed',
  noHttp2: 'no-http2',
  invalidKey: 'invalid-key',
  invalidCertificate: 'invalid-certificate',
  proxy: 'proxy',
  invalidRequest: 'invalid-request',
  invalidOrigin: 'invalid-origin',
} as const;
export type FailureCode = (typeof FailureCode)[keyof typeof FailureCode];

/** Why a push got no answer: a code for machines, a sentence for people. */
export interface Failure {
  /** A `FailureCode`, or the code of a Node error. */
  readonly code: string;
  readonly message: string;
}

/** @param isInFlight whether APNs may have it. */
export function cancelled(isInFlight: boolean): Failure {
  return {
    code: FailureCode.cancelled,
    message: isInFlight ? `Cancelled while waiting for the answer. ${UNKNOWN}` : 'Cancelled before the push was sent.',
  };
}

/** @param isInFlight whether APNs may have it. */
export function closed(isInFlight: boolean): Failure {
  return {
    code: FailureCode.closed,
    message: isInFlight
      ? `The connection was closed here while waiting for the answer. ${UNKNOWN}`
      : 'The connection was closed here before the push was sent.',
  };
}

export function noAnswer(host: string, timeoutMs: number): Failure {
  return {
    code: FailureCode.timeout,
    message: `No answer from ${host} within ${formatSetDuration(timeoutMs)}. ${UNKNOWN}`,
  };
}

/** @param cause a few words, for example `ECONNRESET`. */
export function connectionLost(host: string, cause: string): Failure {
  return {
    code: FailureCode.connectionLost,
    message: `The connection to ${host} broke off before the answer came (${cause}). ${UNKNOWN} The next send connects again.`,
  };
}

/** @param errorCode of HTTP/2's RST_STREAM frame. https://www.rfc-editor.org/rfc/rfc9113#section-7 */
export function streamReset(host: string, errorCode: number): Failure {
  return {
    code: FailureCode.streamReset,
    message: `${host} ended the request without an answer (RST_STREAM, error code ${errorCode}). ${UNKNOWN}`,
  };
}

/** @param cause a few words, for example `GOAWAY {"reason":"Shutdown"}`. */
export function notProcessed(host: string, cause: string): Failure {
  return {
    code: FailureCode.notProcessed,
    message: `${host} refused the push twice without processing it (${cause}). It was not delivered. Send it again later.`,
  };
}

/** The request could not even be written, for example because of a character that no header may have. */
export function notSent(error: unknown): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    code: code ?? FailureCode.invalidRequest,
    message: `The push was not sent. ${detail}. Correct the request.`,
  };
}

const UNKNOWN = 'It is unknown whether APNs took the push.';
