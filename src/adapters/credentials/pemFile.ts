import { CredentialProblemCode, type CredentialRead } from '../../core/credentials/credentials';
import { certificatesIn, pairCertificate } from './certificatePair';
import { NO_KEY, passphraseProblem, problem } from './credentialProblems';
import { openPrivateKey } from './privateKey';

/** Reads PEM text with a certificate, its private key, in any order, and perhaps a chain. */
export function readPem(text: string, passphrase: string | undefined): CredentialRead {
  const certificates = certificatesIn(text);
  if (certificates === undefined) return { ok: false, problem: DAMAGED };
  if (!text.includes('PRIVATE KEY-----')) return { ok: false, problem: NO_KEY };
  const key = openPrivateKey(text, passphrase);
  if (key === 'needs-passphrase') return { ok: false, problem: passphraseProblem('The private key', passphrase) };
  if (key === 'damaged') return { ok: false, problem: DAMAGED };
  return pairCertificate(certificates, [key]);
}

const DAMAGED = problem(
  CredentialProblemCode.notCredentials,
  'A certificate or key in the PEM file is damaged or incomplete.',
  'Export it again, for example with openssl pkcs12 -in file.p12 -out file.pem.',
);
