import type { Command, Uri } from 'vscode';
import type { AppBehavior, PhoneSystem } from '../core/virtualApp';

/** Every command of package.json. */
export const CommandId = {
  composePayload: 'voipPush.composePayload',
  sendPayload: 'voipPush.sendPayload',
  sendAgain: 'voipPush.sendAgain',
  openTimeline: 'voipPush.openTimeline',
  showDelivery: 'voipPush.showDelivery',
  copyExplanation: 'voipPush.copyExplanation',
  clearTimeline: 'voipPush.clearTimeline',
  chooseTarget: 'voipPush.chooseTarget',
  chooseVirtualAppBehavior: 'voipPush.chooseVirtualAppBehavior',
  reinstallVirtualApp: 'voipPush.reinstallVirtualApp',
  lintWorkspacePayloads: 'voipPush.lintWorkspacePayloads',
  showLog: 'voipPush.showLog',
} as const;
export type CommandId = (typeof CommandId)[keyof typeof CommandId];

/** What names a delivery: its id, or a tree item that has it. */
export type DeliveryReference = string | { readonly deliveryId: string };

/** The arguments of each command. All are optional where the palette or a key may run it. */
export interface CommandArguments {
  readonly 'voipPush.composePayload': [templateId?: string];
  readonly 'voipPush.sendPayload': [uri?: Uri];
  readonly 'voipPush.sendAgain': [delivery?: DeliveryReference];
  readonly 'voipPush.openTimeline': [];
  readonly 'voipPush.showDelivery': [delivery: DeliveryReference];
  readonly 'voipPush.copyExplanation': [delivery: DeliveryReference];
  readonly 'voipPush.clearTimeline': [];
  readonly 'voipPush.chooseTarget': [];
  readonly 'voipPush.chooseVirtualAppBehavior': [behavior?: AppBehavior];
  readonly 'voipPush.reinstallVirtualApp': [];
  readonly 'voipPush.lintWorkspacePayloads': [];
  readonly 'voipPush.showLog': [];
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
  readonly 'voipPush.virtual.behavior': AppBehavior;
  readonly 'voipPush.virtual.system': PhoneSystem;
  readonly 'voipPush.virtual.debuggerAttached': boolean;
  readonly 'voipPush.virtual.timeScale': number;
  readonly 'voipPush.virtual.bundleId': string;
}
export type SettingId = keyof SettingTypes;

export const SETTING_DEFAULTS: SettingTypes = {
  'voipPush.payloadFiles': ['**/*.voip.json', '**/*.apns'],
  'voipPush.codeLens.enabled': true,
  'voipPush.timeline.revealOnSend': true,
  'voipPush.timeline.deadlineSeconds': 7,
  'voipPush.virtual.behavior': 'never-reports',
  'voipPush.virtual.system': 'ios-26.4',
  'voipPush.virtual.debuggerAttached': false,
  'voipPush.virtual.timeScale': 1,
  'voipPush.virtual.bundleId': 'com.example.app',
};

export const ViewId = { targets: 'voipPush.targets', deliveries: 'voipPush.deliveries' } as const;
export const VIEW_CONTAINER_ID = 'voipPush';

/** Also the `viewType` of the panel, so that VS Code can bring it back after a reload. */
export const TIMELINE_PANEL_ID = 'voipPush.timeline';

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
  target: 'target',
  virtualTarget: 'virtualTarget',
  delivery: 'delivery',
  sentDelivery: 'sentDelivery',
} as const;
