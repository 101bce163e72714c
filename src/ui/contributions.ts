import type { Command, Uri } from 'vscode';
import type { AppBehavior, PhoneSystem } from '../core/virtualApp';
import type { SavedTarget } from './savedTargets';

/** Every command of package.json. */
export const CommandId = {
  composePayload: 'voipPush.composePayload',
  sendPayload: 'voipPush.sendPayload',
  sendAgain: 'voipPush.sendAgain',
  openTimeline: 'voipPush.openTimeline',
  showDelivery: 'voipPush.showDelivery',
  copyExplanation: 'voipPush.copyExplanation',
  exportTimeline: 'voipPush.exportTimeline',
  copyAsMermaid: 'voipPush.copyAsMermaid',
  clearTimeline: 'voipPush.clearTimeline',
  chooseTarget: 'voipPush.chooseTarget',
  refreshSimulators: 'voipPush.refreshSimulators',
  chooseSimulatorApp: 'voipPush.chooseSimulatorApp',
  addDeviceTarget: 'voipPush.addDeviceTarget',
  editTarget: 'voipPush.editTarget',
  removeTarget: 'voipPush.removeTarget',
  addCredentials: 'voipPush.addCredentials',
  removeCredentials: 'voipPush.removeCredentials',
  validateCredentials: 'voipPush.validateCredentials',
  copyAsCurl: 'voipPush.copyAsCurl',
  copyApnsUniqueId: 'voipPush.copyApnsUniqueId',
  chooseVirtualAppBehavior: 'voipPush.chooseVirtualAppBehavior',
  reinstallVirtualApp: 'voipPush.reinstallVirtualApp',
  lintWorkspacePayloads: 'voipPush.lintWorkspacePayloads',
  showLog: 'voipPush.showLog',
  insertCallProbe: 'voipPush.insertCallProbe',
  runDoctor: 'voipPush.runDoctor',
  watchDeviceLog: 'voipPush.watchDeviceLog',
  watchLogFile: 'voipPush.watchLogFile',
  openLog: 'voipPush.openLog',
  pasteLog: 'voipPush.pasteLog',
  stopWatching: 'voipPush.stopWatching',
  saveRecording: 'voipPush.saveRecording',
  openRecording: 'voipPush.openRecording',
  compareRecordings: 'voipPush.compareRecordings',
  deleteRecording: 'voipPush.deleteRecording',
} as const;
export type CommandId = (typeof CommandId)[keyof typeof CommandId];

/** What names a delivery: its id, or a tree item that has it. */
export type DeliveryReference = string | { readonly deliveryId: string };

/** What names a watched log: its source, or a tree item that has it. */
export type LogReference = string | { readonly source: string };

/** What names a target: its id, or a tree item that has it. */
export type TargetReference = string | { readonly targetId: string };

/** The arguments of each command. All are optional where the palette or a key may run it. */
export interface CommandArguments {
  readonly 'voipPush.composePayload': [templateId?: string];
  readonly 'voipPush.sendPayload': [uri?: Uri];
  readonly 'voipPush.sendAgain': [delivery?: DeliveryReference];
  readonly 'voipPush.openTimeline': [];
  readonly 'voipPush.showDelivery': [delivery: DeliveryReference];
  readonly 'voipPush.copyExplanation': [delivery: DeliveryReference];
  readonly 'voipPush.exportTimeline': [];
  readonly 'voipPush.copyAsMermaid': [delivery?: DeliveryReference];
  readonly 'voipPush.clearTimeline': [];
  readonly 'voipPush.chooseTarget': [target?: TargetReference];
  readonly 'voipPush.refreshSimulators': [];
  readonly 'voipPush.chooseSimulatorApp': [target?: TargetReference];
  readonly 'voipPush.addDeviceTarget': [];
  readonly 'voipPush.editTarget': [target?: TargetReference];
  readonly 'voipPush.removeTarget': [target?: TargetReference];
  readonly 'voipPush.addCredentials': [];
  readonly 'voipPush.removeCredentials': [];
  readonly 'voipPush.validateCredentials': [];
  readonly 'voipPush.copyAsCurl': [delivery?: DeliveryReference];
  readonly 'voipPush.copyApnsUniqueId': [delivery: DeliveryReference];
  readonly 'voipPush.chooseVirtualAppBehavior': [behavior?: AppBehavior];
  readonly 'voipPush.reinstallVirtualApp': [];
  readonly 'voipPush.lintWorkspacePayloads': [];
  readonly 'voipPush.showLog': [];
  readonly 'voipPush.insertCallProbe': [];
  readonly 'voipPush.runDoctor': [];
  readonly 'voipPush.watchDeviceLog': [];
  readonly 'voipPush.watchLogFile': [file?: Uri];
  readonly 'voipPush.openLog': [file?: Uri, selected?: readonly Uri[]];
  readonly 'voipPush.pasteLog': [];
  readonly 'voipPush.stopWatching': [log?: LogReference];
  readonly 'voipPush.saveRecording': [];
  readonly 'voipPush.openRecording': [file?: Uri];
  readonly 'voipPush.compareRecordings': [file?: Uri, selected?: readonly Uri[]];
  readonly 'voipPush.deleteRecording': [];
}

