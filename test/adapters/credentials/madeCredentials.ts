import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

export const PASSPHRASE = 'correct horse';
export const NOW_MS = Date.UTC(2026, 8, 8);
const DAY_MS = 86_400_000;

export interface MadeCertificate {
  readonly certificate: string;
  /** PKCS #8. */
  readonly key: string;
}

export interface CertificateParts {
  readonly commonName?: string;
  readonly userId?: string;
  readonly environments?: readonly ('sandbox' | 'production')[];
  readonly isVoip?: boolean;
  /** In the topic list extension; left out, there is none. */
  readonly topics?: readonly string[];
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Left out: signs itself. */
  readonly authority?: MadeCertificate;
  readonly isAuthority?: boolean;
}

const APPLE = '1.2.840.113635.100.6.3.';

/** A certificate in the shape of Apple's push certificates. */
export function makePushCertificate(parts: CertificateParts = {}): MadeCertificate {
  const { commonName = 'VoIP Services: com.example.app', userId, environments = ['sandbox', 'production'] } = parts;
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString());
  made.serialNumber = '4a';
  made.validity.notBefore = new Date(parts.fromMs ?? NOW_MS - DAY_MS);
  made.validity.notAfter = new Date(parts.toMs ?? NOW_MS + 300 * DAY_MS);
  made.setSubject([
    ...(userId === undefined ? [] : [{ type: '0.9.2342.19200300.100.1.1', value: userId }]),
    { name: 'commonName', value: commonName },
  ]);
  const authority =
    parts.authority === undefined ? undefined : forge.pki.certificateFromPem(parts.authority.certificate);
  made.setIssuer(authority?.subject.attributes ?? made.subject.attributes);
  made.setExtensions([
    ...(parts.isAuthority ? [{ name: 'basicConstraints', cA: true, critical: true }] : []),
    ...(environments.includes('sandbox') ? [nothing(`${APPLE}1`)] : []),
    ...(environments.includes('production') ? [nothing(`${APPLE}2`)] : []),
    ...((parts.isVoip ?? true) ? [nothing(`${APPLE}4`)] : []),
    ...(parts.topics === undefined ? [] : [{ id: `${APPLE}6`, value: topicList(parts.topics) }]),
  ]);
  made.sign(forge.pki.privateKeyFromPem(rsaPem(parts.authority?.key ?? key)), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(made).replaceAll('\r\n', '\n'), key };
}

export function makePkcs12(
  { certificate, key }: MadeCertificate,
  passphrase: string | null = PASSPHRASE,
  algorithm: '3des' | 'aes256' = '3des',
): Buffer {
  const made = forge.pkcs12.toPkcs12Asn1(
    forge.pki.privateKeyFromPem(rsaPem(key)),
    [forge.pki.certificateFromPem(certificate)],
    passphrase,
    { algorithm },
  );
  return Buffer.from(forge.asn1.toDer(made).getBytes(), 'latin1');
}

/** The text of a `.p8` file. */
export function makeP8(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

export function encryptedKey(pem: string, passphrase = PASSPHRASE): string {
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}

function rsaPem(pem: string): string {
  return createPrivateKey(pem).export({ type: 'pkcs1', format: 'pem' }).toString();
}

// An extension that says all by being there: its value is NULL.
const nothing = (id: string) => ({ id, value: '\u0005\u0000' });

/** SEQUENCE { "com.example.app", SEQUENCE { "app" }, "com.example.app.voip", SEQUENCE { "voip" } } */
function topicList(topics: readonly string[]): string {
  const { Class, Type, create } = forge.asn1;
  const text = (value: string) => create(Class.UNIVERSAL, Type.UTF8, false, value);
  const list = (items: forge.asn1.Asn1[]) => create(Class.UNIVERSAL, Type.SEQUENCE, true, items);
  return forge.asn1
    .toDer(list(topics.flatMap((topic) => [text(topic), list([text(topic.split('.').at(-1) ?? '')])])))
    .getBytes();
}
