import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { asn1 as Asn1, pkcs12 } from 'node-forge';
import { CredentialProblemCode, type CredentialRead } from '../../core/credentials/credentials';
import { pairCertificate } from './certificatePair';
import { NO_KEY, passphraseProblem, problem } from './credentialProblems';

/**
 * Reads a `.p12` or `.pfx` file with node-forge: Keychain writes ciphers that OpenSSL 3 has put away.
 * Certificates and keys go through node:crypto as DER, so that kinds node-forge does not know (EC) work as well.
 */
export async function readPkcs12(bytes: Buffer, passphrase: string | undefined): Promise<CredentialRead> {
  if (isCertificate(bytes)) return { ok: false, problem: NO_KEY };
  const { default: forge } = await import('node-forge');
  let outer: Asn1.Asn1;
  try {
    outer = forge.asn1.fromDer(bytes.toString('latin1'), false);
  } catch {
    return { ok: false, problem: NOT_CREDENTIALS };
  }
  const opened = openPfx(forge, outer, passphrase);
  if (opened === 'not-pfx') return { ok: false, problem: NOT_CREDENTIALS };
  if (opened === 'unsupported') return { ok: false, problem: UNKNOWN_CONTENT };
  if (opened === 'locked') return { ok: false, problem: passphraseProblem('The .p12 file', passphrase) };

  const { certBag = '', keyBag = '', pkcs8ShroudedKeyBag = '' } = forge.pki.oids;
  const bagsOf = (bagType: string): readonly pkcs12.Bag[] => opened.getBags({ bagType })[bagType] ?? [];
  const der = (value: Asn1.Asn1) => Buffer.from(forge.asn1.toDer(value).getBytes(), 'latin1');
  try {
    const certificates = bagsOf(certBag).map(
      // The re-encoded certificate keeps the signed part as it was read.
      ({ cert, asn1 }) => new X509Certificate(der(cert ? forge.pki.certificateToAsn1(cert) : asn1)),
    );
    const keys = [...bagsOf(pkcs8ShroudedKeyBag), ...bagsOf(keyBag)].map(({ key, asn1 }): KeyObject => {
      const info = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
      return createPrivateKey({ key: der(info), format: 'der', type: 'pkcs8' });
    });
    return pairCertificate(certificates, keys);
  } catch {
    return { ok: false, problem: UNKNOWN_CONTENT };
  }
}

type Forge = typeof import('node-forge');

type OpenFailure = 'locked' | 'unsupported' | 'not-pfx';

/** node-forge throws for a wrong passphrase and for a file it cannot read alike: its words tell them apart. */
function openPfx(forge: Forge, outer: Asn1.Asn1, passphrase: string | undefined): pkcs12.Pkcs12Pfx | OpenFailure {
  // No password and an empty one are two things in PKCS #12.
  const attempts = passphrase === undefined || passphrase === '' ? [undefined, ''] : [passphrase];
  let failure: OpenFailure = 'not-pfx';
  for (const attempt of attempts) {
    try {
      return attempt === undefined
        ? forge.pkcs12.pkcs12FromAsn1(outer, false)
        : forge.pkcs12.pkcs12FromAsn1(outer, false, attempt);
    } catch (error) {
      failure = failureOf(error);
    }
  }
  return failure;
}

/** `PKCS#12 MAC could not be verified. Invalid password?`, `Unable to decrypt PKCS#8 ShroudedKeyBag, wrong password?` */
function failureOf(error: unknown): OpenFailure {
  const said = error instanceof Error ? error.message : '';
  if (/MAC could not be verified|decrypt PKCS|password/i.test(said)) return 'locked';
  // "Cannot read encrypted PBE data block. Unsupported OID."
  return /unsupported/i.test(said) ? 'unsupported' : 'not-pfx';
}

/** Apple's download is a bare certificate in DER. */
function isCertificate(bytes: Buffer): boolean {
  try {
    new X509Certificate(bytes);
    return true;
  } catch {
    return false;
  }
}

const NOT_CREDENTIALS = problem(
  CredentialProblemCode.notCredentials,
  'The file is no .p8, .p12, .pfx or .pem file.',
  'Choose the AuthKey_….p8 key from Apple, or certificate and private key exported from Keychain Access as .p12.',
);

const UNKNOWN_CONTENT = problem(
  CredentialProblemCode.notCredentials,
  'The .p12 file holds a certificate, a key or a cipher of a kind that cannot be read.',
  'Export it again, or convert it with openssl pkcs12 -legacy -in file.p12 -out file.pem -nodes and use the .pem file.',
);
