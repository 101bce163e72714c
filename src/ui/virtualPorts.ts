import type { Credentials } from '../core/credentials/credentials';
import type { PushTransport } from '../core/ports';
import type { AppBehavior, PhoneSystem } from '../core/virtualApp';

/** What this surface needs of the virtual iPhone and its local APNs. */
export interface RunningVirtualTarget {
  readonly apns: {
    readonly origin: string;
    /** PEM. */
    readonly ca: string;
    readonly caPath: string;
    /** PEM of the provider key. */
    readonly key: string;
    readonly keyId: string;
    readonly teamId: string;
  };
  readonly phone: {
    /** Changes when the app is reinstalled. */
    readonly deviceToken: string;
    setBehavior(behavior: AppBehavior): void;
    setSystem(system: PhoneSystem): void;
    setDebuggerAttached(on: boolean): void;
    reinstall(): void;
    /** Resolves when nothing is scheduled any more. */
    idle(): Promise<void>;
  };
  readonly bundleId: string;
  close(): Promise<void>;
}

export interface VirtualTargetOptions {
  /** Where its certificates live. */
  readonly folder: string;
  readonly bundleId: string;
  readonly behavior: AppBehavior;
  readonly system: PhoneSystem;
  readonly debuggerAttached: boolean;
  readonly timeScale: number;
  readonly onLine: (line: string) => void;
}

export type StartVirtualTarget = (options: VirtualTargetOptions) => Promise<RunningVirtualTarget>;

export interface ApnsClientOptions {
  readonly origin: string;
  /** PEM of the only authority to trust. */
  readonly ca?: string;
  readonly credentials: Credentials;
  /** An HTTP proxy to go through. */
  readonly proxy?: string;
}

/** Sends to one APNs. */
export interface ApnsPort extends PushTransport {
  /** Undefined as long as there is none, and with a certificate. */
  providerTokenAgeMs(): number | undefined;
  /** The one in use, made if there is none: a secret. */
  providerToken(): string | undefined;
}

export type CreateApnsClient = (options: ApnsClientOptions) => Promise<ApnsPort>;
