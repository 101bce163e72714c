import { redactLine } from '../log/redact';
import type { DoctorCheck } from './doctorReport';

/** What would tell strangers who and where the user is. */
export interface DoctorIdentity {
  readonly homeFolder: string;
  readonly userName: string;
  readonly hostName: string;
}

/** The checks fit for a public bug report: no home folder, user or host name, token or private key; ids shortened. */
export function redactChecks(checks: readonly DoctorCheck[], identity: DoctorIdentity): readonly DoctorCheck[] {
  const redact = (text: string): string => redactText(text, identity);
  return checks.map((check) => ({
    ...check,
    title: redact(check.title),
    found: redact(check.found),
    ...(check.fix !== undefined && { fix: redact(check.fix) }),
  }));
}

/** One text, see `redactChecks`. */
export function redactText(text: string, { homeFolder, userName, hostName }: DoctorIdentity): string {
  const withoutSecrets = redactIds(redactLine(text.replace(PRIVATE_KEY, '<private key>')));
  const withoutHome = replaceHome(withoutSecrets, homeFolder).replace(ANY_HOME, '$1<user>');
  const withoutHost = [hostName, shortHostName(hostName)].reduce(
    (rest, name) => replaceWord(rest, name, '<host>', 'giu'),
    withoutHome,
  );
  return replaceWord(withoutHost, userName, '<user>', 'gu');
}

// -----BEGIN PRIVATE KEY-----
// MIGTAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBHkwdwIBAQQg…
// -----END PRIVATE KEY-----
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;
// `/Users/ann/…`, `/home/ann/…`, `C:\Users\ann\…`: anybody's home folder.
const ANY_HOME = /((?:\/Users|\/home|\b[A-Za-z]:[\\/]Users)[\\/])(?!Shared\b)[^\\/\s"']+/g;
// `AuthKey_AB12CD34EF.p8`, `key id AB12CD34EF`, `team id: ABCDEFGHIJ`
const NAMED_ID = /(AuthKey_|\b(?:key|team|kid|iss)(?: ?id)?[ :="“']{1,3})([A-Z0-9]{10})(?![A-Za-z0-9])/gi;
// A key or team id that nobody named, `AB12CD34EF`: ten capitals and digits, both of them, so that no word is taken for one.
const BARE_ID = /(?<![A-Za-z0-9])(?=[A-Z]*\d)(?=\d*[A-Z])([A-Z0-9]{10})(?![A-Za-z0-9])/g;
// A device's id: `00008110-001A2B3C4D5E6F70`, or 40 hexadecimal digits on devices before 2018.
const DEVICE_ID = /\b(?:[0-9A-F]{8}-[0-9A-F]{16}|[0-9a-f]{40})\b/gi;

function redactIds(text: string): string {
  return text
    .replace(DEVICE_ID, (id) => `${id.slice(0, 8)}…`)
    .replace(NAMED_ID, (whole, name: string, id: string) => (isWord(id) ? whole : `${name}${id.slice(0, 3)}…`))
    .replace(BARE_ID, (id) => `${id.slice(0, 3)}…`);
}

// The flag `i` is for "Key id"; ten small letters after it are prose: `key validation`.
function isWord(id: string): boolean {
  return /[a-z]/.test(id);
}

function replaceHome(text: string, homeFolder: string): string {
  const home = homeFolder.replace(/[\\/]+$/, '');
  if (home.length < 2) return text;
  return text.replace(new RegExp(`${escapeRegExp(home)}(?![\\p{L}\\p{N}_.-])`, 'giu'), '~');
}

// Names that identify nobody, and that are words of ordinary sentences.
const COMMON_NAMES: ReadonlySet<string> = new Set(
  'admin,administrator,app,apple,build,ci,dev,developer,docker,ios,localhost,mac,node,root,runner,sandbox,ubuntu,user,vscode,xcode'.split(
    ',',
  ),
);

function replaceWord(text: string, word: string, replacement: string, flags: string): string {
  if (word.length < 2 || COMMON_NAMES.has(word.toLowerCase())) return text;
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${escapeRegExp(word)}(?![\\p{L}\\p{N}_])`, flags), replacement);
}

/** `anns-mac` of `anns-mac.local` */
function shortHostName(hostName: string): string {
  return hostName.split('.')[0] ?? hostName;
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
