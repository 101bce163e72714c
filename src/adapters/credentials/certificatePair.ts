import { type KeyObject, X509Certificate } from 'node:crypto';
import { CredentialProblemCode, type CredentialRead } from '../../core/credentials/credentials';
import { certificateFacts } from './certificateFacts';
import { NO_CERTIFICATE, NO_KEY, problem } from './credentialProblems';
import { pemOf } from './privateKey';

/** Credentials from what a file holds: the certificate that belongs to a key goes first, the others follow as its chain. */
export function pairCertificate(certificates: readonly X509Certificate[], keys: readonly KeyObject[]): CredentialRead {
  if (certificates.length === 0) return { ok: false, problem: NO_CERTIFICATE };
  if (keys.length === 0) return { ok: false, problem: NO_KEY };
  for (const key of keys) {
    const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
    if (own === undefined) continue;
    const chain = [own, ...certificates.filter((certificate) => certificate !== own)];
    return {
      ok: true,
      value: {
        credentials: {
          kind: 'certificate',
          certificate: chain.map((certificate) => certificate.toString()).join(''),
          key: pemOf(key),
        },
        description: describeCertificate(own),
      },
    };
  }
  return { ok: false, problem: MISMATCH };
}

/** The certificates of a PEM text; `undefined` when one of them cannot be read. */
export function certificatesIn(pem: string): readonly X509Certificate[] | undefined {
  try {
    return (pem.match(CERTIFICATE) ?? []).map((block) => new X509Certificate(block));
  } catch {
    return undefined;
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

function describeCertificate(certificate: X509Certificate): string {
  const { name, validToMs } = certificateFacts(certificate);
  return `${name || 'Certificate'}, until ${new Date(validToMs).toISOString().slice(0, 10)}`;
}

const MISMATCH = problem(
  CredentialProblemCode.keyMismatch,
  'The private key does not belong to the certificate.',
  'Give the key whose signing request the certificate was made from. In Keychain Access it stands below the certificate.',
);
