import { mkdir } from 'node:fs/promises';
import { caPathIn, loadCertificates, renewCertificates } from './certificateFiles';
import { withFolderLock } from './folderLock';
import { folderError } from './localApnsError';
import type { CertificateTexts } from './makeCertificates';
import { loadProviderKey, makeProviderKey, type ProviderKey } from './providerKeyFiles';

/** What the local APNs is known by: its certificates, and the provider key it trusts. */
export interface LocalApnsIdentity {
  readonly certificates: CertificateTexts;
  readonly caPath: string;
  readonly providerKey: ProviderKey;
}

/**
 * The identity kept in a folder: made on first use, reused afterwards, remade in part when a part is missing, broken or
 * about to expire. Any number of processes may ask at once: all get the same.
 * Throws LocalApnsError when the folder cannot be used.
 */
export async function openIdentity(folder: string, nowMs: number): Promise<LocalApnsIdentity> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return (await load(folder, nowMs)) ?? (await withFolderLock(folder, () => loadOrMake(folder, nowMs)));
  } catch (error) {
    throw folderError(folder, error);
  }
}

async function loadOrMake(folder: string, nowMs: number): Promise<LocalApnsIdentity> {
  if ((await loadCertificates(folder, nowMs)) === undefined) await renewCertificates(folder, nowMs);
  if ((await loadProviderKey(folder)) === undefined) await makeProviderKey(folder);
  // What is on disk is what other programs will trust: serve that, not what was just made.
  const identity = await load(folder, nowMs);
  if (identity === undefined) throw new Error('The files that were just written cannot be read back.');
  return identity;
}

async function load(folder: string, nowMs: number): Promise<LocalApnsIdentity | undefined> {
  const [certificates, providerKey] = await Promise.all([loadCertificates(folder, nowMs), loadProviderKey(folder)]);
  if (certificates === undefined || providerKey === undefined) return undefined;
  return { certificates, caPath: caPathIn(folder), providerKey };
}
