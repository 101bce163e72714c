import type { OutgoingPush } from '../ports';

export interface CurlOptions {
  /** The exact text of the body. */
  readonly payload: string;
  /** For example `https://api.sandbox.push.apple.com`. */
  readonly origin: string;
  /** Path of the only authority to trust. */
  readonly ca?: string;
  /** With a client certificate there is no provider token: curl reads `$APNS_CERTIFICATE` and `$APNS_KEY`, PEM files. */
  readonly usesCertificate?: boolean;
  /** Puts this provider token, and the device token, into the command. Left out: `$APNS_TOKEN` and `$DEVICE_TOKEN`. */
  readonly providerToken?: string;
}

/**
 * The push as a curl command for a POSIX shell; in a UTF-8 terminal the body goes out byte for byte.
 * Secrets are variables of the shell unless a provider token is given.
 */
export function curlCommand(push: Omit<OutgoingPush, 'body'>, options: CurlOptions): string {
  const { payload, origin, ca, usesCertificate = false, providerToken } = options;
  const url =
    providerToken === undefined
      ? `${shellQuote(`${origin}/3/device/`)}"$DEVICE_TOKEN"`
      : shellQuote(`${origin}/3/device/${encodeURIComponent(push.deviceToken)}`);
  const authorization =
    providerToken === undefined
      ? '"authorization: bearer $APNS_TOKEN"'
      : shellQuote(`authorization: bearer ${providerToken}`);
  return [
    'curl --http2 --include --silent --show-error',
    ...(ca === undefined ? [] : [`--cacert ${shellQuote(ca)}`]),
    usesCertificate ? '--cert "$APNS_CERTIFICATE" --key "$APNS_KEY"' : `--header ${authorization}`,
    ...Object.entries(push.headers).map(([name, value]) => `--header ${shellQuote(`${name}: ${value}`)}`),
    // Left alone curl says that it sends a form.
    `--header 'content-type:'`,
    // Not --data-binary: with that one, a body that starts with @ names a file.
    `--data-raw ${shellQuote(payload)}`,
    url,
  ].join(' \\\n  ');
}

/** One word of a POSIX shell that means exactly this text: `it's` → `'it'\''s'`. */
function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
