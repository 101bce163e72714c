//  VoipPushProbe.swift
//
//  Prints one log line for each step of a VoIP push, so that VoIP Push Debugger can show what your app did with it.
//  Only builds with the DEBUG condition print; elsewhere every function is empty or passes the call on. iOS 13 and later.
//  Add it to the app's own target only: app extensions have no UIApplication.
//
//  Lines look like this, in the log of the subsystem that is your bundle id, category "voip-push":
//  voip-push 1 {"app":"com.example.app","e":"received","mustReport":true,"state":"background","via":"metadata"}

import CallKit
import Foundation
import PushKit
#if canImport(LiveCommunicationKit)
import LiveCommunicationKit
#endif
#if DEBUG
import os.log
import UIKit
#endif

/// Every function may be called from any thread.
enum VoipPushProbe {
    enum Api: String {
        case callKit = "CallKit"
        case liveCommunicationKit = "LiveCommunicationKit"
    }

    #if DEBUG

    /// First line of the delegate method without metadata, which iOS calls before 26.4: it does not say whether a report is due.
    static func received(_ payload: [AnyHashable: Any]) {
        ProbeLog.shared.received(payload, mustReport: nil, via: "legacy")
    }

    /// First line of the delegate method with metadata, iOS 26.4 and later: pass `metadata.mustReport`.
    static func received(_ payload: [AnyHashable: Any], mustReport: Bool) {
        ProbeLog.shared.received(payload, mustReport: mustReport, via: "metadata")
    }

    /// Right before the call or the conversation is reported: the attempt is what counts.
    static func reporting(_ call: UUID, of payload: [AnyHashable: Any] = [:], api: Api = .callKit) {
        ProbeLog.shared.write("reporting", of: payload, ["call": call.uuidString.lowercased(), "api": api.rawValue])
    }

    /// The system's answer to the report.
    static func reported(
        _ call: UUID,
        of payload: [AnyHashable: Any] = [:],
        api: Api = .callKit,
        error: Error? = nil
    ) {
        var fields: [String: Any] = ["call": call.uuidString.lowercased(), "api": api.rawValue]
        if let failure = error as NSError? {
            fields["error"] = [
                "domain": failure.domain,
                "code": failure.code,
                "text": String(failure.localizedDescription.prefix(200))
            ] as [String: Any]
        }
        ProbeLog.shared.write("reported", of: payload, fields)
    }

    /// The delegate method returns: use `defer`. `isAsync` for its `async` form.
    static func returned(_ payload: [AnyHashable: Any], isAsync: Bool = false) {
        ProbeLog.shared.write("returned", of: payload, isAsync ? ["async": true] : [:])
    }

    /// PushKit's completion handler was called.
    static func completed(_ payload: [AnyHashable: Any]) {
        ProbeLog.shared.write("completed", of: payload, [:])
    }

    /// In `pushRegistry(_:didUpdate:for:)`: the debugger offers the token as a target.
    static func token(_ credentials: PKPushCredentials, for type: PKPushType) {
        guard type == .voIP else { return }
        var fields: [String: Any] = ["token": credentials.token.map { String(format: "%02x", $0) }.joined()]
        fields["environment"] = ProbeLog.environment()
        ProbeLog.shared.write("token", of: [:], fields)
    }

    #else

    static func received(_ payload: [AnyHashable: Any]) {}
    static func received(_ payload: [AnyHashable: Any], mustReport: Bool) {}
    static func reporting(_ call: UUID, of payload: [AnyHashable: Any] = [:], api: Api = .callKit) {}
    static func reported(_ call: UUID, of payload: [AnyHashable: Any] = [:], api: Api = .callKit, error: Error? = nil) {}
    static func returned(_ payload: [AnyHashable: Any], isAsync: Bool = false) {}
    static func completed(_ payload: [AnyHashable: Any]) {}
    static func token(_ credentials: PKPushCredentials, for type: PKPushType) {}

    #endif

