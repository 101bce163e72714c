/** What the virtual iPhone's app does with a VoIP push, by the word users see in settings, commands and documents. */
export const AppBehavior = {
  reportsInTime: 'reports-in-time',
  reportsAfterAwait: 'reports-after-await',
  reportsLate: 'reports-late',
  neverReports: 'never-reports',
  returnsEarly: 'returns-early',
  reportsExistingCall: 'reports-existing-call',
  doNotDisturb: 'do-not-disturb',
  foreground: 'foreground',
  onCall: 'on-call',
  deliveredLate: 'delivered-late',
  loggedOut: 'logged-out',
} as const;
export type AppBehavior = (typeof AppBehavior)[keyof typeof AppBehavior];

/** The system of the virtual iPhone: `ios-26.4` tells the app whether it must report, `older` (before 26.4) does not. */
export const PhoneSystem = { ios264: 'ios-26.4', older: 'older' } as const;
export type PhoneSystem = (typeof PhoneSystem)[keyof typeof PhoneSystem];

/** How a behavior is named and explained to people, in menus and in `--help`. */
export interface AppBehaviorText {
  readonly title: string;
  readonly description: string;
}

export const APP_BEHAVIORS: { readonly [B in AppBehavior]: AppBehaviorText } = {
  'reports-in-time': {
    title: 'Reports in time',
    description: 'Reports the call to CallKit at once, before the delegate method returns. The rule is kept.',
  },
  'reports-after-await': {
    title: 'Reports after an await',
    description:
      'Returns at once and reports a conversation from an async task a moment later. Older systems end the app for it.',
  },
  'reports-late': {
    title: 'Reports late',
    description: 'Waits for the network in the delegate method and reports after 7 s, when the system has decided.',
  },
  'never-reports': {
    title: 'Never reports',
    description: 'Stays in the delegate method and reports no call. The system ends the app after 7 s.',
  },
  'returns-early': {
    title: 'Returns early',
    description:
      'Looks for a key that is not in the payload and returns without a report. PushKit ends the app at once.',
  },
  'reports-existing-call': {
    title: 'Reports an existing call',
    description: 'Reports the UUID of a call that is already there. CallKit answers with an error; the attempt counts.',
  },
  'do-not-disturb': {
    title: 'Do Not Disturb',
    description: 'Reports the call while Do Not Disturb is on. CallKit answers that the call was filtered.',
  },
  foreground: {
    title: 'In the foreground',
    description: 'Is open on the screen, so it does not have to report. It returns without a report.',
  },
  'on-call': {
    title: 'On a call',
    description: 'Has an active call, so it does not have to report another. It returns without a report.',
  },
  'delivered-late': {
    title: 'Delivered late',
    description: 'Gets the push after the network held it for long, so it does not have to report it any more.',
  },
  'logged-out': {
    title: 'Logged out',
    description: 'Nobody is logged in, so it returns at once without a report. PushKit ends the app.',
  },
};
