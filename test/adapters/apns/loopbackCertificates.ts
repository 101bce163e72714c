import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import forge from 'node-forge';

export interface LoopbackCertificates {
  /** PEM of the authority to trust. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A new authority and a server certificate signed by it. `hosts` are names and IP addresses. */
export function makeCertificates(hosts: readonly string[], now: Date = new Date()): LoopbackCertificates {
  const authority = keyPair();
  const server = keyPair();
  const name = [{ name: 'commonName', value: 'Loopback test authority' }];
  const ca = certificate(authority.publicKey, now, '01');
  ca.setSubject(name);
  ca.setIssuer(name);
  ca.setExtensions([
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, critical: true },
  ]);
  const leaf = certificate(server.publicKey, now, '02');
  leaf.setSubject([{ name: 'commonName', value: 'Loopback test server' }]);
  leaf.setIssuer(name);
  const altNames = hosts.map((host) => (/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host }));
  leaf.setExtensions([{ name: 'subjectAltName', altNames }]);
  const signer = forge.pki.privateKeyFromPem(pem(authority.privateKey));
  ca.sign(signer, forge.md.sha256.create());
  leaf.sign(signer, forge.md.sha256.create());
  return {
    ca: forge.pki.certificateToPem(ca),
    cert: forge.pki.certificateToPem(leaf),
    key: pem(server.privateKey),
  };
}

function certificate(publicKey: KeyObject, now: Date, serialNumber: string): forge.pki.Certificate {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  made.serialNumber = serialNumber;
  made.validity.notBefore = new Date(now.getTime() - 86_400_000);
  made.validity.notAfter = new Date(now.getTime() + 86_400_000);
  return made;
}

// node-forge takes RSA only; node:crypto makes the keys many times faster.
const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

function pem(key: KeyObject): string {
  return key.export({ type: 'pkcs1', format: 'pem' }).toString();
}
