import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import * as v from 'valibot';
import { ApnsEnvironment } from '../apns/environment';
import { checkBundleId, normalizeBundleId } from './bundleId';
import { checkDeviceToken, normalizeDeviceToken } from './deviceTarget';
import { checkOrigin } from './origin';

/** Where the command line looks for targets when no other file is named. */
export const TARGETS_FILE_NAME = 'voip-push.targets.json';

/** A target of the command line: its credentials are files. Paths are relative to the targets file. */
export interface FileTarget {
  readonly name: string;
  /** Without `.voip`. */
  readonly bundleId: string;
  /** Hexadecimal, lower case. */
  readonly deviceToken: string;
  readonly environment: ApnsEnvironment;
  /** Path of a `.p8`, `.p12` or `.pem` file. */
  readonly credentials: string;
  /** Path of the private key, when `credentials` holds the certificate only. */
  readonly privateKey?: string;
  readonly keyId?: string;
  readonly teamId?: string;
  readonly origin?: string;
  readonly ca?: string;
}

const filled = v.pipe(v.string(), v.nonEmpty('is empty'));

const fileTarget = v.strictObject({
  name: filled,
  bundleId: v.pipe(
    v.string(),
    v.check(
      (text) => checkBundleId(text) === undefined,
      ({ input }) => checkBundleId(String(input)) ?? '',
    ),
    v.transform(normalizeBundleId),
  ),
  deviceToken: v.pipe(
    v.string(),
    v.check(
      (text) => checkDeviceToken(text) === undefined,
      ({ input }) => checkDeviceToken(String(input)) ?? '',
    ),
    v.transform(normalizeDeviceToken),
  ),
  environment: v.picklist(Object.values(ApnsEnvironment), 'must be "sandbox" or "production"'),
  credentials: filled,
  privateKey: v.exactOptional(filled),
  keyId: v.exactOptional(filled),
  teamId: v.exactOptional(filled),
  origin: v.exactOptional(
    v.pipe(
      filled,
      v.check(
        (text) => checkOrigin(text) === undefined,
        ({ input }) => checkOrigin(String(input)) ?? '',
      ),
    ),
  ),
  ca: v.exactOptional(filled),
});

const targetsFile = v.object({ targets: v.array(fileTarget) });

export type TargetsFile =
  | { readonly ok: true; readonly targets: readonly FileTarget[] }
  | { readonly ok: false; readonly error: string };

/**
 * Reads the text of a targets file, JSON with comments allowed:
 * `{"targets":[{"name":"My iPhone","bundleId":"com.example.app","deviceToken":"…","environment":"sandbox","credentials":"AuthKey_ABCDE12345.p8","teamId":"TEAM123456"}]}`
 * An error says what is wrong and where, and repeats no token.
 */
export function parseTargetsFile(text: string): TargetsFile {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [syntaxError] = errors;
  if (syntaxError !== undefined) {
    const line = text.slice(0, syntaxError.offset).split('\n').length;
    return { ok: false, error: `line ${line} is not JSON (${printParseErrorCode(syntaxError.error)}).` };
  }
  const read = v.safeParse(targetsFile, value);
  if (read.success) return { ok: true, targets: read.output.targets };
  const [issue] = read.issues;
  return { ok: false, error: `${v.getDotPath(issue) ?? 'the file'}: ${saidOf(issue)}` };
}

/** Valibot's own messages repeat what came, which may be a token. */
function saidOf(issue: v.BaseIssue<unknown>): string {
  if (issue.kind === 'validation' || issue.type === 'picklist') return issue.message;
  if (issue.type === 'strict_object') return issue.expected === 'never' ? 'is not a known key.' : 'is missing.';
  return issue.received === 'undefined'
    ? 'is missing.'
    : `must be ${issue.type === 'string' ? 'a text' : `an ${issue.type}`}.`;
}
