import { X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { ApnsReason } from '../../core/apns/apnsReason';
import type { ApnsEnvironment } from '../../core/apns/environment';
import { pushCertificateExtensions } from '../../core/credentials/pushCertificate';
import type { ApnsRequest } from './apnsRequest';

/** A provider that showed a client certificate in place of a provider token. */
export interface ClientCertificate {
  /** Why every push of this connection is refused, or `undefined`. */
  readonly reason: ApnsReason | undefined;
  /** The topics it lists; empty when it lists none, and covers all. */
  readonly topics: readonly string[];
}

/**
 * The certificate of a connection; `undefined` when the provider showed none. Only who may send is modelled: signed by the
 * trusted authority, within its dates, for this environment.
 * https://developer.apple.com/documentation/usernotifications/establishing-a-certificate-based-connection-to-apns
 */
export function readClientCertificate(
  socket: TLSSocket,
  environment: ApnsEnvironment,
  nowMs: number,
): ClientCertificate | undefined {
  const raw: Buffer | undefined = socket.getPeerCertificate().raw;
  if (raw === undefined) return undefined;
  const { validFrom, validTo } = new X509Certificate(raw);
  const { environments, topics } = pushCertificateExtensions(raw);
  // OpenSSL compares dates with the computer's clock, and this server has one of its own.
  const isTrusted = socket.authorized || String(socket.authorizationError) === 'CERT_HAS_EXPIRED';
  const isCurrent = Date.parse(validFrom) <= nowMs && nowMs <= Date.parse(validTo);
  if (!isTrusted || !isCurrent) return { reason: ApnsReason.badCertificate, topics };
  const isForHere = environments.length === 0 || environments.includes(environment);
  return { reason: isForHere ? undefined : ApnsReason.badCertificateEnvironment, topics };
}

/** With a certificate for exactly one topic the header may be left out. */
export function withTopicOf({ topics }: ClientCertificate, request: ApnsRequest): ApnsRequest {
  const [only] = topics;
  if (topics.length !== 1 || only === undefined || request.headers.has('apns-topic')) return request;
  return { ...request, headers: new Map([...request.headers, ['apns-topic', only]]) };
}

/** The apps whose VoIP topic it covers. */
export function bundleIdsOf({ topics }: ClientCertificate, bundleIds: readonly string[]): readonly string[] {
  return topics.length === 0 ? bundleIds : bundleIds.filter((bundleId) => topics.includes(`${bundleId}.voip`));
}
