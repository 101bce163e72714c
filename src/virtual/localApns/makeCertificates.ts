import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { pki } from 'node-forge';

const generateKeyPairAsync = promisify(generateKeyPair);

const DAY_MS = 86_400_000;
const LIFETIME_DAYS = 365;
const RSA_BITS = 2048;
const CA_NAME = 'VoIP Push Debugger local APNs CA';

/** PEM texts. The private key of the CA is not among them: it signs once and is forgotten, so nobody can sign with it later. */
export interface CertificateTexts {
  readonly ca: string;
  readonly certificate: string;
  readonly privateKey: string;
}

/** A new CA and a server certificate for localhost and 127.0.0.1 signed by it, valid for a year from `nowMs`. */
export async function makeCertificates(nowMs: number): Promise<CertificateTexts> {
  // Loaded here because it is needed once a year, and takes longer to load than everything else in this folder.
  const forge = await import('node-forge');
  const [caKeys, serverKeys] = await Promise.all([makeRsaKeys(), makeRsaKeys()]);
  const caKey = forge.pki.privateKeyFromPem(caKeys.privateKey);
  const caSubject = [{ name: 'commonName', value: CA_NAME }];

  const startCertificate = (publicKey: string, subject: pki.CertificateField[]): pki.Certificate => {
    const certificate = forge.pki.createCertificate();
    certificate.publicKey = forge.pki.publicKeyFromPem(publicKey);
    certificate.serialNumber = serialNumberFrom(randomBytes(16));
    // A day back, for clocks that differ a little (containers, virtual machines).
    certificate.validity.notBefore = new Date(nowMs - DAY_MS);
    certificate.validity.notAfter = new Date(nowMs + LIFETIME_DAYS * DAY_MS);
    certificate.setSubject(subject);
    certificate.setIssuer(caSubject);
    return certificate;
  };

  const ca = startCertificate(caKeys.publicKey, caSubject);
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  ca.sign(caKey, forge.md.sha256.create());

  const server = startCertificate(serverKeys.publicKey, [{ name: 'commonName', value: 'localhost' }]);
  server.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 7, ip: '127.0.0.1' },
      ],
    },
    { name: 'subjectKeyIdentifier' },
    { name: 'authorityKeyIdentifier', keyIdentifier: ca.generateSubjectKeyIdentifier().getBytes() },
  ]);
  server.sign(caKey, forge.md.sha256.create());

  return {
    ca: unixLines(forge.pki.certificateToPem(ca)),
    certificate: unixLines(forge.pki.certificateToPem(server)),
    privateKey: serverKeys.privateKey,
  };
}

/**
 * A serial number in hexadecimal. Its first byte is made to lie between 40 and 7f: node-forge strips only one leading zero
 * byte, OpenSSL refuses a number with one too many, and a first bit would make it negative.
 */
export function serialNumberFrom(bytes: Buffer): string {
  const [first = 0, ...rest] = bytes;
  return Buffer.from([(first & 0x3f) | 0x40, ...rest]).toString('hex');
}

/** Keys come from OpenSSL: node-forge takes tens of times longer in JavaScript. */
function makeRsaKeys(): Promise<{ publicKey: string; privateKey: string }> {
  return generateKeyPairAsync('rsa', {
    modulusLength: RSA_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function unixLines(pem: string): string {
  return pem.replaceAll('\r\n', '\n');
}