    /// On the simulator only, in DEBUG only: hands a remote notification, which is all that `xcrun simctl push` can
    /// deliver, to your own VoIP handler. It computes `mustReport` from the app's state and its active calls, as iOS
    /// documents it; iOS itself does not enforce anything here. Gives false when the notification carries no call.
    @discardableResult
    static func bridge(
        _ userInfo: [AnyHashable: Any],
        to handler: (_ payload: [AnyHashable: Any], _ mustReport: Bool) -> Void
    ) -> Bool {
        #if DEBUG && targetEnvironment(simulator)
        guard let mustReport = ProbeLog.shared.beginBridge(userInfo) else { return false }
        handler(userInfo, mustReport)
        returned(userInfo)
        return true
        #else
        return false
        #endif
    }
}

extension CXProvider {
    /// `reportNewIncomingCall(with:update:completion:)`, told to the probe before and after.
    func probedReportNewIncomingCall(
        with uuid: UUID,
        update: CXCallUpdate,
        completion: @escaping @Sendable (Error?) -> Void
    ) {
        VoipPushProbe.reporting(uuid)
        reportNewIncomingCall(with: uuid, update: update) { error in
            VoipPushProbe.reported(uuid, error: error)
            completion(error)
        }
    }
}

#if canImport(LiveCommunicationKit)
@available(iOS 17.4, *)
extension ConversationManager {
    /// `reportNewIncomingConversation(uuid:update:)`, told to the probe before and after.
    func probedReportNewIncomingConversation(uuid: UUID, update: Conversation.Update) async throws {
        VoipPushProbe.reporting(uuid, api: .liveCommunicationKit)
        do {
            try await reportNewIncomingConversation(uuid: uuid, update: update)
            VoipPushProbe.reported(uuid, api: .liveCommunicationKit)
        } catch {
            VoipPushProbe.reported(uuid, api: .liveCommunicationKit, error: error)
            throw error
        }
    }
}
#endif

#if DEBUG

/// Where a payload carries the id of its call; after the question mark, a key that must be there as well.
/// Add your own place to the front.
private let callIdPlaces: [String] = {
    var places = [
        "/twi_call_sid",
        "/cn1call/uuid",
        "/stream/call_cid",
        "/metadata/call_id",
        "/sendbird_call/command/payload/call_id",
        "/nexmo/body/channel/id",
        "/conversation_id?/push_info",
        "/aps/call-id",
        "/aps/uuid",
        "/id?/nameCaller"
    ]
    let containers = ["", "/call", "/data", "/payload", "/extra", "/custom"]
    for container in containers {
        for key in ["uuid", "UUID", "callUUID", "callUuid", "call_uuid", "call-uuid"] {
            places.append(container + "/" + key)
        }
    }
    for container in containers {
        for key in ["callId", "callID", "call_id", "call-id", "callid"] {
            places.append(container + "/" + key)
        }
    }
    return places + ["/call/id", "/id", "/data/id"]
}()

private final class ProbeLog: @unchecked Sendable {
    static let shared = ProbeLog()

    private let app = Bundle.main.bundleIdentifier ?? ""
    private let log = OSLog(subsystem: Bundle.main.bundleIdentifier ?? "voip-push", category: "voip-push")
    private let callObserver = CXCallObserver()
    private let lock = NSLock()
    private var lastState: String?
    private var lastBridged: (id: String, at: Date)?

    private init() {
        let changes = [
            UIApplication.didBecomeActiveNotification: "foreground",
            UIApplication.willResignActiveNotification: "inactive",
            UIApplication.willEnterForegroundNotification: "inactive",
            UIApplication.didEnterBackgroundNotification: "background"
        ]
        for (name, state) in changes {
            NotificationCenter.default.addObserver(forName: name, object: nil, queue: nil) { [weak self] _ in
                self?.remember(state)
            }
        }
    }

    func received(_ payload: [AnyHashable: Any], mustReport: Bool?, via: String) {
        var fields: [String: Any] = ["via": via, "onCall": isOnCall()]
        fields["mustReport"] = mustReport
        fields["state"] = appState()
        write("received", of: payload, fields)
    }

