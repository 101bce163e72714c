import { isAbsolute } from 'node:path';
import { type NumberedPattern, readUserPatterns } from '../core/log/userPatterns';
import { isJsonPointer } from '../core/payload/jsonPointer';
import type { RetentionLimits } from '../core/recording/retention';
import { MICROSECONDS_PER_SECOND, type Microseconds } from '../core/time';
import { AppBehavior, type PhoneSystem } from '../core/virtualApp';
import { SETTING_DEFAULTS, type SettingId, type SettingTypes } from './contributions';
import { readSavedTargets, type SavedTarget } from './savedTargets';

/** The settings as the product uses them. */
export interface Settings {
  /** Globs of files that hold payloads. */
  readonly payloadFiles: readonly string[];
  readonly codeLensEnabled: boolean;
  readonly revealOnSend: boolean;
  /** From the receipt of a push to when its report is due. */
  readonly deadline: Microseconds;
  /** Where the user's payloads carry the call id, as JSON pointers. */
  readonly callIdPointers: readonly string[];
  readonly virtual: VirtualSettings;
  /** Devices; without what was wrong. */
  readonly targets: readonly SavedTarget[];
  /** Programs that read a device's log, by the tool's name. */
  readonly deviceToolPaths: SettingTypes['voipPush.deviceTools.paths'];
  /** The user's own patterns of log lines. */
  readonly recognizers: readonly NumberedPattern[];
  readonly recordings: RecordingSettings;
}

/** What is recorded, and how much of it is kept. */
export interface RecordingSettings extends RetentionLimits {
  readonly isEnabled: boolean;
  /** Regular expressions of what never enters the timeline. */
  readonly redact: readonly string[];
}

/** How the virtual iPhone and its app behave. */
export interface VirtualSettings {
  readonly behavior: AppBehavior;
  readonly system: PhoneSystem;
  readonly debuggerAttached: boolean;
  /** 1 is real time. */
  readonly timeScale: number;
  readonly bundleId: string;
}

/** Settings with what was wrong with them; a wrong value is replaced by its default. */
export interface SettingsReport {
  readonly settings: Settings;
  /** One sentence for each wrong value. */
  readonly problems: readonly string[];
}

/** Reads every setting through `get`, whatever it gives. */
export function readSettings(get: (id: SettingId) => unknown): SettingsReport {
  const saved = readSavedTargets(get('voipPush.targets'));
  const problems: string[] = [...saved.problems];

  function value<K extends SimpleSettingId>(id: K): SettingTypes[K] {
    const raw = get(id);
    if (raw === undefined) return SETTING_DEFAULTS[id];
    const { accept, wanted } = SETTING_RULES[id];
    if (accept(raw)) return raw;
    problems.push(`Setting ${id} must be ${wanted}. Its default is used until it is.`);
    return SETTING_DEFAULTS[id];
  }

  const recognizers = readUserPatterns(value('voipPush.recognizers'));
  problems.push(...recognizers.problems.map(recognizerProblem));
  const settings: Settings = {
    payloadFiles: value('voipPush.payloadFiles'),
    codeLensEnabled: value('voipPush.codeLens.enabled'),
    revealOnSend: value('voipPush.timeline.revealOnSend'),
    deadline: Math.round(value('voipPush.timeline.deadlineSeconds') * MICROSECONDS_PER_SECOND),
    callIdPointers: value('voipPush.callIdPointers'),
    virtual: {
      behavior: value('voipPush.virtual.behavior'),
      system: value('voipPush.virtual.system'),
      debuggerAttached: value('voipPush.virtual.debuggerAttached'),
      timeScale: value('voipPush.virtual.timeScale'),
      bundleId: value('voipPush.virtual.bundleId'),
    },
    targets: saved.targets,
    deviceToolPaths: value('voipPush.deviceTools.paths'),
    recognizers: recognizers.patterns,
    recordings: {
      isEnabled: value('voipPush.recordings.enabled'),
      maxAgeDays: value('voipPush.recordings.maxAgeDays'),
      maxTotalBytes: value('voipPush.recordings.maxTotalMegabytes') * BYTES_PER_MEGABYTE,
      redact: value('voipPush.recordings.redact'),
    },
  };
  return { settings, problems };
}

