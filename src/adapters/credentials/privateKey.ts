import { createPrivateKey, type KeyObject } from 'node:crypto';

/** The first private key in a PEM text, opened; or why not. */
export function openPrivateKey(
  pem: string,
  passphrase: string | undefined,
): KeyObject | 'needs-passphrase' | 'damaged' {
  const block = PRIVATE_KEY.exec(pem)?.[0];
  if (block === undefined) return 'damaged';
  try {
    return createPrivateKey({ key: block, ...(passphrase === undefined ? {} : { passphrase }) });
  } catch {
    // A wrong passphrase shows in many ways: as a decryption error, or as noise that is no key.
    return block.includes('ENCRYPTED') ? 'needs-passphrase' : 'damaged';
  }
}

/** -----BEGIN PRIVATE KEY-----…, ENCRYPTED PRIVATE KEY, RSA PRIVATE KEY, EC PRIVATE KEY */
const PRIVATE_KEY = /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----[\s\S]*?-----END (?:[A-Z]+ )*PRIVATE KEY-----/;

/** PKCS #8, not encrypted. */
export function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}