    /// Prints `voip-push 1 {"app":…,"e":…}`; `fields` win over the ids in the payload.
    func write(_ event: String, of payload: [AnyHashable: Any], _ fields: [String: Any]) {
        var line: [String: Any] = ["e": event, "app": app]
        line["push"] = pushId(in: payload)
        line["call"] = callId(in: payload)
        line.merge(fields) { _, new in new }
        guard
            JSONSerialization.isValidJSONObject(line),
            let data = try? JSONSerialization.data(withJSONObject: line, options: [.sortedKeys, .withoutEscapingSlashes]),
            let json = String(data: data, encoding: .utf8)
        else { return }
        os_log("voip-push 1 %{public}@", log: log, type: .default, json)
    }

    /// The mustReport of a notification that is to be handed to the VoIP handler; nil for any other.
    func beginBridge(_ userInfo: [AnyHashable: Any]) -> Bool? {
        guard let id = pushId(in: userInfo) ?? callId(in: userInfo), !isRepeated(id) else { return nil }
        let state = appState()
        let mustReport = state != "foreground" && state != "inactive" && !isOnCall()
        received(userInfo, mustReport: mustReport, via: "bridge")
        return mustReport
    }

    /// One notification may come through several delegate methods.
    private func isRepeated(_ id: String) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        let now = Date()
        if let last = lastBridged, last.id == id, now.timeIntervalSince(last.at) < 1 { return true }
        lastBridged = (id, now)
        return false
    }

    private func isOnCall() -> Bool {
        lock.lock()
        defer { lock.unlock() }
        return callObserver.calls.contains { !$0.hasEnded }
    }

    /// The state as the app knows it: asked for on the main thread, else as last heard of.
    private func appState() -> String? {
        if Thread.isMainThread {
            MainActor.assumeIsolated {
                switch UIApplication.shared.applicationState {
                case .active: remember("foreground")
                case .inactive: remember("inactive")
                case .background: remember("background")
                @unknown default: break
                }
            }
        }
        lock.lock()
        defer { lock.unlock() }
        return lastState
    }

    private func remember(_ state: String) {
        lock.lock()
        defer { lock.unlock() }
        lastState = state
    }

    private func pushId(in payload: [AnyHashable: Any]) -> String? {
        guard let id = payload["voipPushId"] as? String, !id.isEmpty else { return nil }
        return id
    }

    private func callId(in payload: [AnyHashable: Any]) -> String? {
        for place in callIdPlaces {
            let parts = place.components(separatedBy: "?")
            if parts.count > 1 && value(at: parts[1], in: payload) == nil { continue }
            if let id = text(value(at: parts[0], in: payload)) { return id.lowercased() }
        }
        return nil
    }

    private func value(at path: String, in payload: [AnyHashable: Any]) -> Any? {
        var value: Any? = payload
        for key in path.split(separator: "/") {
            value = (value as? [AnyHashable: Any])?[String(key)]
        }
        return value
    }

    private func text(_ value: Any?) -> String? {
        if let text = value as? String {
            return text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty ? nil : text
        }
        guard let number = value as? NSNumber, CFGetTypeID(number) != CFBooleanGetTypeID() else { return nil }
        return number.doubleValue == number.doubleValue.rounded() ? "\(number.int64Value)" : nil
    }

    /// Which APNs the token belongs to, as far as the build says it.
    static func environment() -> String? {
        #if targetEnvironment(simulator)
        return "sandbox"
        #else
        guard
            let url = Bundle.main.url(forResource: "embedded", withExtension: "mobileprovision"),
            let data = try? Data(contentsOf: url),
            let profile = String(data: data, encoding: .isoLatin1),
            let key = profile.range(of: "<key>aps-environment</key>")
        else { return nil }
        let rest = profile[key.upperBound...].prefix(60)
        if rest.contains("<string>development</string>") { return "sandbox" }
        return rest.contains("<string>production</string>") ? "production" : nil
        #endif
    }
}

#endif
