/** ABCDE12345: what key ids and team ids look like. */
const APPLE_ID = /^[A-Z0-9]{10}$/;
/** AuthKey_ABCDE12345.p8: the name that Apple gives the file of a provider key. Browsers add " (1)" or "-1". */
const KEY_FILE_NAME = /(?:^|[\\/])AuthKey_([A-Z0-9]{10})[^\\/]*\.p8$/;

/** The key id that the name of a `.p8` file carries, if it does. `path` may have folders. */
export function keyIdOfFileName(path: string): string | undefined {
  return KEY_FILE_NAME.exec(path)?.[1];
}

/**
 * Why a text is no key id, in one sentence; `undefined` when it is one.
 * https://developer.apple.com/documentation/usernotifications/establishing-a-token-based-connection-to-apns
 */
export function checkKeyId(text: string): string | undefined {
  return APPLE_ID.test(text)
    ? undefined
    : 'A key id has 10 letters and digits, as in AuthKey_ABCDE12345.p8. Certificates, Identifiers & Profiles lists it beside the key.';
}

/** Why a text is no team id, in one sentence; `undefined` when it is one. Same source. */
export function checkTeamId(text: string): string | undefined {
  return APPLE_ID.test(text)
    ? undefined
    : 'A team id has 10 letters and digits. Apple Developer shows it under Membership details.';
}
