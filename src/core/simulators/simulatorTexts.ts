/**
 * What is said about PushKit on simulators wherever a simulator is a target: the help of `simctl push` ends with
 * "Only application remote push notifications are supported. VoIP, Complication, File Provider, and other types are not supported."
 */
export const SIMULATOR_TEXTS = {
  /** At the target. */
  target:
    'simctl cannot deliver PushKit pushes: the app gets the payload as a remote notification. The bridge of the probe, in a debug build, hands it to the app’s own VoIP handler.',
  /** At sending. */
  sending: 'simctl push delivers a remote notification, not a PushKit push. The app needs the bridge.',
  /** In the timeline, at simctl's answer. */
  accepted:
    'simctl handed the payload to the simulator as a remote notification. That does not mean that a VoIP handler ran.',
  /** In the timeline, when nothing VoIP followed within the window. */
  nothingFollowed:
    'simctl cannot deliver PushKit pushes. Only the bridge could have handed this notification to the app’s VoIP handler, and no line of it came: the bridge is not in the app that runs there, or it was not called.',
  /** What the bridge cannot do; where a delivery came by it. */
  bridge:
    'The bridge worked out mustReport from the app’s own state. No PushKit push arrived, so the system checks nothing and ends no app: the same code on a device may be killed.',
  /** At the target that reaches a simulator's own PushKit token over sandbox APNs. */
  sandboxToken:
    'Unverified: reports contradict each other on whether sandbox APNs reaches PushKit on a simulator. What the app logs decides.',
} as const;
