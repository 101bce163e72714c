import { type Failure, FailureCode } from './failure';

/**
 * Says why a connection could not be opened, and what to do.
 * The code is Node's own where there is one.
 */
export function explainConnectionError(error: unknown, host: string): Failure {
  const code = codeOf(error);
  const remedy = code === undefined ? undefined : (CAUSES[code] ?? familyOf(code));
  const detail = error instanceof Error && error.message !== '' ? error.message : String(code ?? error);
  return {
    code: code ?? FailureCode.connectionLost,
    message: remedy?.(host) ?? `The connection to ${host} failed: ${detail}. Check the address and the network.`,
  };
}

/** The server is reachable and trusted, and does not offer HTTP/2 in the TLS handshake (ALPN). */
export function noHttp2(host: string): Failure {
  return { code: FailureCode.noHttp2, message: withoutHttp2(host) };
}

/** The code of a Node error; with several addresses tried (`AggregateError`), that of the first. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}

type Sentence = (host: string) => string;

const withoutHttp2: Sentence = (host) =>
  `${host} does not speak HTTP/2. Check the address and the port; a proxy in between may not pass HTTP/2 on.`;
const withoutTls: Sentence = (host) =>
  `${host} does not speak TLS on this port. Check the port; APNs needs TLS, and an https address.`;
const unreachable: Sentence = (host) =>
  `There is no route to ${host}. Check the network connection and a VPN, if you use one.`;
const untrusted: Sentence = (host) =>
  `The certificate of ${host} is not signed by an authority this computer trusts. ` +
  'For a local APNs, give its CA certificate; otherwise a proxy may be intercepting TLS.';
const unreadableCa: Sentence = () =>
  'The CA certificate cannot be read. Give a file in PEM form, with the line -----BEGIN CERTIFICATE----- in it.';

const refusedCertificate: Sentence = (host) =>
  `${host} did not accept the client certificate. Check that it is an Apple push certificate, not expired and not revoked.`;

const CAUSES: Readonly<Record<string, Sentence>> = {
  ECONNREFUSED: (host) =>
    `Nothing accepts connections at ${host}. Start the server, or correct the address and the port.`,
  ENOTFOUND: (host) => `The name in ${host} was not found. Check the address and the network connection.`,
  EAI_AGAIN: (host) =>
    `The name in ${host} could not be looked up, because DNS did not answer. Check the network connection and try again.`,
  ETIMEDOUT: (host) =>
    `${host} did not answer the connection attempt. A firewall may block the port; APNs listens on 443 and on 2197.`,
  ECONNRESET: (host) =>
    `${host} dropped the connection while it was being opened. A firewall or a proxy may be in the way.`,
  ERR_SOCKET_CLOSED: (host) =>
    `${host} closed the connection while it was being opened. A firewall or a proxy may be in the way.`,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ENETDOWN: unreachable,
  EADDRNOTAVAIL: unreachable,
  EACCES: (host) => `This computer does not allow the connection to ${host}. Check the firewall.`,
  EPERM: (host) => `This computer does not allow the connection to ${host}. Check the firewall.`,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_UNTRUSTED: untrusted,
  INVALID_CA: untrusted,
  ERR_TLS_CERT_ALTNAME_INVALID: (host) =>
    `The certificate of ${host} was made for another host. Use the name it was made for, or correct the address.`,
  CERT_HAS_EXPIRED: (host) => `The certificate of ${host} has expired. Renew it, or check this computer's clock.`,
  CERT_NOT_YET_VALID: (host) => `The certificate of ${host} is not valid yet. Check this computer's clock.`,
  ERR_SSL_WRONG_VERSION_NUMBER: withoutTls,
  EPROTO: withoutTls,
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: withoutHttp2,
  ERR_SSL_NO_APPLICATION_PROTOCOL: withoutHttp2,
  ERR_SSL_TLSV1_UNRECOGNIZED_NAME: (host) =>
    `${host} serves other host names only. Use the name its certificate was made for.`,
  ERR_HTTP2_ERROR: withoutHttp2,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: refusedCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: refusedCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_REVOKED: refusedCertificate,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: refusedCertificate,
  ERR_SSL_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: refusedCertificate,
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: refusedCertificate,
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: (host) =>
    `${host} asks for a client certificate. Use certificate credentials for it, or correct the address.`,
};

/** OpenSSL has many codes for an unreadable file, for example `ERR_OSSL_PEM_BAD_BASE64_DECODE`, `ERR_OSSL_ASN1_WRONG_TAG`. */
function familyOf(code: string): Sentence | undefined {
  return code.startsWith('ERR_OSSL_PEM_') || code.startsWith('ERR_OSSL_ASN1_') ? unreadableCa : undefined;
}
