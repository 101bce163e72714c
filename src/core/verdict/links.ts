import { SIMCTL_PUSH_URL } from '../simulators/exitCodes';
import type { Link } from './verdict';

/** Where the facts in explanations come from. */
export const LINKS = {
  mustReport: {
    title: 'Apple: PKVoIPPushMetadata.mustReport',
    url: 'https://developer.apple.com/documentation/pushkit/pkvoippushmetadata/mustreport',
  },
  twoChecks: {
    title: 'Apple engineer on the two checks and on the completion handler',
    url: 'https://developer.apple.com/forums/thread/817976',
  },
  sevenSeconds: {
    title: 'Apple engineer on the check after about seven seconds',
    url: 'https://developer.apple.com/forums/thread/781211',
  },
  block: {
    title: 'Apple engineer on the block, and on reporting while a call is active',
    url: 'https://developer.apple.com/forums/thread/768136',
  },
  asyncReport: {
    title: 'Developer forums: LiveCommunicationKit reported from a task',
    url: 'https://developer.apple.com/forums/thread/774958',
  },
  accepted: {
    title: 'Developer forums: accepted by APNs and never delivered',
    url: 'https://developer.apple.com/forums/thread/834530',
  },
  simctlPush: {
    title: 'Apple: simctl push simulates remote push notifications',
    url: SIMCTL_PUSH_URL,
  },
  backgroundPush: {
    title: 'Apple: Pushing background updates to your app',
    url: 'https://developer.apple.com/documentation/usernotifications/pushing-background-updates-to-your-app',
  },
  responding: {
    title: 'Apple: Responding to VoIP notifications from PushKit',
    url: 'https://developer.apple.com/documentation/pushkit/responding-to-voip-notifications-from-pushkit',
  },
} as const satisfies Readonly<Record<string, Link>>;
