import { isRecord, stringsOf, textOf } from './unknownValue';
import { joinPath, overlaySettings, type XcodeSettings } from './xcconfig';

/** A target of a `project.pbxproj` that builds an app, with the build settings of each configuration. */
export interface XcodeTarget {
  readonly name: string;
  readonly configurations: readonly XcodeConfiguration[];
}

export interface XcodeConfiguration {
  readonly name: string;
  readonly settings: XcodeSettings;
}

// Exactly this one: extensions, watch apps and App Clips have longer names.
const APPLICATION = 'com.apple.product-type.application';

/** The settings of the `.xcconfig` file that a project names, by its path in the project's folder; none that is unknown. */
export type SettingsOfFile = (path: string, configuration: string) => XcodeSettings;

/**
 * The app targets of a parsed `project.pbxproj`: the project's build settings with the target's own over them, each over
 * those of its `.xcconfig` file. Gives none for what is no project.
 */
export function xcodeAppTargets(project: unknown, settingsOfFile: SettingsOfFile = () => ({})): readonly XcodeTarget[] {
  const objects = isRecord(project) && isRecord(project['objects']) ? project['objects'] : {};
  const inherited = projectSettings(objects, settingsOfFile);
  return Object.values(objects)
    .filter(isRecord)
    .filter((object) => object['isa'] === 'PBXNativeTarget' && object['productType'] === APPLICATION)
    .map((target) => {
      const name = textOf(target['name']) ?? 'unnamed';
      const configurations = configurationsOf(objects, target, settingsOfFile).map((configuration) => ({
        name: configuration.name,
        settings: {
          TARGET_NAME: name,
          CONFIGURATION: configuration.name,
          ...overlaySettings(inherited.get(configuration.name) ?? {}, configuration.settings),
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

function projectSettings(objects: Objects, settingsOfFile: SettingsOfFile): ReadonlyMap<string, XcodeSettings> {
  const project = Object.values(objects)
    .filter(isRecord)
    .find((object) => object['isa'] === 'PBXProject');
  const configurations = project === undefined ? [] : configurationsOf(objects, project, settingsOfFile);
  return new Map(configurations.map(({ name, settings }) => [name, settings]));
}

function configurationsOf(
  objects: Objects,
  owner: Objects,
  settingsOfFile: SettingsOfFile,
): readonly XcodeConfiguration[] {
  const list = objects[textOf(owner['buildConfigurationList']) ?? ''];
  const ids = isRecord(list) ? stringsOf(list['buildConfigurations']) : [];
  return ids
    .map((id) => objects[id])
    .filter(isRecord)
    .map((configuration) => {
      const name = textOf(configuration['name']) ?? 'unnamed';
      const file = configurationFile(objects, configuration);
      const own = isRecord(configuration['buildSettings']) ? configuration['buildSettings'] : {};
      return { name, settings: overlaySettings(file === undefined ? {} : settingsOfFile(file, name), own) };
    });
}

/** The `.xcconfig` file of a configuration: a reference, or since Xcode 16 a path below a folder. */
function configurationFile(objects: Objects, configuration: Objects): string | undefined {
  const id = textOf(configuration['baseConfigurationReference']);
  if (id !== undefined) return pathOf(objects, id);
  const below = textOf(configuration['baseConfigurationReferenceRelativePath']);
  const anchor = textOf(configuration['baseConfigurationReferenceAnchor']);
  return below === undefined ? undefined : joinPath(anchor === undefined ? '' : (pathOf(objects, anchor) ?? ''), below);
}

/** Where a file or group of the project lies: a path of its own below those of the groups around it. */
function pathOf(objects: Objects, id: string, depth = 0): string | undefined {
  const object = objects[id];
  if (!isRecord(object) || depth > MAX_DEPTH) return undefined;
  const path = textOf(object['path']) ?? '';
  if (object['sourceTree'] !== '<group>') return path;
  const group = Object.entries(objects).find(([, each]) => isRecord(each) && stringsOf(each['children']).includes(id));
  return joinPath(group === undefined ? '' : (pathOf(objects, group[0], depth + 1) ?? ''), path);
}
