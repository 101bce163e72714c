import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CertificateTexts, makeCertificates } from './makeCertificates';
import { replaceFile } from './replaceFile';

const DAY_MS = 86_400_000;
/** Remade this long before they expire, so that they do not expire in the middle of a session. */
const RENEW_BEFORE_DAYS = 7;

/** Where the CA certificate is kept in the folder: clients that test against the local APNs trust this file. */
export function caPathIn(folder: string): string {
  return join(folder, 'ca.pem');
}

/** The certificates in the folder, if they are complete, fit together and will hold for some days; else `undefined`. */
export async function loadCertificates(folder: string, nowMs: number): Promise<CertificateTexts | undefined> {
  try {
    const [ca, certificate, privateKey] = await Promise.all([
      readFile(caPathIn(folder), 'utf8'),
      readFile(serverCertificatePath(folder), 'utf8'),
      readFile(serverKeyPath(folder), 'utf8'),
    ]);
    const texts = { ca, certificate, privateKey };
    return isUsable(texts, nowMs) ? texts : undefined;
  } catch {
    // Missing, unreadable or not PEM: all of them are mended by making new ones.
    return undefined;
  }
}

/** Makes new certificates and puts them into the folder. */
export async function renewCertificates(folder: string, nowMs: number): Promise<void> {
  const made = await makeCertificates(nowMs);
  await replaceFile(serverKeyPath(folder), made.privateKey, 0o600);
  await replaceFile(serverCertificatePath(folder), made.certificate, 0o644);
  await replaceFile(caPathIn(folder), made.ca, 0o644);
}

function isUsable(texts: CertificateTexts, nowMs: number): boolean {
  const ca = new X509Certificate(texts.ca);
  const server = new X509Certificate(texts.certificate);
  return (
    [ca, server].every((certificate) => isValidFor(certificate, nowMs)) &&
    server.checkIssued(ca) &&
    server.verify(ca.publicKey) &&
    server.checkPrivateKey(createPrivateKey(texts.privateKey)) &&
    server.checkHost('localhost') !== undefined &&
    server.checkIP('127.0.0.1') !== undefined
  );
}

function isValidFor(certificate: X509Certificate, nowMs: number): boolean {
  return (
    Date.parse(certificate.validFrom) <= nowMs && nowMs + RENEW_BEFORE_DAYS * DAY_MS < Date.parse(certificate.validTo)
  );
}

function serverCertificatePath(folder: string): string {
  return join(folder, 'server.pem');
}

function serverKeyPath(folder: string): string {
  return join(folder, 'server-key.pem');
}
