import type { Credentials } from '../core/credentials/credentials';
import { createListeners, type Disposable } from './listeners';
import type { Memory } from './targets';

/** Keeps secrets; VS Code's `SecretStorage` fits. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** What is shown of credentials: no secret. */
export interface CredentialEntry {
  readonly name: string;
  /** For example `Key ABCDE12345, team TEAM123456`. */
  readonly description: string;
}

/** Credentials by name. The secrets are in the keychain of the system; names and descriptions are not secret. */
export interface CredentialStore extends Disposable {
  readonly entries: readonly CredentialEntry[];
  read(name: string): Promise<Credentials | undefined>;
  /** Replaces those of the same name. */
  add(entry: CredentialEntry, credentials: Credentials): Promise<void>;
  remove(name: string): Promise<void>;
  readonly onDidChange: (listener: () => void) => Disposable;
}

const ENTRIES = 'voipPush.credentials';
const secretKey = (name: string): string => `voipPush.credentials/${name}`;

export function createCredentialStore(secrets: Secrets, memory: Memory): CredentialStore {
  const changed = createListeners<void>();
  const entries = (): readonly CredentialEntry[] => readEntries(memory.get(ENTRIES));

  async function setEntries(next: readonly CredentialEntry[]): Promise<void> {
    await memory.update(ENTRIES, next);
    changed.tell();
  }

  return {
    get entries() {
      return entries();
    },
    async read(name) {
      const text = await secrets.get(secretKey(name));
      return text === undefined ? undefined : readCredentials(text);
    },
    async add(entry, credentials) {
      await secrets.store(secretKey(entry.name), JSON.stringify(credentials));
      const others = entries().filter(({ name }) => name !== entry.name);
      await setEntries([...others, entry].sort((one, other) => one.name.localeCompare(other.name, 'en')));
    },
    async remove(name) {
      await secrets.delete(secretKey(name));
      await setEntries(entries().filter((entry) => entry.name !== name));
    },
    onDidChange: changed.add,
    dispose: changed.clear,
  };
}

function readEntries(value: unknown): readonly CredentialEntry[] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry): entry is CredentialEntry =>
      typeof entry === 'object' &&
      entry !== null &&
      'name' in entry &&
      'description' in entry &&
      typeof entry.name === 'string' &&
      typeof entry.description === 'string',
  );
}

/** As they were stored; anything else is as good as missing. */
function readCredentials(text: string): Credentials | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isCredentials(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isCredentials(value: unknown): value is Credentials {
  if (typeof value !== 'object' || value === null) return false;
  const fields: Readonly<Record<string, unknown>> = { ...value };
  const wanted = fields['kind'] === 'token' ? ['key', 'keyId', 'teamId'] : ['certificate', 'key'];
  return ['token', 'certificate'].includes(String(fields['kind'])) && wanted.every((name) => isText(fields[name]));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
