import type { ProbeLanguage } from './probeFiles';

/** A part of an app's code with the probe's lines in it. The lines to add are those that say `VoipPushProbe`. */
interface ProbeSnippet {
  readonly id: string;
  readonly language: ProbeLanguage;
  /** For people choosing one. */
  readonly title: string;
  /** Where it goes; a sentence. */
  readonly about: string;
  /** Members of a class. */
  readonly text: string;
}

/** What to add to an app after the probe's files, by how it receives and reports. */
export const PROBE_SNIPPETS: readonly ProbeSnippet[] = [
  {
    id: 'swift-metadata',
    language: 'swift',
    title: 'Delegate method with metadata (iOS 26.4 and later)',
    about: 'Keep the older method as well: systems before 26.4 call only that one.',
    text: `@available(iOS 26.4, *)
func pushRegistry(
    _ registry: PKPushRegistry,
    didReceiveIncomingVoIPPushWith payload: PKPushPayload,
    metadata: PKVoIPPushMetadata,
    withCompletionHandler completion: @escaping () -> Void
) {
    VoipPushProbe.received(payload.dictionaryPayload, mustReport: metadata.mustReport)
    defer { VoipPushProbe.returned(payload.dictionaryPayload) }
    // Your code: report the call or the conversation before this method returns.
    VoipPushProbe.completed(payload.dictionaryPayload)
    completion()
}`,
  },
  {
    id: 'swift-legacy',
    language: 'swift',
    title: 'Delegate method before iOS 26.4',
    about: 'The same three lines; this method does not say whether a report is due.',
    text: `func pushRegistry(
    _ registry: PKPushRegistry,
    didReceiveIncomingPushWith payload: PKPushPayload,
    for type: PKPushType,
    completion: @escaping () -> Void
) {
    VoipPushProbe.received(payload.dictionaryPayload)
    defer { VoipPushProbe.returned(payload.dictionaryPayload) }
    // Your code: report the call before this method returns.
    VoipPushProbe.completed(payload.dictionaryPayload)
    completion()
}`,
  },
  {
    id: 'swift-callkit',
    language: 'swift',
    title: 'Report with CallKit',
    about: 'In place of your own call of reportNewIncomingCall.',
    text: `func reportIncomingCall(_ uuid: UUID, update: CXCallUpdate, provider: CXProvider) {
    provider.probedReportNewIncomingCall(with: uuid, update: update) { error in
        // Your code.
    }
}`,
  },
  {
    id: 'swift-livecommunicationkit',
    language: 'swift',
    title: 'Report with LiveCommunicationKit',
    about: 'In place of your own call of reportNewIncomingConversation.',
    text: `@available(iOS 17.4, *)
func reportIncomingConversation(_ uuid: UUID, update: Conversation.Update, manager: ConversationManager) async throws {
    try await manager.probedReportNewIncomingConversation(uuid: uuid, update: update)
}`,
  },
  {
    id: 'swift-token',
    language: 'swift',
    title: 'Device token',
    about: 'With this line the debugger reads the device token from the log and offers it as a target.',
    text: `func pushRegistry(_ registry: PKPushRegistry, didUpdate pushCredentials: PKPushCredentials, for type: PKPushType) {
    VoipPushProbe.token(pushCredentials, for: type)
}`,
  },
  {
    id: 'swift-bridge',
    language: 'swift',
    title: 'Bridge for the simulator',
    about:
      'In the app delegate, which is also the delegate of UNUserNotificationCenter. In the background it needs content-available in aps and the background mode remote-notification.',
    text: `func application(
    _ application: UIApplication,
    didReceiveRemoteNotification userInfo: [AnyHashable: Any],
    fetchCompletionHandler completionHandler: @escaping (UIBackgroundFetchResult) -> Void
) {
    VoipPushProbe.bridge(userInfo) { payload, mustReport in
        handleVoipPush(payload, mustReport: mustReport)
    }
    completionHandler(.noData)
}

func userNotificationCenter(
    _ center: UNUserNotificationCenter,
    willPresent notification: UNNotification,
    withCompletionHandler completionHandler: @escaping (UNNotificationPresentationOptions) -> Void
) {
    VoipPushProbe.bridge(notification.request.content.userInfo) { payload, mustReport in
        handleVoipPush(payload, mustReport: mustReport)
    }
    completionHandler([])
}

func handleVoipPush(_ payload: [AnyHashable: Any], mustReport: Bool) {
    // Your code, called from the push registry's delegate methods as well.
}`,
  },
  {
    id: 'objc-metadata',
    language: 'objective-c',
    title: 'Delegate method with metadata (iOS 26.4 and later)',
    about: 'Keep the older method as well: systems before 26.4 call only that one.',
    text: `- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingVoIPPushWithPayload:(PKPushPayload *)payload
                                 metadata:(PKVoIPPushMetadata *)metadata
                    withCompletionHandler:(void (^)(void))completion API_AVAILABLE(ios(26.4)) {
    [VoipPushProbe received:payload.dictionaryPayload mustReport:metadata.mustReport];
    // Your code: report the call before this method returns.
    [VoipPushProbe completed:payload.dictionaryPayload];
    completion();
    [VoipPushProbe returned:payload.dictionaryPayload];
}`,
  },
  {
    id: 'objc-legacy',
    language: 'objective-c',
    title: 'Delegate method before iOS 26.4',
    about: 'The same three lines; this method does not say whether a report is due.',
    text: `- (void)pushRegistry:(PKPushRegistry *)registry
    didReceiveIncomingPushWithPayload:(PKPushPayload *)payload
                              forType:(PKPushType)type
                withCompletionHandler:(void (^)(void))completion {
    [VoipPushProbe received:payload.dictionaryPayload];
    // Your code: report the call before this method returns.
    [VoipPushProbe completed:payload.dictionaryPayload];
    completion();
    [VoipPushProbe returned:payload.dictionaryPayload];
}`,
  },
  {
    id: 'objc-callkit',
    language: 'objective-c',
    title: 'Report with CallKit',
    about: 'In place of your own call of reportNewIncomingCallWithUUID.',
    text: `- (void)reportIncomingCall:(NSUUID *)uuid update:(CXCallUpdate *)update provider:(CXProvider *)provider {
    [VoipPushProbe reportNewIncomingCallWithUUID:uuid
                                          update:update
                                        provider:provider
                                      completion:^(NSError *error) {
                                          // Your code.
                                      }];
}`,
  },
  {
    id: 'objc-token',
    language: 'objective-c',
    title: 'Device token',
    about: 'With this line the debugger reads the device token from the log and offers it as a target.',
    text: `- (void)pushRegistry:(PKPushRegistry *)registry
    didUpdatePushCredentials:(PKPushCredentials *)pushCredentials
                     forType:(PKPushType)type {
    [VoipPushProbe token:pushCredentials forType:type];
}`,
  },
  {
    id: 'objc-bridge',
    language: 'objective-c',
    title: 'Bridge for the simulator',
    about:
      'In the app delegate. In the background it needs content-available in aps and the background mode remote-notification; for alerts in the foreground add the same call to userNotificationCenter:willPresentNotification:withCompletionHandler:.',
    text: `- (void)application:(UIApplication *)application
    didReceiveRemoteNotification:(NSDictionary *)userInfo
          fetchCompletionHandler:(void (^)(UIBackgroundFetchResult result))completionHandler {
    [VoipPushProbe bridge:userInfo
                toHandler:^(NSDictionary *payload, BOOL mustReport) {
                    [self handleVoipPush:payload mustReport:mustReport];
                }];
    completionHandler(UIBackgroundFetchResultNoData);
}

- (void)handleVoipPush:(NSDictionary *)payload mustReport:(BOOL)mustReport {
    // Your code, called from the push registry's delegate methods as well.
}`,
  },
];
