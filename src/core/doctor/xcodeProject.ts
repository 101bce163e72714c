import { isRecord, stringsOf, textOf } from './unknownValue';

/** A target of a `project.pbxproj` that builds an app, with the build settings of each configuration. */
export interface XcodeTarget {
  readonly name: string;
  readonly configurations: readonly XcodeConfiguration[];
}

export interface XcodeConfiguration {
  readonly name: string;
  readonly settings: XcodeSettings;
}

export type XcodeSettings = Readonly<Record<string, unknown>>;

// Exactly this one: extensions, watch apps and App Clips have longer names.
const APPLICATION = 'com.apple.product-type.application';

/**
 * The app targets of a parsed `project.pbxproj`: the project's build settings with the target's own over them. Settings of
 * `.xcconfig` files are not known here. Gives none for what is no project.
 */
export function xcodeAppTargets(project: unknown): readonly XcodeTarget[] {
  const objects = isRecord(project) && isRecord(project['objects']) ? project['objects'] : {};
  const inherited = projectSettings(objects);
  return Object.values(objects)
    .filter(isRecord)
    .filter((object) => object['isa'] === 'PBXNativeTarget' && object['productType'] === APPLICATION)
    .map((target) => {
      const name = textOf(target['name']) ?? 'unnamed';
      const configurations = configurationsOf(objects, target).map((configuration) => ({
        name: configuration.name,
        settings: {
          TARGET_NAME: name,
          CONFIGURATION: configuration.name,
          ...inherited.get(configuration.name),
          ...configuration.settings,
        },
      }));
      return { name, configurations };
    });
}

/**
 * A setting as a text, with `$(NAME)` and `${NAME}` replaced where NAME is known; others stay. `$(inherited)` is dropped.
 * For example `$(SRCROOT)/Example/Info.plist` to `./Example/Info.plist`.
 */
export function expandSetting(settings: XcodeSettings, name: string): string | undefined {
  const value = settings[name];
  const text = Array.isArray(value) ? stringsOf(value).join(' ') : textOf(value);
  const expanded = text === undefined ? '' : expand(text, settings, 0).trim();
  return expanded === '' ? undefined : expanded;
}

/** The build setting still has a variable in it, `$(APP_ID_PREFIX).example`. */
export function hasVariable(text: string): boolean {
  return /\$[({]/.test(text);
}

// `$(SRCROOT)`, `${TARGET_NAME}`, `$(PRODUCT_NAME:c99extidentifier)`
const VARIABLE = /\$[({]([A-Za-z_]\w*)(?::(\w+))?[)}]/g;
const MAX_DEPTH = 8;

function expand(text: string, settings: XcodeSettings, depth: number): string {
  if (depth > MAX_DEPTH) return text;
  return text.replace(VARIABLE, (whole, name: string, modifier: string | undefined) => {
    if (name === 'inherited') return '';
    if (name === 'SRCROOT' || name === 'PROJECT_DIR') return '.';
    const value = textOf(settings[name]);
    if (value === undefined) return whole;
    const expanded = expand(value, settings, depth + 1);
    // https://developer.apple.com/documentation/xcode/build-settings-reference
    return modifier === 'rfc1034identifier' ? expanded.replace(/[^A-Za-z0-9.-]/g, '-') : expanded;
  });
}

type Objects = Readonly<Record<string, unknown>>;

function projectSettings(objects: Objects): ReadonlyMap<string, XcodeSettings> {
  const project = Object.values(objects)
    .filter(isRecord)
    .find((object) => object['isa'] === 'PBXProject');
  const configurations = project === undefined ? [] : configurationsOf(objects, project);
  return new Map(configurations.map(({ name, settings }) => [name, settings]));
}

function configurationsOf(objects: Objects, owner: Objects): readonly XcodeConfiguration[] {
  const list = objects[textOf(owner['buildConfigurationList']) ?? ''];
  const ids = isRecord(list) ? stringsOf(list['buildConfigurations']) : [];
  return ids
    .map((id) => objects[id])
    .filter(isRecord)
    .map((configuration) => ({
      name: textOf(configuration['name']) ?? 'unnamed',
      settings: isRecord(configuration['buildSettings']) ? configuration['buildSettings'] : {},
    }));
}
