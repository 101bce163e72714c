import type { X509Certificate } from 'node:crypto';
import type { ApnsEnvironment } from '../../core/apns/environment';
import { pushCertificateExtensions } from '../../core/credentials/pushCertificate';

/** What an Apple push certificate says about itself. */
export interface CertificateFacts {
  /** The subject's common name, for example `VoIP Services: com.example.app`; empty when it has none. */
  readonly name: string;
  readonly validFromMs: number;
  readonly validToMs: number;
  /** Empty when the certificate names none. */
  readonly environments: readonly ApnsEnvironment[];
  /** The topics it may send to; empty when it names none. */
  readonly topics: readonly string[];
  /** It has the VoIP services extension, or a topic that ends in `.voip`. */
  readonly coversVoip: boolean;
}

/** Reads the facts; total: what cannot be read is missing from them. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  const { environments, topics: listed, hasVoipServices } = pushCertificateExtensions(certificate.raw);
  const subject = subjectOf(certificate.subject);
  const userId = subject.get('UID') ?? subject.get('userId');
  const topics = listed.length > 0 || userId === undefined ? listed : [userId];
  return {
    name: subject.get('CN') ?? '',
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    environments,
    topics,
    coversVoip: hasVoipServices || topics.some((topic) => topic.endsWith('.voip')),
  };
}

/** Node prints one attribute a line: `UID=com.example.app`, `CN=VoIP Services: com.example.app`. */
function subjectOf(subject: string): ReadonlyMap<string, string> {
  return new Map(
    subject.split('\n').map((line): [string, string] => {
      const equals = line.indexOf('=');
      return [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );
}
