import type { ApnsEnvironment } from '../core/apns/environment';
import type { CredentialFinding, CredentialRead, Credentials } from '../core/credentials/credentials';

/** Reads and checks credentials, without the network. */
export interface CredentialTools {
  read(
    bytes: Uint8Array,
    options: {
      readonly fileName: string;
      readonly passphrase?: string;
      readonly keyId?: string;
      readonly teamId?: string;
    },
  ): Promise<CredentialRead>;
  validate(
    credentials: Credentials,
    use?: { readonly bundleId: string; readonly environment: ApnsEnvironment },
  ): readonly CredentialFinding[];
}

/** Loads what reads certificates, which takes a moment. */
export type LoadCredentialTools = () => Promise<CredentialTools>;