/** A command with its arguments, for a tree item, a code lens or the status bar. */
export function commandLink<K extends CommandId>(title: string, command: K, ...args: CommandArguments[K]): Command {
  return { title, command, arguments: args };
}

/** The settings of package.json in the units they are written in; `SETTING_DEFAULTS` are its defaults. */
export interface SettingTypes {
  readonly 'voipPush.payloadFiles': readonly string[];
  readonly 'voipPush.codeLens.enabled': boolean;
  readonly 'voipPush.timeline.revealOnSend': boolean;
  readonly 'voipPush.timeline.deadlineSeconds': number;
  readonly 'voipPush.callIdPointers': readonly string[];
  readonly 'voipPush.targets': readonly SavedTarget[];
  readonly 'voipPush.virtual.behavior': AppBehavior;
  readonly 'voipPush.virtual.system': PhoneSystem;
  readonly 'voipPush.virtual.debuggerAttached': boolean;
  readonly 'voipPush.virtual.timeScale': number;
  readonly 'voipPush.virtual.bundleId': string;
  readonly 'voipPush.deviceTools.paths': { readonly [tool: string]: string };
  readonly 'voipPush.recognizers': readonly unknown[];
  readonly 'voipPush.recordings.enabled': boolean;
  readonly 'voipPush.recordings.maxAgeDays': number;
  readonly 'voipPush.recordings.maxTotalMegabytes': number;
  readonly 'voipPush.recordings.redact': readonly string[];
}
export type SettingId = keyof SettingTypes;

export const SETTING_DEFAULTS: SettingTypes = {
  'voipPush.payloadFiles': ['**/*.voip.json', '**/*.apns'],
  'voipPush.codeLens.enabled': true,
  'voipPush.timeline.revealOnSend': true,
  'voipPush.timeline.deadlineSeconds': 7,
  'voipPush.callIdPointers': [],
  'voipPush.targets': [],
  'voipPush.virtual.behavior': 'never-reports',
  'voipPush.virtual.system': 'ios-26.4',
  'voipPush.virtual.debuggerAttached': false,
  'voipPush.virtual.timeScale': 1,
  'voipPush.virtual.bundleId': 'com.example.app',
  'voipPush.deviceTools.paths': {},
  'voipPush.recognizers': [],
  'voipPush.recordings.enabled': true,
  'voipPush.recordings.maxAgeDays': 30,
  'voipPush.recordings.maxTotalMegabytes': 200,
  'voipPush.recordings.redact': [],
};

export const ViewId = { targets: 'voipPush.targets', deliveries: 'voipPush.deliveries' } as const;
export const VIEW_CONTAINER_ID = 'voipPush';

/** Also the `viewType` of the panel, so that VS Code can bring it back after a reload. */
export const TIMELINE_PANEL_ID = 'voipPush.timeline';

/** The `viewType` of the editor that shows a recording. */
export const RECORDING_EDITOR_ID = 'voipPush.recording';

export const ContextKey = {
  /** The active editor holds a payload. */
  payloadEditor: 'voipPush.payloadEditor',
  hasDeliveries: 'voipPush.hasDeliveries',
  /** Something was sent from here, so it can be sent again. */
  canSendAgain: 'voipPush.canSendAgain',
} as const;
export type ContextKey = (typeof ContextKey)[keyof typeof ContextKey];

/** `viewItem` of the trees. */
export const TreeItemContext = {
  simulatorTarget: 'simulatorTarget',
  deviceTarget: 'deviceTarget',
  simulators: 'simulators',
  devices: 'devices',
  virtualTarget: 'virtualTarget',
  delivery: 'delivery',
  sentDelivery: 'sentDelivery',
  /** Sent, and answered with an `apns-unique-id`. */
  traceableDelivery: 'traceableDelivery',
  logSource: 'logSource',
} as const;
