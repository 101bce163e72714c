/** Build settings by name. */
export type XcodeSettings = Readonly<Record<string, unknown>>;

/** A line of an `.xcconfig` file that means something. */
export type XcconfigLine =
  | { readonly kind: 'include'; readonly path: string }
  | {
      readonly kind: 'setting';
      readonly name: string;
      /** For example `{ sdk: 'iphoneos*', config: 'Debug' }`. */
      readonly conditions: Readonly<Record<string, string>>;
      readonly value: string;
    };

// #include "Base.xcconfig"   #include? "Pods/Example.debug.xcconfig"
const INCLUDE = /^#include\??\s*"([^"]{1,1024})"/;
// PRODUCT_BUNDLE_IDENTIFIER = com.example.app   OTHER[sdk=iphoneos*][config=Debug] = x
const SETTING = /^([A-Za-z_]\w*)((?:\[[^\]]{1,255}\])*)\s*=(.*)$/;
// [sdk=iphoneos*]   [sdk=iphoneos*,arch=arm64]
const CONDITION = /([a-z]+)\s*=\s*([^\],]+)/g;

/**
 * Reads an `.xcconfig` file; lines that it does not know mean nothing.
 * https://help.apple.com/xcode/mac/current/#/dev745c5c974
 */
export function parseXcconfig(text: string): readonly XcconfigLine[] {
  return text.split(/\r?\n/).flatMap((raw): readonly XcconfigLine[] => {
    // A comment begins anywhere, in a value, too.
    const line = raw.replace(/\/\/.*$/, '').trim();
    const include = INCLUDE.exec(raw.trim());
    if (include?.[1] !== undefined) return [{ kind: 'include', path: include[1] }];
    const setting = SETTING.exec(line);
    if (setting?.[1] === undefined) return [];
    const conditions = Object.fromEntries(
      [...(setting[2] ?? '').matchAll(CONDITION)].map(([, name = '', value = '']) => [name, value.trim()]),
    );
    return [{ kind: 'setting', name: setting[1], conditions, value: (setting[3] ?? '').trim().replace(/;$/, '') }];
  });
}

/** Parsed `.xcconfig` files by path, with `/`. */
export type XcconfigFiles = ReadonlyMap<string, readonly XcconfigLine[]>;

const MAX_INCLUDES = 16;

/**
 * The settings of a file for a build on a device, with those of the files it includes; a later line wins. Includes that
 * are not among `files`, and those that lead back, are left out.
 */
export function xcconfigSettings(files: XcconfigFiles, path: string, configuration: string, depth = 0): XcodeSettings {
  let settings: XcodeSettings = {};
  for (const line of depth > MAX_INCLUDES ? [] : (files.get(path) ?? [])) {
    if (line.kind === 'include') {
      const included = joinPath(`${path}/..`, line.path);
      settings = overlaySettings(settings, xcconfigSettings(files, included, configuration, depth + 1));
    } else if (isMet(line.conditions, configuration)) {
      settings = overlaySettings(settings, { [line.name]: line.value });
    }
  }
  return settings;
}

/** `upper` over `lower`; its `$(inherited)` is what `lower` has. */
export function overlaySettings(lower: XcodeSettings, upper: XcodeSettings): XcodeSettings {
  const over = Object.entries(upper).map(([name, value]) => [name, inherit(value, lower[name])]);
  return { ...lower, ...Object.fromEntries(over) };
}

// `$(inherited)`, `${inherited}`
const INHERITED = /\$[({]inherited[)}]/g;

function inherit(value: unknown, below: unknown): unknown {
  if (typeof value === 'string' && typeof below === 'string') return value.replace(INHERITED, () => below);
  return value;
}

function isMet({ sdk = 'iphoneos*', config = '*' }: Readonly<Record<string, string>>, configuration: string): boolean {
  return fits('iphoneos', sdk) && fits(configuration, config);
}

/** `iphoneos26.4` and `iphoneos*` are meant alike: which SDK builds the app is not known. */
function fits(text: string, pattern: string): boolean {
  const start = pattern.replace(/[\d.]*\*?$/, '');
  return pattern.endsWith('*') || /\d$/.test(pattern) ? text.startsWith(start) : text === pattern;
}

/** Joins paths with `/`, without `.` and `..` where there is a folder to leave: `ios/Flutter/..` and `a` to `ios/a`. */
export function joinPath(...parts: readonly string[]): string {
  const names: string[] = [];
  for (const name of parts.join('/').split('/')) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names.join('/');
}
