import type { Severity } from './finding';

/** The rules of the payload lint. Ids are stable: people name them in settings and in CI. */
export const RuleId = {
  empty: 'payload/empty',
  syntax: 'payload/json',
  byteOrderMark: 'payload/bom',
  size: 'payload/size',
  simulatorSize: 'payload/simulator-size',
  topLevel: 'payload/top-level',
  depth: 'payload/depth',
  duplicateKey: 'payload/duplicate-key',
  number: 'payload/number',
  loneSurrogate: 'payload/lone-surrogate',
  aps: 'payload/aps',
  apsIgnored: 'payload/aps-ignored',
  callIdFormat: 'payload/call-id-format',
  callIdMissing: 'payload/call-id-missing',
  controlMessage: 'payload/control-message',
  simulatorTarget: 'payload/simulator-target',
  pushId: 'payload/push-id',
} as const;
export type RuleId = (typeof RuleId)[keyof typeof RuleId];

interface RuleText {
  readonly title: string;
  /** What a finding has unless the case is milder or graver. */
  readonly severity: Severity;
  /** One or two sentences: what the rule looks for, and why. */
  readonly doc: string;
  /** Where the fact is from. */
  readonly url: string;
}

const JSON_RFC = 'https://www.rfc-editor.org/rfc/rfc8259';
const PAYLOADS = 'https://developer.apple.com/documentation/usernotifications/generating-a-remote-notification';
const VOIP = 'https://developer.apple.com/documentation/pushkit/responding-to-voip-notifications-from-pushkit';
const APNS_ERRORS =
  'https://developer.apple.com/documentation/usernotifications/handling-notification-responses-from-apns';
const SIMULATOR = 'https://developer.apple.com/documentation/xcode-release-notes/xcode-11_4-release-notes';

export const PAYLOAD_RULES_TEXT: { readonly [R in RuleId]: RuleText } = {
  [RuleId.empty]: {
    title: 'Empty payload',
    severity: 'error',
    doc: 'The file holds no JSON. APNs takes a JSON object as the body of a push.',
    url: PAYLOADS,
  },
  [RuleId.syntax]: {
    title: 'Not valid JSON',
    severity: 'error',
    doc: 'The payload must be strict JSON: double quotes, no comments, no trailing commas.',
    url: JSON_RFC,
  },
  [RuleId.byteOrderMark]: {
    title: 'Byte order mark',
    severity: 'warning',
    doc: 'The file starts with a byte order mark, which goes out with the payload. JSON sent over a network must not have one, and parsers may refuse it.',
    url: `${JSON_RFC}#section-8.1`,
  },
  [RuleId.size]: {
    title: 'Payload too large',
    severity: 'error',
    doc: 'A VoIP payload may have 5120 bytes. APNs answers 413 PayloadTooLarge to a larger one.',
    url: APNS_ERRORS,
  },
  [RuleId.simulatorSize]: {
    title: 'Too large for a simulator',
    severity: 'info',
    doc: 'simctl push takes 4096 bytes, less than a VoIP push may have.',
    url: SIMULATOR,
  },
  [RuleId.topLevel]: {
    title: 'Payload is not an object',
    severity: 'error',
    doc: 'The top level of a payload must be a JSON object.',
    url: PAYLOADS,
  },
  [RuleId.depth]: {
    title: 'Nested very deep',
    severity: 'warning',
    doc: 'Parsers limit how deep objects and arrays may nest; beyond their limit they refuse the whole payload.',
    url: `${JSON_RFC}#section-9`,
  },
  [RuleId.duplicateKey]: {
    title: 'Duplicate key',
    severity: 'warning',
    doc: 'An object has the same key more than once. Which value wins depends on the parser.',
    url: `${JSON_RFC}#section-4`,
  },
  [RuleId.number]: {
    title: 'Number that may change',
    severity: 'warning',
    doc: 'Integers beyond 2^53 lose digits in parsers that use floating point, and numbers beyond its range have no value at all.',
    url: `${JSON_RFC}#section-6`,
  },
  [RuleId.loneSurrogate]: {
    title: 'Half a character',
    severity: 'error',
    doc: 'One half of a surrogate pair stands alone. UTF-8 cannot carry it, and parsers may refuse the payload for its escape.',
    url: `${JSON_RFC}#section-8.2`,
  },
  [RuleId.aps]: {
    title: 'Malformed aps',
    severity: 'error',
    doc: 'A VoIP push needs no aps key. If it has one, it must be an object, and its alert a string or an object.',
    url: PAYLOADS,
  },
  [RuleId.apsIgnored]: {
    title: 'Without effect in a VoIP push',
    severity: 'info',
    doc: 'PushKit hands the payload to the app and shows nothing by itself: keys such as sound and badge do nothing.',
    url: VOIP,
  },
  [RuleId.callIdFormat]: {
    title: 'Malformed call id',
    severity: 'error',
    doc: 'The call id is not what the code that reads it demands. Such code reports no call, and iOS terminates the app.',
    url: VOIP,
  },
  [RuleId.callIdMissing]: {
    title: 'No call id',
    severity: 'warning',
    doc: 'None of the known places holds a call id. A handler that returns early without one reports no call, and iOS terminates the app.',
    url: VOIP,
  },
  [RuleId.controlMessage]: {
    title: 'Looks like a control message',
    severity: 'warning',
    doc: 'A VoIP push is for incoming calls: the app must report a call for it even when it only says that a call ended.',
    url: VOIP,
  },
  [RuleId.simulatorTarget]: {
    title: 'Key for simctl',
    severity: 'info',
    doc: '"Simulator Target Bundle" names the app for simctl push. Sent over APNs it goes out with the payload.',
    url: SIMULATOR,
  },
  [RuleId.pushId]: {
    title: 'Unusable push id',
    severity: 'warning',
    doc: 'voipPushId is an optional key by which the probe in the app names the push. It must be a text.',
    url: VOIP,
  },
};