const BYTES_PER_MEGABYTE = 1_000_000;

/** `Setting voipPush.recognizers: Log pattern 2: pattern is empty: it would match every line.` */
export function recognizerProblem(problem: string): string {
  return `Setting voipPush.recognizers: ${problem}`;
}

/** All that are right or wrong as a whole. */
type SimpleSettingId = Exclude<SettingId, 'voipPush.targets'>;

interface SettingRule<T> {
  readonly accept: (value: unknown) => value is T;
  /** Completes “Setting x must be …”. */
  readonly wanted: string;
}

const ON_OR_OFF: SettingRule<boolean> = {
  accept: (value): value is boolean => typeof value === 'boolean',
  wanted: 'true or false',
};

/** Their names in settings, as the adapter knows them. */
const DEVICE_TOOLS: readonly string[] = ['pymobiledevice3', 'idevicesyslog', 'go-ios'];

const SETTING_RULES: { readonly [K in SimpleSettingId]: SettingRule<SettingTypes[K]> } = {
  'voipPush.payloadFiles': { accept: isGlobList, wanted: 'a list of file patterns, for example ["**/*.voip.json"]' },
  'voipPush.codeLens.enabled': ON_OR_OFF,
  'voipPush.timeline.revealOnSend': ON_OR_OFF,
  'voipPush.timeline.deadlineSeconds': { accept: isBetween(0.1, 60), wanted: 'a number of seconds from 0.1 to 60' },
  'voipPush.callIdPointers': { accept: isPointerList, wanted: 'a list of JSON pointers, for example ["/call/id"]' },
  'voipPush.virtual.behavior': { accept: isAppBehavior, wanted: `one of ${Object.values(AppBehavior).join(', ')}` },
  'voipPush.virtual.system': { accept: isPhoneSystem, wanted: 'ios-26.4 or older' },
  'voipPush.virtual.debuggerAttached': ON_OR_OFF,
  'voipPush.virtual.timeScale': { accept: isBetween(1, 100), wanted: 'a number from 1 to 100' },
  'voipPush.virtual.bundleId': {
    accept: isBundleId,
    wanted: 'a bundle id without .voip, for example com.example.app',
  },
  'voipPush.deviceTools.paths': {
    accept: isToolPaths,
    wanted: `full paths by name (${DEVICE_TOOLS.join(', ')}), for example {"idevicesyslog": "/opt/homebrew/bin/idevicesyslog"}`,
  },
  'voipPush.recognizers': { accept: isList, wanted: 'a list of log patterns' },
  'voipPush.recordings.enabled': ON_OR_OFF,
  'voipPush.recordings.maxAgeDays': { accept: isBetween(1, 3650), wanted: 'a number of days from 1 to 3650' },
  'voipPush.recordings.maxTotalMegabytes': {
    accept: isBetween(10, 100_000),
    wanted: 'a number of megabytes from 10 to 100000',
  },
  'voipPush.recordings.redact': { accept: isTextList, wanted: 'a list of regular expressions' },
};

function isPointerList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((pointer) => typeof pointer === 'string' && isJsonPointer(pointer));
}

function isGlobList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((glob) => typeof glob === 'string' && glob.trim() !== '');
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isToolPaths(value: unknown): value is SettingTypes['voipPush.deviceTools.paths'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([tool, path]) => DEVICE_TOOLS.includes(tool) && typeof path === 'string' && isAbsolute(path),
  );
}

function isBetween(least: number, most: number): (value: unknown) => value is number {
  return (value): value is number => typeof value === 'number' && value >= least && value <= most;
}

function isAppBehavior(value: unknown): value is AppBehavior {
  return Object.values(AppBehavior).some((behavior) => behavior === value);
}

function isPhoneSystem(value: unknown): value is PhoneSystem {
  return value === 'ios-26.4' || value === 'older';
}

// Letters, digits, hyphens and dots: `com.example.app`. The topic's suffix `.voip` is not part of it.
// https://developer.apple.com/documentation/bundleresources/information-property-list/cfbundleidentifier
function isBundleId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/.test(value) && !value.endsWith('.voip');
}
