import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { replaceFile } from './replaceFile';

const generateKeyPairAsync = promisify(generateKeyPair);

/** The way Apple names the file of a provider key: AuthKey_ABC123DEFG.p8 */
const KEY_FILE_NAME = /^AuthKey_([A-Z0-9]{10})\.p8$/;
/** The letters and digits of Apple's key ids and team ids. */
const ID_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

export interface ProviderKey {
  /** PEM text of the .p8 file. */
  readonly key: string;
  readonly keyPath: string;
  /** 10 characters, from the file name. */
  readonly keyId: string;
  /** 10 characters. A team of its own for each key, told from the key, so that it needs no file. */
  readonly teamId: string;
  readonly publicKey: KeyObject;
}

/** The first usable provider key in the folder, by file name; files that hold no P-256 key are passed over. */
export async function loadProviderKey(folder: string): Promise<ProviderKey | undefined> {
  for (const name of (await readdir(folder)).sort()) {
    const keyId = KEY_FILE_NAME.exec(name)?.[1];
    const found = keyId === undefined ? undefined : await readProviderKey(join(folder, name), keyId);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Makes a provider key and puts it into the folder as AuthKey_XXXXXXXXXX.p8. */
export async function makeProviderKey(folder: string): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPairAsync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  await replaceFile(join(folder, `AuthKey_${idFrom('key', publicKey)}.p8`), privateKey, 0o600);
}

async function readProviderKey(keyPath: string, keyId: string): Promise<ProviderKey | undefined> {
  try {
    const key = await readFile(keyPath, 'utf8');
    const privateKey = createPrivateKey(key);
    if (privateKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined;
    const publicKey = createPublicKey(privateKey);
    const teamId = idFrom('team', publicKey.export({ type: 'spki', format: 'der' }));
    return { key, keyPath, keyId, teamId, publicKey };
  } catch {
    // A file that cannot be read or parsed is left alone; another key is used or made.
    return undefined;
  }
}

function idFrom(purpose: 'key' | 'team', publicKey: Buffer): string {
  const hash = createHash('sha256').update(purpose).update(publicKey).digest();
  return Array.from(hash.subarray(0, 10), (byte) => ID_ALPHABET[byte % ID_ALPHABET.length]).join('');
}
