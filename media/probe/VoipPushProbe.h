//  VoipPushProbe.h
//
//  Prints one log line for each step of a VoIP push, so that VoIP Push Debugger can show what your app did with it.
//  Only builds with the DEBUG condition print; elsewhere every method is empty or passes the call on. iOS 13 and later.
//  Add it to the app's own target only: app extensions have no UIApplication.
//
//  Lines look like this, in the log of the subsystem that is your bundle id, category "voip-push":
//  voip-push 1 {"app":"com.example.app","e":"received","mustReport":true,"state":"background","via":"metadata"}

#import <CallKit/CallKit.h>
#import <Foundation/Foundation.h>
#import <PushKit/PushKit.h>

#pragma clang assume_nonnull begin

/// Every method may be called from any thread.
@interface VoipPushProbe : NSObject

/// First line of the delegate method without metadata, which iOS calls before 26.4: it does not say whether a report is due.
+ (void)received:(NSDictionary *)payload;

/// First line of the delegate method with metadata, iOS 26.4 and later: pass metadata.mustReport.
+ (void)received:(NSDictionary *)payload mustReport:(BOOL)mustReport;

/// Right before the call is reported: the attempt is what counts.
+ (void)reporting:(NSUUID *)call;

/// The system's answer to the report.
+ (void)reported:(NSUUID *)call error:(nullable NSError *)error;

/// The delegate method returns: its last line, and before every return.
+ (void)returned:(NSDictionary *)payload;

/// PushKit's completion handler was called.
+ (void)completed:(NSDictionary *)payload;

/// In pushRegistry:didUpdatePushCredentials:forType:. The debugger offers the token as a target.
+ (void)token:(PKPushCredentials *)credentials forType:(NSString *)type;

/// reportNewIncomingCallWithUUID:update:completion:, told to the probe before and after.
+ (void)reportNewIncomingCallWithUUID:(NSUUID *)uuid
                               update:(CXCallUpdate *)update
                             provider:(CXProvider *)provider
                           completion:(void (^)(NSError *_Nullable error))completion;

/// On the simulator only, in DEBUG only: hands a remote notification, which is all that xcrun simctl push can deliver,
/// to your own VoIP handler. It computes mustReport from the app's state and its active calls, as iOS documents it;
/// iOS itself does not enforce anything here. Gives NO when the notification carries no call.
+ (BOOL)bridge:(NSDictionary *)userInfo toHandler:(void (^)(NSDictionary *payload, BOOL mustReport))handler;

@end

#pragma clang assume_nonnull end
